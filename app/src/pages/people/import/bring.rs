//! The place for a file of people, on the page *Import people* and in a training.

use crate::components::file_upload::{Answer, DropZone, Taken, send_file};
use crate::tr;
use convoke_domain::view::{ImportField, MAX_IMPORT_BYTES};
use convoke_domain::{ImportId, TrainingId};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The endings that are taken; some programs end tables with separators in `.txt`.
const ACCEPT: &str = ".csv,.txt,.xlsx";

/// A file that was dropped elsewhere on the page. The handle can be held where the server draws, too; the file is only ever in a browser.
pub type GivenFile = StoredValue<web_sys::File, LocalStorage>;

/// The place for a file, and what can be in it. As soon as it has arrived, its page opens.
#[component]
pub fn Bring(
    /// The training that its people are to be chosen for.
    #[prop(optional)]
    training: Option<TrainingId>,
    /// A file to begin with.
    #[prop(optional_no_strip)]
    given: Option<GivenFile>,
) -> impl IntoView {
    let taken = StoredValue::new(Taken {
        accept: ACCEPT.to_owned(),
        max_bytes: MAX_IMPORT_BYTES,
        too_large: || tr!("imports-too-large"),
        empty: || tr!("imports-empty-file"),
        kind: || tr!("imports-kind"),
    });
    // The name of what is on its way, and how much of it has gone out.
    let sending = RwSignal::new(None::<String>);
    let percent = RwSignal::new(0_u32);
    // The name of what was refused, and why.
    let refused = RwSignal::new(None::<(String, String)>);
    let arrived = RwSignal::new(None::<ImportId>);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(id) = arrived.get() {
            navigate(&super::address(id, training), <_>::default());
        }
    });
    let answered = move |name: String, answer: &Answer| {
        let id = serde_json::from_str::<ImportId>(&answer.body).ok();
        if let Some(id) = id.filter(|_| answer.is_taken()) {
            arrived.try_set(Some(id));
            return;
        }
        sending.try_set(None);
        if let Some(words) = taken.try_with_value(|taken| taken.refusal_words(answer)) {
            refused.try_set(Some((name, words)));
        }
    };
    let begin = move |file: web_sys::File| {
        if sending.with_untracked(Option::is_some) {
            return;
        }
        let name = file.name();
        refused.set(None);
        // What the server would refuse is said at once.
        if let Some(words) = taken.with_value(|taken| taken.refused(&file)) {
            refused.set(Some((name, words)));
            return;
        }
        percent.set(0);
        sending.set(Some(name.clone()));
        let sent = name.clone();
        let begun = send_file(
            "/api/imports",
            &[],
            &file,
            move |gone| {
                percent.try_set(gone);
            },
            move |answer| answered(sent, &answer),
        );
        if begun.is_err() {
            sending.set(None);
            refused.set(Some((name, tr!("refusal-transport"))));
        }
    };
    let reading = Memo::new(move |_| percent.get() >= 100);
    Effect::new(move |_| {
        if let Some(file) = given.and_then(|given| given.try_get_value()) {
            begin(file);
        }
    });
    view! {
            <DropZone
                words=tr!("imports-drop")
                choose=tr!("imports-choose")
                help=tr!("imports-limit", size = MAX_IMPORT_BYTES / 1_000_000)
                accept=ACCEPT.to_owned()
                on_file=begin
            />
            <div class="uploads" aria-live="polite">
                {move || {
                    sending
                        .get()
                        .map(|name| {
                            let label = tr!("documents-uploading", name = name.as_str());
                            view! {
                                <div class="upload">
                                    <span class="upload-name">{name}</span>
                                    <progress
                                        max="100"
                                        aria-label=label
                                        value=move || percent.get().to_string()
                                    ></progress>
                                    {move || {
                                        reading
                                            .get()
                                            .then(|| {
                                                view! { <p class="field-help">{tr!("imports-reading")}</p> }
                                            })
                                    }}
                                </div>
                            }
                        })
                }}
                {move || {
                    refused
                        .get()
                        .map(|(name, words)| {
                            view! {
                                <div class="upload is-failed">
                                    <span class="upload-name">{name}</span>
                                    <p class="field-error">{words}</p>
                                </div>
                            }
                        })
                }}
            </div>
            <div class="import-known">
                <h3>{tr!("imports-known")}</h3>
                <ul class="import-fields">
                    {ImportField::ALL
                        .iter()
                        .map(|field| view! { <li class="badge badge-neutral">{super::field_words(*field)}</li> })
                        .collect_view()}
                </ul>
                <p class="field-help">{tr!("imports-known-help")}</p>
                <p class="field-help">{tr!("imports-known-again")}</p>
            </div>
    }
}
