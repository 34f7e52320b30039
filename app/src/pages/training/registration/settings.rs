//! When the code opens, what visitors see, and what is asked of them.

use super::store::Desk;
use crate::api::registration::{registration, save_registration};
use crate::components::{Field, Glyph, Icon, Toggle, use_announcer, use_form_submission};
use crate::tr;
use convoke_domain::registration::{ListShows, Proof, RegistrationSettings};
use leptos::ev;
use leptos::prelude::*;

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    opens: RwSignal<String>,
    closes: RwSignal<String>,
    list_shows: RwSignal<ListShows>,
    proof: RwSignal<Proof>,
    approval: RwSignal<bool>,
    waiting_list: RwSignal<bool>,
}

impl Typed {
    fn new(saved: &RegistrationSettings) -> Self {
        Self {
            opens: RwSignal::new(saved.opens.clone()),
            closes: RwSignal::new(saved.closes.clone()),
            list_shows: RwSignal::new(saved.list_shows),
            proof: RwSignal::new(saved.proof),
            approval: RwSignal::new(saved.approval),
            waiting_list: RwSignal::new(saved.waiting_list),
        }
    }

    /// What is typed, over the switches as they are saved.
    fn over(self, saved: &RegistrationSettings) -> RegistrationSettings {
        RegistrationSettings {
            offered: saved.offered,
            code_on: saved.code_on,
            opens: self.opens.get(),
            closes: self.closes.get(),
            list_shows: self.list_shows.get(),
            proof: self.proof.get(),
            approval: self.approval.get(),
            waiting_list: self.waiting_list.get(),
        }
    }

    fn take(self, saved: &RegistrationSettings) {
        self.opens.set(saved.opens.clone());
        self.closes.set(saved.closes.clone());
        self.list_shows.set(saved.list_shows);
        self.proof.set(saved.proof);
        self.approval.set(saved.approval);
        self.waiting_list.set(saved.waiting_list);
    }
}

/// The form of the settings.
#[component]
pub fn SettingsForm(desk: Desk) -> impl IntoView {
    let saved = Memo::new(move |_| desk.view.with(|view| view.settings.clone()));
    let typed = Typed::new(&saved.get_untracked());
    let changed = Memo::new(move |_| saved.with(|saved| typed.over(saved) != *saved));
    // What a colleague saved is taken over, unless something is typed here: then the typed words stay.
    Effect::new(move |before: Option<RegistrationSettings>| {
        let now = saved.get();
        if let Some(before) = before
            && before != now
            && untrack(|| typed.over(&before) == before)
        {
            typed.take(&now);
        }
        now
    });

    let submission = use_form_submission();
    submission.forgive(Signal::derive(move || {
        (typed.opens.get(), typed.closes.get())
    }));
    let announcer = use_announcer();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !changed.get_untracked() {
            return;
        }
        let values = untrack(|| saved.with(|saved| typed.over(saved)));
        let wrong = values.problems();
        let call = async move {
            save_registration(desk.training, values).await?;
            if let Ok(view) = registration(desk.training).await {
                desk.view.try_set(view);
            }
            Ok(())
        };
        submission.send(
            wrong,
            || call,
            move |()| {
                announcer.toast(tr!("registration-saved"));
            },
        );
    };
    let zone = desk.view.with_untracked(|view| view.time_zone.clone());
    let seats = move || {
        desk.view.with(|view| match view.seats {
            Some(seats) => tr!(
                "registration-seats-now",
                seats = seats,
                confirmed = view.confirmed,
                waiting = view.waiting
            ),
            None => tr!("registration-seats-none"),
        })
    };
    view! {
        <form
            class="card registration-settings"
            method="post"
            novalidate
            node_ref=submission.form
            on:submit=submit
        >
            <fieldset class="form-section">
                <legend>{tr!("registration-period")}</legend>
                <div class="form-grid">
                    <Field
                        id="opens"
                        label=tr!("registration-opens")
                        value=typed.opens
                        error=submission.error_at("opens")
                        kind="datetime-local"
                        help=tr!("registration-opens-help")
                    />
                    <Field
                        id="closes"
                        label=tr!("registration-closes")
                        value=typed.closes
                        error=submission.error_at("closes")
                        kind="datetime-local"
                        help=tr!("registration-closes-help")
                    />
                </div>
                <p class="field-help">{tr!("registration-zone", zone = zone)}</p>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("registration-list")}</legend>
                <div class="options">
                    {ListShows::ALL
                        .iter()
                        .map(|&option| {
                            let (words, help) = list_words(option);
                            view! {
                                <Choice
                                    name="list_shows"
                                    value=option.as_str()
                                    words
                                    help
                                    chosen=Signal::derive(move || typed.list_shows.get() == option)
                                    on_choose=move |()| typed.list_shows.set(option)
                                />
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("registration-proof")}</legend>
                <div class="options">
                    {Proof::ALL
                        .iter()
                        .map(|&option| {
                            let (words, help) = proof_words(option);
                            view! {
                                <Choice
                                    name="proof"
                                    value=option.as_str()
                                    words
                                    help
                                    chosen=Signal::derive(move || typed.proof.get() == option)
                                    on_choose=move |()| typed.proof.set(option)
                                />
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("registration-counting")}</legend>
                <div class="toggles">
                    <Toggle
                        id="approval"
                        label=tr!("registration-approval")
                        help=tr!("registration-approval-help")
                        checked=typed.approval
                        on_change=move |on| typed.approval.set(on)
                    />
                    <Toggle
                        id="waiting_list"
                        label=tr!("registration-waiting-list")
                        help=tr!("registration-waiting-list-help")
                        checked=typed.waiting_list
                        on_change=move |on| typed.waiting_list.set(on)
                    />
                </div>
                <p class="registration-seats">
                    <Icon glyph=Glyph::Seat size=16/>
                    <span>{seats}</span>
                    <a href=format!("/trainings/{}/edit", desk.training)>
                        {tr!("registration-seats-change")}
                    </a>
                </p>
            </fieldset>
            <div class="form-foot registration-foot">
                {submission.failed()}
                <div class="toolbar">
                    <button
                        type="submit"
                        class="button button-primary"
                        disabled=move || !submission.is_alive()
                        aria-disabled=move || (submission.is_busy() || !changed.get()).then_some("true")
                    >
                        {move || if submission.is_busy() { tr!("training-saving") } else { tr!("training-save") }}
                    </button>
                    <span class="save-state" role="status">
                        {move || {
                            if changed.get() {
                                tr!("registration-unsaved")
                            } else {
                                tr!("registration-all-saved")
                            }
                        }}
                    </span>
                </div>
            </div>
        </form>
    }
}

fn list_words(option: ListShows) -> (String, String) {
    match option {
        ListShows::FullNames => (
            tr!("registration-list-full-names"),
            tr!("registration-list-full-names-help"),
        ),
        ListShows::Initials => (
            tr!("registration-list-initials"),
            tr!("registration-list-initials-help"),
        ),
        ListShows::Search => (
            tr!("registration-list-search"),
            tr!("registration-list-search-help"),
        ),
    }
}

fn proof_words(option: Proof) -> (String, String) {
    match option {
        Proof::Nothing => (
            tr!("registration-proof-nothing"),
            tr!("registration-proof-nothing-help"),
        ),
        Proof::Code => (
            tr!("registration-proof-code"),
            tr!("registration-proof-code-help"),
        ),
        Proof::MobileDigits => (
            tr!("registration-proof-mobile-digits"),
            tr!("registration-proof-mobile-digits-help"),
        ),
    }
}

/// One of several options, with what it means.
#[component]
fn Choice(
    name: &'static str,
    value: &'static str,
    words: String,
    help: String,
    #[prop(into)] chosen: Signal<bool>,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    let id = format!("{name}-{value}");
    view! {
        <div class="option" class:is-chosen=move || chosen.get()>
            <input
                type="radio"
                id=id.clone()
                name=name
                value=value
                checked=chosen.get_untracked()
                prop:checked=move || chosen.get()
                aria-describedby=format!("{id}-help")
                on:change=move |_| on_choose.run(())
            />
            <label for=id.clone() class="option-words">
                {words}
            </label>
            <p class="option-help" id=format!("{id}-help")>
                {help}
            </p>
        </div>
    }
}
