//! Adding a link.

use super::Shelf;
use crate::api::ApiError;
use crate::api::documents::add_link;
use crate::components::{Dialog, ErrorBox, Field, use_announcer};
use crate::pages::training::form::{error_at, focus_first_problem};
use crate::tr;
use convoke_domain::{FieldError, Refusal};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form's id, which the button in the foot of the dialog belongs to.
const FORM: &str = "add-link";

/// The dialog.
#[component]
pub fn LinkDialog(shelf: Shelf, open: RwSignal<bool>) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let url = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::<FieldError>::new());
    let failure = RwSignal::new(None::<ApiError>);
    let saving = RwSignal::new(false);
    let form = NodeRef::<html::Form>::new();
    let announcer = use_announcer();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        failure.set(None);
        problems.set(Vec::new());
        let (name, address) = (title.get_untracked(), url.get_untracked());
        let share = shelf.share.get_untracked();
        spawn_local(async move {
            let answer = add_link(shelf.training, name.clone(), address, share).await;
            saving.try_set(false);
            match answer {
                Ok(_) => {
                    title.try_set(String::new());
                    url.try_set(String::new());
                    open.try_set(false);
                    announcer.toast(tr!("documents-added", name = name));
                    shelf.refresh();
                }
                Err(ApiError::Refused(Refusal::Invalid(found))) => {
                    announcer.announce(tr!("training-form-problems", count = found.len()));
                    problems.try_set(found);
                    focus_first_problem(form);
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Dialog
            open
            title=tr!("documents-add-link")
            footer=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| open.set(false)>
                        {tr!("training-cancel")}
                    </button>
                    <button
                        type="submit"
                        form=FORM
                        class="button button-primary"
                        aria-disabled=move || saving.get().then_some("true")
                    >
                        {tr!("documents-link-submit")}
                    </button>
                }
            }
        >
            <form id=FORM class="dialog-form" method="post" novalidate node_ref=form on:submit=submit>
                {move || failure.get().map(|error| view! { <ErrorBox error/> })}
                <Field
                    id="title"
                    label=tr!("documents-link-title")
                    value=title
                    error=error_at(problems, "title")
                    required=true
                />
                <Field
                    id="url"
                    label=tr!("documents-link-url")
                    value=url
                    error=error_at(problems, "url")
                    kind="url"
                    help=tr!("documents-link-help")
                    required=true
                />
            </form>
        </Dialog>
    }
}
