//! The registration form in short, and the way to the builder.

use super::store::Desk;
use crate::components::{Glyph, Icon};
use crate::{language, tr};
use leptos::prelude::*;

/// So many questions are named before "and 3 more".
const NAMED: usize = 8;

/// What the form asks.
#[component]
pub fn FormCard(desk: Desk) -> impl IntoView {
    let form = Memo::new(move |_| {
        desk.view
            .with(|view| (view.form_version, view.form.clone()))
    });
    // The server keeps a form only for a training that was offered once.
    let has_code = Memo::new(move |_| desk.view.with(|view| view.code.is_some()));
    view! {
        <section class="card form-card" aria-labelledby="form-card-title">
            <header class="code-head">
                <h2 id="form-card-title">{tr!("form-title")}</h2>
                <span class="badge badge-neutral">
                    {move || match form.with(|(version, _)| *version) {
                        0 => tr!("form-never-published"),
                        version => tr!("form-version", version = version),
                    }}
                </span>
            </header>
            {move || {
                form.with(|(_, form)| {
                    let count = form.fields.len();
                    let named = form
                        .fields
                        .iter()
                        .take(NAMED)
                        .map(|field| {
                            view! {
                                <li>
                                    <Icon glyph=super::builder::glyph(field.kind) size=16/>
                                    <span>{field.label.get(language()).to_owned()}</span>
                                </li>
                            }
                        })
                        .collect_view();
                    view! {
                        <ul class="form-card-fields">
                            <li>
                                <Icon glyph=Glyph::User size=16/>
                                <span>{tr!("form-names")}</span>
                            </li>
                            {named}
                        </ul>
                        {(count > NAMED)
                            .then(|| {
                                view! {
                                    <p class="muted">
                                        {tr!("send-names-more", count = count - NAMED)}
                                    </p>
                                }
                            })}
                    }
                })
            }}
            {move || {
                if has_code.get() {
                    view! {
                        <a
                            class="button"
                            href=format!("/trainings/{}/registration/form", desk.training)
                        >
                            <Icon glyph=Glyph::Pencil size=16/>
                            {tr!("form-edit")}
                        </a>
                    }
                        .into_any()
                } else {
                    view! { <p class="field-help">{tr!("form-first-offer")}</p> }.into_any()
                }
            }}
        </section>
    }
}
