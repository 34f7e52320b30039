//! Adding a link.

use super::Shelf;
use crate::api::documents::add_link;
use crate::components::{Dialog, Field, use_announcer, use_form_submission};
use crate::tr;
use leptos::ev;
use leptos::prelude::*;

/// The form's id, which the button in the foot of the dialog belongs to.
const FORM: &str = "add-link";

/// The dialog.
#[component]
pub fn LinkDialog(shelf: Shelf, open: RwSignal<bool>) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let url = RwSignal::new(String::new());
    let submission = use_form_submission();
    let announcer = use_announcer();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (name, address) = (title.get_untracked(), url.get_untracked());
        let share = shelf.share.get_untracked();
        let called = name.clone();
        submission.send(
            Vec::new(),
            || add_link(shelf.training, called, address, share),
            move |_| {
                title.try_set(String::new());
                url.try_set(String::new());
                open.try_set(false);
                announcer.toast(tr!("documents-added", name = name));
                shelf.refresh();
            },
        );
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
                        aria-disabled=move || submission.is_busy().then_some("true")
                    >
                        {tr!("documents-link-submit")}
                    </button>
                }
            }
        >
            <form id=FORM class="dialog-form" method="post" novalidate node_ref=submission.form on:submit=submit>
                {submission.failed()}
                <Field
                    id="title"
                    label=tr!("documents-link-title")
                    value=title
                    error=submission.error_at("title")
                    required=true
                />
                <Field
                    id="url"
                    label=tr!("documents-link-url")
                    value=url
                    error=submission.error_at("url")
                    kind="url"
                    help=tr!("documents-link-help")
                    required=true
                />
            </form>
        </Dialog>
    }
}
