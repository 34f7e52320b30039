//! Adding someone on the spot: confirmed, and there.

use super::store::Sheet;
use crate::api::ApiError;
use crate::api::presence::add_on_the_spot;
use crate::components::{Dialog, ErrorBox, Field, use_announcer};
use crate::pages::training::form::{error_at, focus_first_problem};
use crate::tr;
use convoke_domain::person::full_name;
use convoke_domain::view::OnTheSpot;
use convoke_domain::{FieldError, Refusal};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form's id, which the button in the foot of the dialog belongs to.
const FORM: &str = "on-the-spot";

/// The dialog.
#[component]
pub fn AddDialog(sheet: Sheet, open: RwSignal<bool>) -> impl IntoView {
    let text = || RwSignal::new(String::new());
    let (first_name, last_name, email, mobile) = (text(), text(), text(), text());
    let problems = RwSignal::new(Vec::<FieldError>::new());
    let failure = RwSignal::new(None::<ApiError>);
    let saving = RwSignal::new(false);
    let form = NodeRef::<html::Form>::new();
    let announcer = use_announcer();
    let refuse = move |found: Vec<FieldError>| {
        announcer.announce(tr!("training-form-problems", count = found.len()));
        problems.set(found);
        focus_first_problem(form);
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        let person = OnTheSpot {
            first_name: first_name.get_untracked(),
            last_name: last_name.get_untracked(),
            email: email.get_untracked(),
            mobile: mobile.get_untracked(),
        };
        failure.set(None);
        let missing: Vec<FieldError> = [
            ("first_name", &person.first_name),
            ("last_name", &person.last_name),
        ]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(field, _)| FieldError::new(field, "error-required"))
        .collect();
        if !missing.is_empty() {
            refuse(missing);
            return;
        }
        problems.set(Vec::new());
        saving.set(true);
        spawn_local(async move {
            let name = full_name(person.first_name.trim(), person.last_name.trim());
            let answer = add_on_the_spot(sheet.training, person).await;
            saving.try_set(false);
            match answer {
                Ok(()) => {
                    for value in [first_name, last_name, email, mobile] {
                        value.try_set(String::new());
                    }
                    open.try_set(false);
                    announcer.toast(tr!("participants-added", name = name));
                    sheet.refresh();
                }
                Err(ApiError::Refused(Refusal::Invalid(found))) => refuse(found),
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
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
                        aria-disabled=move || saving.get().then_some("true")
                    >
                        {move || {
                            if saving.get() { tr!("training-saving") } else { tr!("participants-add-submit") }
                        }}
                    </button>
                }
            }
        >
            <form id=FORM class="dialog-form" method="post" novalidate node_ref=form on:submit=submit>
                <p class="dialog-lead">{tr!("participants-add-lead")}</p>
                {move || failure.get().map(|error| view! { <ErrorBox error/> })}
                <div class="form-grid">
                    <Field
                        id="first_name"
                        label=tr!("set-up-first-name")
                        value=first_name
                        error=error_at(problems, "first_name")
                        required=true
                    />
                    <Field
                        id="last_name"
                        label=tr!("set-up-last-name")
                        value=last_name
                        error=error_at(problems, "last_name")
                        required=true
                    />
                    <Field
                        id="email"
                        label=tr!("kind-email")
                        value=email
                        error=error_at(problems, "email")
                        kind="email"
                    />
                    <Field
                        id="mobile"
                        label=tr!("kind-mobile")
                        value=mobile
                        error=error_at(problems, "mobile")
                        kind="tel"
                        help=tr!("sign-in-identifier-help")
                    />
                </div>
            </form>
        </Dialog>
    }
}
