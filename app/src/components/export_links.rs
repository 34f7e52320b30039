//! A list as a file: CSV and XLSX.

use super::{Glyph, Icon};
use crate::tr;
use leptos::prelude::*;

/// Two links to download what is listed.
#[component]
pub fn ExportLinks(
    /// Where the files are, but for their ending.
    file: &'static str,
    /// What stands before `file` in the address.
    #[prop(into)]
    before: String,
    /// What stands behind the ending: a query, or nothing.
    #[prop(optional, into)]
    query: Signal<String>,
    /// What each link says to a screen reader: CSV, XLSX.
    labels: [String; 2],
) -> impl IntoView {
    let [csv, xlsx] = labels;
    let link = move |ending: &'static str, words: &'static str, label: String| {
        let before = before.clone();
        view! {
            <a
                class="button"
                href=move || format!("{before}{file}.{ending}{}", query.get())
                rel="external"
                download
                aria-label=label
            >
                {words}
            </a>
        }
    };
    view! {
        <div class="export" role="group" aria-label=tr!("export-title")>
            <span class="export-title" aria-hidden="true">
                <Icon glyph=Glyph::Download size=16/>
                {tr!("export-title")}
            </span>
            {link.clone()("csv", "CSV", csv)}
            {link("xlsx", "XLSX", xlsx)}
        </div>
    }
}
