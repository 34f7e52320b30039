//! Adding someone on the spot: confirmed, and there.

use super::store::Sheet;
use crate::api::presence::add_on_the_spot;
use crate::components::{Dialog, Field, use_announcer, use_form_submission};
use crate::tr;
use convoke_domain::FieldError;
use convoke_domain::person::full_name;
use convoke_domain::view::OnTheSpot;
use leptos::ev;
use leptos::prelude::*;

/// The form's id, which the button in the foot of the dialog belongs to.
const FORM: &str = "on-the-spot";

/// The dialog.
#[component]
pub fn AddDialog(sheet: Sheet, open: RwSignal<bool>) -> impl IntoView {
    let text = || RwSignal::new(String::new());
    let (first_name, last_name, email, mobile) = (text(), text(), text(), text());
    let submission = use_form_submission();
    let announcer = use_announcer();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let person = OnTheSpot {
            first_name: first_name.get_untracked(),
            last_name: last_name.get_untracked(),
            email: email.get_untracked(),
            mobile: mobile.get_untracked(),
        };
        let missing = [
            ("first_name", &person.first_name),
            ("last_name", &person.last_name),
        ]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(field, _)| FieldError::new(field, "error-required"))
        .collect();
        let name = full_name(person.first_name.trim(), person.last_name.trim());
        submission.send(
            missing,
            || add_on_the_spot(sheet.training, person),
            move |()| {
                for value in [first_name, last_name, email, mobile] {
                    value.try_set(String::new());
                }
                open.try_set(false);
                announcer.toast(tr!("participants-added", name = name));
                sheet.fresh.refresh();
            },
        );
    };
    view! {
        <Dialog
            open
            title=tr!("participants-add")
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
                        {move || {
                            if submission.is_busy() { tr!("training-saving") } else { tr!("participants-add-submit") }
                        }}
                    </button>
                }
            }
        >
            <form id=FORM class="dialog-form" method="post" novalidate node_ref=submission.form on:submit=submit>
                <p class="dialog-lead">{tr!("participants-add-lead")}</p>
                {submission.failed()}
                <div class="form-grid">
                    <Field
                        id="first_name"
                        label=tr!("set-up-first-name")
                        value=first_name
                        error=submission.error_at("first_name")
                        required=true
                    />
                    <Field
                        id="last_name"
                        label=tr!("set-up-last-name")
                        value=last_name
                        error=submission.error_at("last_name")
                        required=true
                    />
                    <Field
                        id="email"
                        label=tr!("kind-email")
                        value=email
                        error=submission.error_at("email")
                        kind="email"
                    />
                    <Field
                        id="mobile"
                        label=tr!("kind-mobile")
                        value=mobile
                        error=submission.error_at("mobile")
                        kind="tel"
                        help=tr!("sign-in-identifier-help")
                    />
                </div>
            </form>
        </Dialog>
    }
}
