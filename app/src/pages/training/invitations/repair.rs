//! Putting right what went wrong for one person: the address in place, and one more message to that person only.

use super::row::problem_words;
use crate::api::ApiError;
use crate::api::repair::{contact, correct_contact, it_arrived, send_again};
use crate::components::{
    Announcer, Dialog, ErrorBox, Field, FormSubmission, Glyph, Icon, SelectField, SkeletonRows,
    use_announcer, use_form_submission,
};
use crate::tr;
use convoke_domain::message::Problem;
use convoke_domain::view::{ContactForm, ContactView, Repaired};
use convoke_domain::{Channel, InvitationId};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form's id: its button stands in the dialog's foot.
const FORM: &str = "repair-form";

/// For whom something is put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repairing {
    /// The invitation.
    pub invitation: InvitationId,
    /// The person's name.
    pub name: String,
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    email: RwSignal<String>,
    mobile: RwSignal<String>,
    channel: RwSignal<String>,
}

impl Typed {
    fn form(self) -> ContactForm {
        ContactForm {
            email: self.email.get(),
            mobile: self.mobile.get(),
            channel: self.channel.get().parse().unwrap_or(Channel::Email),
        }
    }
}

/// The dialog; it opens when `opened` names somebody.
#[component]
pub fn RepairDialog(
    /// For whom.
    opened: RwSignal<Option<Repairing>>,
    /// Told when something was done.
    on_done: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let found = RwSignal::new(None::<Result<ContactView, ApiError>>);
    let typed = Typed {
        email: RwSignal::new(String::new()),
        mobile: RwSignal::new(String::new()),
        channel: RwSignal::new(String::new()),
    };
    let submission = use_form_submission();
    // Whose address was typed, and the name.
    let taken = RwSignal::new(None::<(Channel, String)>);
    let load = move || {
        let Some(asked) = opened.get_untracked() else {
            return;
        };
        found.set(None);
        taken.set(None);
        submission.problems.set(Vec::new());
        spawn_local(async move {
            let answer = contact(asked.invitation).await;
            let still = opened.try_with_untracked(|now| now.as_ref() == Some(&asked));
            if still != Some(true) {
                return;
            }
            if let Ok(view) = &answer {
                typed.email.set(view.form.email.clone());
                typed.mobile.set(view.form.mobile.clone());
                typed.channel.set(view.form.channel.to_string());
            }
            found.set(Some(answer));
        });
    };
    Effect::new(move |_| {
        if opened.with(Option::is_some) {
            open.set(true);
            load();
        }
    });
    Effect::new(move |_| {
        if !open.get() && opened.with_untracked(Option::is_some) {
            opened.set(None);
        }
    });
    Effect::new(move |first: Option<()>| {
        typed.email.track();
        typed.mobile.track();
        if first.is_some() {
            taken.set(None);
        }
    });
    let title = Signal::derive(move || {
        opened.with(|opened| {
            opened.as_ref().map_or_else(String::new, |who| {
                tr!("repair-title", name = who.name.as_str())
            })
        })
    });
    let desk = Desk {
        opened,
        open,
        found,
        typed,
        taken,
        submission,
        on_done,
        announcer: use_announcer(),
    };
    view! {
        <Dialog open title footer=move || view! { <Buttons desk/> }.into_any()>
            {move || match found.get() {
                None => view! { <SkeletonRows rows=3/> }.into_any(),
                Some(Ok(view)) => view! { <Contact view desk/> }.into_any(),
                Some(Err(error)) => {
                    view! { <ErrorBox error on_retry=move |()| load()/> }.into_any()
                }
            }}
        </Dialog>
    }
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Desk {
    opened: RwSignal<Option<Repairing>>,
    open: RwSignal<bool>,
    found: RwSignal<Option<Result<ContactView, ApiError>>>,
    typed: Typed,
    taken: RwSignal<Option<(Channel, String)>>,
    submission: FormSubmission,
    on_done: Callback<()>,
    announcer: Announcer,
}

impl Desk {
    /// Whether something else stands in the fields than is saved.
    fn is_changed(self) -> bool {
        let typed = self.typed.form();
        self.found
            .with(|found| matches!(found, Some(Ok(view)) if view.form != typed))
    }

    /// Whether nothing went anywhere yet.
    fn is_first(self) -> bool {
        self.found
            .with(|found| matches!(found, Some(Ok(view)) if view.tried.is_none()))
    }

    fn is_uncertain(self) -> bool {
        self.found.with(
            |found| matches!(found, Some(Ok(view)) if view.problem == Some(Problem::Uncertain)),
        )
    }

    /// *Save*, *Save and send again*, or *Send again* where nothing was changed.
    fn go(self, send: bool) {
        let (Some(who), Some(Ok(view))) = (self.opened.get_untracked(), self.found.get_untracked())
        else {
            return;
        };
        let form = untrack(|| self.typed.form());
        let changed = form != view.form;
        let announcer = self.announcer;
        let (id, version) = (who.invitation, view.version);
        let wrong = if changed { form.problems() } else { Vec::new() };
        self.submission.send(
            wrong,
            move || async move {
                if changed {
                    correct_contact(id, version, form, send).await
                } else {
                    send_again(id).await
                }
            },
            move |done: Repaired| {
                let name = who.name.as_str();
                match done {
                    Repaired::SomebodyElses { channel, name } => {
                        self.taken.try_set(Some((channel, name)));
                        return;
                    }
                    Repaired::Saved => announcer.toast(tr!("repair-done-saved")),
                    Repaired::Queued => announcer.toast(tr!("repair-done-queued", name = name)),
                    Repaired::OnItsWay => {
                        announcer.toast(tr!("repair-done-on-its-way", name = name));
                    }
                }
                self.open.try_set(false);
                self.on_done.run(());
            },
        );
    }

    /// *It arrived*.
    fn arrived(self) {
        let Some(who) = self.opened.get_untracked() else {
            return;
        };
        let announcer = self.announcer;
        self.submission.send(
            Vec::new(),
            move || async move { it_arrived(who.invitation).await.map(|()| who.name) },
            move |name: String| {
                announcer.toast(tr!("repair-arrived-done", name = name.as_str()));
                self.open.try_set(false);
                self.on_done.run(());
            },
        );
    }

    fn error_at(self, channel: Channel, field: &'static str) -> Signal<Option<String>> {
        let wrong = self.submission.error_at(field);
        Signal::derive(move || {
            let taken = self.taken.with(|taken| {
                taken
                    .as_ref()
                    .filter(|(of, _)| *of == channel)
                    .map(|(_, name)| tr!("repair-somebody-elses", name = name.as_str()))
            });
            taken.or_else(|| wrong.get())
        })
    }
}

/// What went wrong, and how the person is reached.
#[component]
fn Contact(view: ContactView, desk: Desk) -> impl IntoView {
    let typed = desk.typed;
    let submission = desk.submission;
    let channels = vec![
        (Channel::Email.to_string(), tr!("channel-email")),
        (Channel::Sms.to_string(), tr!("channel-sms")),
    ];
    let submitted = move |event: ev::SubmitEvent| {
        event.prevent_default();
        desk.go(true);
    };
    let fields = move || {
        view! {
            <Field
                id="repair-email"
                label=tr!("repair-email")
                value=typed.email
                error=desk.error_at(Channel::Email, "email")
                kind="email"
            />
            <Field
                id="repair-mobile"
                label=tr!("repair-mobile")
                value=typed.mobile
                error=desk.error_at(Channel::Sms, "mobile")
                kind="tel"
                help=tr!("repair-mobile-help")
            />
            <SelectField
                id="repair-channel"
                label=tr!("repair-channel")
                value=typed.channel
                options=channels
            />
        }
    };
    view! {
        <form class="repair" id=FORM node_ref=submission.form on:submit=submitted novalidate>
            {went_wrong(&view)}
            {view
                .opted_out
                .then(|| {
                    view! {
                        <div class="notice notice-info">
                            <Icon glyph=Glyph::Info/>
                            <p class="notice-text">{tr!("repair-opted-out")}</p>
                        </div>
                    }
                })}
            {if view.opted_out {
                ().into_any()
            } else if view.may_correct {
                fields().into_any()
            } else {
                view! {
                    <p class="muted">{tr!("repair-not-yours")}</p>
                    <ul class="repair-addresses">
                        {[view.form.email, view.form.mobile]
                            .into_iter()
                            .filter(|address| !address.is_empty())
                            .map(|address| view! { <li>{address}</li> })
                            .collect_view()}
                    </ul>
                }
                    .into_any()
            }}
            {submission.failed()}
        </form>
    }
}

/// What went wrong, in our words and in the server's.
fn went_wrong(view: &ContactView) -> impl IntoView {
    let problem = view.problem.or_else(|| {
        let nothing = view.form.email.is_empty() && view.form.mobile.is_empty();
        nothing.then_some(Problem::NoAddress)
    });
    let tried = view.tried.clone();
    let said = view.problem_detail.clone().filter(|said| !said.is_empty());
    problem.map(|problem| {
        view! {
            <div class="notice notice-problem">
                <Icon glyph=Glyph::Warning/>
                <div class="notice-text">
                    <p>{tr!("repair-what", problem = problem.as_str())}</p>
                    {tried
                        .map(|address| {
                            view! { <p>{tr!("repair-tried", address = address.as_str())}</p> }
                        })}
                    {said
                        .map(|said| {
                            view! {
                                <p class="message-said">
                                    {tr!("messages-server-words", said = said)}
                                </p>
                            }
                        })}
                </div>
            </div>
        }
    })
}

#[component]
fn Buttons(desk: Desk) -> impl IntoView {
    let busy = move || desk.submission.is_busy();
    let ready = move || {
        desk.found
            .with(|found| matches!(found, Some(Ok(view)) if !view.opted_out))
    };
    move || {
        ready().then(|| {
            view! {
                {desk
                    .is_uncertain()
                    .then(|| {
                        view! {
                            <button type="button" class="button" on:click=move |_| desk.arrived()>
                                {tr!("repair-menu-arrived")}
                            </button>
                        }
                    })}
                {move || {
                    desk.is_changed()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    aria-disabled=move || busy().then_some("true")
                                    on:click=move |_| desk.go(false)
                                >
                                    {tr!("repair-save")}
                                </button>
                            }
                        })
                }}
                <button
                    type="submit"
                    form=FORM
                    class="button button-primary"
                    aria-disabled=move || busy().then_some("true")
                >
                    {move || {
                        if busy() {
                            tr!("repair-busy")
                        } else {
                            match (desk.is_changed(), desk.is_first()) {
                                (true, true) => tr!("repair-save-send-first"),
                                (true, false) => tr!("repair-save-send"),
                                (false, true) => tr!("repair-send-first"),
                                (false, false) => tr!("repair-send"),
                            }
                        }
                    }}
                </button>
            }
        })
    }
}

/// The problem at the end of a row, as a button that puts it right.
#[component]
pub fn ProblemButton(
    /// For whom.
    who: Repairing,
    /// What went wrong.
    problem: Problem,
    /// The server's own words.
    detail: Option<String>,
    /// Takes whom the dialog is about.
    opened: RwSignal<Option<Repairing>>,
) -> impl IntoView {
    let words = problem_words(problem);
    // What may still end well is not painted as a failure.
    let class = match problem {
        Problem::Uncertain => "badge badge-to-send badge-button",
        _ => "badge badge-problem badge-button",
    };
    let label = tr!(
        "repair-open",
        name = who.name.as_str(),
        problem = words.as_str()
    );
    view! {
        <button
            type="button"
            class=class
            title=detail
            aria-haspopup="dialog"
            aria-label=label
            on:click=move |_| opened.set(Some(who.clone()))
        >
            {words}
        </button>
    }
}
