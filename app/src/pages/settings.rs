//! What an administrator decides for the whole organisation.

use crate::api::settings::{retention_preview, save_settings, settings};
use crate::components::{
    ErrorBox, Field, PageTitle, SkeletonRows, Toggle, use_announcer, use_form_submission,
};
use crate::tr;
use convoke_domain::FieldError;
use convoke_domain::retention::Retention;
use convoke_domain::view::{MAX_LINK_DAYS, MAX_SEND_DELAY, OrganisationSettings};
use leptos::ev;
use leptos::prelude::*;

/// The page *Settings*.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let stored = Resource::new(|| (), |()| settings());
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("settings-title")/>
                <p class="page-intro">{tr!("settings-lead")}</p>
            </div>
            <div class="page-actions">
                <a class="button" href="/settings/texts">
                    {tr!("texts-title")}
                </a>
                <a class="button" href="/settings/sender">
                    {tr!("sender-title")}
                </a>
                <a class="button" href="/settings/history">
                    {tr!("history-title")}
                </a>
            </div>
        </div>
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=4/></div> }>
            {move || Suspend::new(async move {
                match stored.await {
                    Ok(values) => view! { <SettingsForm values/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| stored.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn SettingsForm(values: OrganisationSettings) -> impl IntoView {
    let name = RwSignal::new(values.name.clone());
    let sender_name = RwSignal::new(values.sender_name.clone());
    let reply_to = RwSignal::new(values.reply_to.clone());
    let login_codes = RwSignal::new(values.login_codes);
    let trainers_add = RwSignal::new(values.trainers_add_people);
    let delay = RwSignal::new(values.send_delay.to_string());
    let firm_recent = RwSignal::new(values.firm_recent);
    let firm_often = RwSignal::new(values.firm_often);
    let days = |days: Option<u32>| RwSignal::new(days.map_or_else(String::new, |n| n.to_string()));
    let forget_days = days(values.retention.people_days);
    let text_days = days(values.retention.text_days);
    let link_days = days(Some(values.link_days));
    let forget_directory = RwSignal::new(values.retention.directory);
    let retention = Memo::new(move |_| Retention {
        people_days: forget_days.with(|typed| typed_days(typed)),
        directory: forget_directory.get(),
        text_days: text_days.with(|typed| typed_days(typed)),
    });
    let sign_presence = RwSignal::new(values.sign_presence);
    let saved = RwSignal::new(values);
    // What is no number is refused before anything is sent.
    let seconds = Memo::new(move |_| {
        let seconds = delay.with(|typed| typed.trim().parse::<u32>().ok());
        seconds.filter(|seconds| *seconds <= MAX_SEND_DELAY)
    });
    let typed = Memo::new(move |_| OrganisationSettings {
        name: name.get(),
        sender_name: sender_name.get(),
        reply_to: reply_to.get(),
        login_codes: login_codes.get(),
        trainers_add_people: trainers_add.get(),
        send_delay: seconds.get().unwrap_or(u32::MAX),
        firm_recent: firm_recent.get(),
        firm_often: firm_often.get(),
        retention: retention.get(),
        link_days: link_days
            .with(|typed| typed_days(typed))
            .unwrap_or(u32::MAX),
        sign_presence: sign_presence.get(),
    });
    let changed = Memo::new(move |_| typed.get() != saved.get());
    let submission = use_form_submission();
    submission.forgive(Signal::derive(move || {
        let days = (forget_days.get(), text_days.get(), link_days.get());
        (
            name.get(),
            sender_name.get(),
            reply_to.get(),
            delay.get(),
            days,
        )
    }));
    let announcer = use_announcer();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !changed.get_untracked() {
            return;
        }
        let values = typed.get_untracked();
        let nameless = values.name.trim().is_empty();
        let no_seconds = seconds.get_untracked().is_none();
        let wrong = [
            nameless.then(|| FieldError::new("name", "error-required")),
            no_seconds.then(|| FieldError::new("send_delay", "settings-send-delay-limit")),
            values
                .retention
                .problem()
                .map(|(field, key)| FieldError::new(field, key)),
            (!(1..=MAX_LINK_DAYS).contains(&values.link_days))
                .then(|| FieldError::new("link_days", "settings-link-days-limit")),
        ];
        let sent = values.clone();
        submission.send(
            wrong.into_iter().flatten().collect(),
            || save_settings(sent),
            move |()| {
                saved.try_set(values);
                announcer.toast(tr!("settings-saved"));
            },
        );
    };
    view! {
        <form class="card training-form settings-form" method="post" novalidate node_ref=submission.form on:submit=submit>
            <fieldset class="form-section">
                <legend>{tr!("settings-organisation")}</legend>
                <div class="form-grid">
                    <div class="form-wide">
                        <Field
                            id="name"
                            label=tr!("settings-name")
                            value=name
                            error=submission.error_at("name")
                            help=tr!("settings-name-help")
                            required=true
                        />
                    </div>
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("settings-sender")}</legend>
                <div class="form-grid">
                    <Field
                        id="sender_name"
                        label=tr!("settings-sender-name")
                        value=sender_name
                        error=submission.error_at("sender_name")
                        help=tr!("settings-sender-name-help")
                    />
                    <Field
                        id="reply_to"
                        label=tr!("settings-reply-to")
                        value=reply_to
                        error=submission.error_at("reply_to")
                        help=tr!("settings-reply-to-help")
                        inputmode="email"
                    />
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("settings-sending")}</legend>
                <div class="form-grid">
                    <Field
                        id="send_delay"
                        label=tr!("settings-send-delay")
                        value=delay
                        error=submission.error_at("send_delay")
                        help=tr!("settings-send-delay-help")
                        inputmode="numeric"
                        required=true
                    />
                </div>
                <div class="toggles">
                    <Toggle
                        id="firm_recent"
                        label=tr!("settings-firm-recent")
                        help=tr!("settings-firm-help")
                        checked=firm_recent
                        on_change=move |on| firm_recent.set(on)
                    />
                    <Toggle
                        id="firm_often"
                        label=tr!("settings-firm-often")
                        help=tr!("settings-firm-help")
                        checked=firm_often
                        on_change=move |on| firm_often.set(on)
                    />
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("settings-trainings")}</legend>
                <div class="toggles">
                    <Toggle
                        id="login_codes"
                        label=tr!("settings-login-codes")
                        help=tr!("settings-login-codes-help")
                        checked=login_codes
                        on_change=move |on| login_codes.set(on)
                    />
                    <Toggle
                        id="trainers_add_people"
                        label=tr!("settings-trainers-add")
                        help=tr!("settings-trainers-add-help")
                        checked=trainers_add
                        on_change=move |on| trainers_add.set(on)
                    />
                    <Toggle
                        id="sign_presence"
                        label=tr!("settings-sign-presence")
                        help=tr!("settings-sign-presence-help")
                        checked=sign_presence
                        on_change=move |on| sign_presence.set(on)
                    />
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("settings-links")}</legend>
                <div class="form-grid">
                    <Field
                        id="link_days"
                        label=tr!("settings-link-days")
                        value=link_days
                        error=submission.error_at("link_days")
                        help=tr!("settings-link-days-help")
                        inputmode="numeric"
                        required=true
                    />
                </div>
            </fieldset>
            <fieldset class="form-section">
                <legend>{tr!("settings-retention")}</legend>
                <p class="field-help">{tr!("settings-retention-lead")}</p>
                <div class="form-grid">
                    <Field
                        id="forget_days"
                        label=tr!("settings-forget-days")
                        value=forget_days
                        error=submission.error_at("forget_days")
                        help=tr!("settings-forget-days-help")
                        inputmode="numeric"
                    />
                    <Field
                        id="text_days"
                        label=tr!("settings-text-days")
                        value=text_days
                        error=submission.error_at("text_days")
                        help=tr!("settings-text-days-help")
                        inputmode="numeric"
                    />
                </div>
                <div class="toggles">
                    <Toggle
                        id="forget_directory"
                        label=tr!("settings-forget-directory")
                        help=tr!("settings-forget-directory-help")
                        checked=forget_directory
                        on_change=move |on| forget_directory.set(on)
                    />
                </div>
                <Forecast retention/>
            </fieldset>
            <div class="form-foot">
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

/// A number of days as typed: nothing for none, and too many for what is no number, which every limit refuses.
fn typed_days(typed: &str) -> Option<u32> {
    match typed.trim() {
        "" => None,
        typed => Some(typed.parse().unwrap_or(u32::MAX)),
    }
}

/// What would be forgotten tonight with what is typed.
#[component]
fn Forecast(retention: Memo<Retention>) -> impl IntoView {
    let possible =
        Memo::new(move |_| Some(retention.get()).filter(|typed| typed.problem().is_none()));
    let preview = Resource::new(
        move || possible.get(),
        |typed| async move {
            match typed {
                Some(typed) => Some(retention_preview(typed).await),
                None => None,
            }
        },
    );
    view! {
        <div class="forecast" role="status">
            <Transition>
                {move || Suspend::new(async move {
                    let nothing = possible
                        .get()
                        .is_none_or(|typed| typed.people_days.is_none() && typed.text_days.is_none());
                    match preview.await {
                        None => None,
                        Some(Ok(_)) if nothing => {
                            Some(view! { <p>{tr!("settings-retention-nothing")}</p> }.into_any())
                        }
                        Some(Ok(preview)) => {
                            let words = tr!(
                                "settings-retention-preview", people = preview.people, texts = preview.texts
                            );
                            Some(view! { <p>{words}</p> }.into_any())
                        }
                        Some(Err(error)) => {
                            Some(
                                view! { <ErrorBox error on_retry=move |()| preview.refetch()/> }
                                    .into_any(),
                            )
                        }
                    }
                })}
            </Transition>
        </div>
    }
}
