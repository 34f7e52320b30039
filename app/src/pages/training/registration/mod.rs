//! The tab *Self-registration*: the training code, what visitors see and are asked, who waits for approval, and the form.

mod approvals;
mod builder;
mod code;
mod form_card;
mod settings;
mod store;

use super::devices::{Devices, DevicesCard};
use super::{ThisTraining, may_administer, this_training};
use crate::api::registration::registration;
use crate::api::settings::{save_settings, settings as organisation_settings};
use crate::awaiting::awaiting;
use crate::components::{Empty, ErrorBox, Glyph, SkeletonRows, Toggle, use_announcer};
use crate::pages::training::invitations::live::{self, Listener};
use crate::{language, tr};
use approvals::Approvals;
pub use builder::FormBuilderRoute;
use code::CodeCard;
use convoke_domain::TrainingId;
use convoke_domain::view::{Perspective, RegistrationView};
use form_card::FormCard;
use leptos::prelude::*;
use settings::SettingsForm;
use store::Desk;

/// The tab, or why it is not in this view.
#[component]
pub fn RegistrationRoute() -> impl IntoView {
    let this = this_training();
    move || match (this.perspective.get(), this.id.get()) {
        (Perspective::Administrator, Some(training)) => {
            view! { <RegistrationTab training/> }.into_any()
        }
        (Perspective::Administrator, None) => ().into_any(),
        (Perspective::Trainer, _) => view! { <Hidden this/> }.into_any(),
    }
}

/// Why the tab is not in the trainer view.
#[component]
fn Hidden(this: ThisTraining) -> impl IntoView {
    let (text, words, tab, perspective) = if may_administer() {
        (
            tr!("registration-hidden-text"),
            tr!("invitations-hidden-switch"),
            "registration",
            Perspective::Administrator,
        )
    } else {
        (
            tr!("registration-hidden-trainer"),
            tr!("invitations-hidden-participants"),
            "participants",
            Perspective::Trainer,
        )
    };
    view! {
        <div class="card">
            <Empty glyph=Glyph::Info title=tr!("registration-hidden-title") text>
                <a class="button button-primary" href=move || this.address(tab, perspective)>
                    {words}
                </a>
            </Empty>
        </div>
    }
}

#[component]
fn RegistrationTab(training: TrainingId) -> impl IntoView {
    let this = this_training();
    let first = Resource::new(move || training, registration);
    view! {
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=8/></div> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(view) if view.login_codes => view! { <Offer training view/> }.into_any(),
                    Ok(view) => {
                        let may_change = view.may_change_option;
                        let on_switched = move |()| {
                            first.refetch();
                            // Its head names the code.
                            this.view.refetch();
                        };
                        view! { <OptionOff may_change on_switched/> }.into_any()
                    }
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| first.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// The organisation does not use training codes; administrators can change that here.
#[component]
fn OptionOff(may_change: bool, #[prop(into)] on_switched: Callback<()>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let announcer = use_announcer();
    let switch_on = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = match organisation_settings().await {
                Ok(mut settings) => {
                    settings.login_codes = true;
                    save_settings(settings).await
                }
                Err(error) => Err(error),
            };
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    announcer.toast(tr!("registration-option-switched"));
                    on_switched.run(());
                }
                Err(error) => announcer.toast(error.sentence(language())),
            }
        });
    };
    let text = if may_change {
        tr!("registration-option-off-text")
    } else {
        tr!("registration-option-off-ask")
    };
    view! {
        <div class="card">
            <Empty glyph=Glyph::Form title=tr!("registration-option-off-title") text>
                {may_change
                    .then(|| {
                        view! {
                            <div class="toolbar registration-option">
                                <button
                                    type="button"
                                    class="button button-primary"
                                    aria-disabled=move || busy.get().then_some("true")
                                    on:click=switch_on
                                >
                                    {tr!("registration-option-switch-on")}
                                </button>
                                <a class="button button-ghost" href="/settings">
                                    {tr!("registration-option-settings")}
                                </a>
                            </div>
                        }
                    })}
            </Empty>
        </div>
    }
}

/// Everything, once the organisation uses training codes.
#[component]
fn Offer(training: TrainingId, view: RegistrationView) -> impl IntoView {
    let desk = Desk::new(training, view);
    let devices = Devices::new(training);
    live::listen(
        training,
        Listener {
            announced: Callback::new(move |version| {
                desk.fresh.announced(version);
                devices.fresh.announced(version);
            }),
            doubtful: Callback::new(move |()| desk.fresh.refresh()),
            lost: RwSignal::new(false),
        },
    );
    let offered = Signal::derive(move || desk.view.with(|view| view.settings.offered));
    // The head of the page names the code.
    let this = this_training();
    Effect::watch(
        move || {
            desk.view
                .with(|view| (view.code.clone(), view.code_state.clone()))
        },
        move |code, before, _| {
            if before.is_some_and(|before| before != code) {
                this.view.refetch();
            }
        },
        false,
    );
    // Who was decided on here is counted no longer, at once.
    let waiting = Memo::new(move |_| desk.view.with(|view| view.pending));
    let all = awaiting();
    Effect::watch(
        move || waiting.get(),
        move |_, before, _| {
            if before.is_some() {
                all.refresh();
            }
        },
        false,
    );
    let has_code = Memo::new(move |_| desk.view.with(|view| view.code.is_some()));
    let pending = Memo::new(move |_| desk.view.with(|view| view.pending > 0));
    view! {
        <div class="registration">
            <section class="card card-body registration-offer" aria-label=tr!("registration-offer")>
                <Toggle
                    id="offered"
                    label=tr!("registration-offer")
                    help=tr!("registration-offer-help")
                    checked=offered
                    busy=desk.busy
                    on_change=move |on| desk.offer(on)
                />
                <Counts desk/>
            </section>
            {move || {
                desk.problem
                    .get()
                    .map(|error| view! { <ErrorBox error on_retry=move |()| desk.fresh.refresh()/> })
            }}
            {move || pending.get().then(|| view! { <Approvals desk/> })}
            <div class="registration-columns">
                <div class="registration-column">
                    <SettingsForm desk/>
                </div>
                <div class="registration-column registration-beside">
                    {move || has_code.get().then(|| view! { <CodeCard desk/> })}
                    <FormCard desk/>
                    <DevicesCard devices/>
                </div>
            </div>
        </div>
    }
}

/// How many count, wait, and wait for approval.
#[component]
fn Counts(desk: Desk) -> impl IntoView {
    let fact = move |colour: &'static str, words: String, count: Memo<String>| {
        view! {
            <div class="registration-count">
                <dt>
                    <span class=format!("dot dot-{colour}")></span>
                    {words}
                </dt>
                <dd class="tabular">{move || count.get()}</dd>
            </div>
        }
    };
    let confirmed = Memo::new(move |_| {
        desk.view.with(|view| match view.seats {
            Some(seats) => tr!(
                "registration-count-of",
                count = view.confirmed,
                seats = seats
            ),
            None => tr!("invitations-count", count = view.confirmed),
        })
    });
    let number = move |pick: fn(&RegistrationView) -> u32| {
        Memo::new(move |_| {
            desk.view
                .with(|view| tr!("invitations-count", count = pick(view)))
        })
    };
    view! {
        <dl class="registration-counts">
            {fact("confirmed", tr!("registration-confirmed"), confirmed)}
            {fact("sent", tr!("registration-waiting"), number(|view| view.waiting))}
            {fact("to-send", tr!("registration-pending"), number(|view| view.pending))}
        </dl>
    }
}
