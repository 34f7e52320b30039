//! A person's story in a training: what happened, and what they answered in the registration form.

use crate::api::ApiError;
use crate::api::registration::story;
use crate::components::{Dialog, DialogKind, ErrorBox, Glyph, Icon, SkeletonRows};
use crate::pages::history::what;
use crate::pages::messages::TextDialog;
use crate::tr;
use convoke_domain::registration::RegistrationState;
use convoke_domain::view::{AnsweredField, MessageRow, RegistrationRow, StoryView};
use convoke_domain::{TrainingId, UserId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog; it opens when `person` names somebody.
#[component]
pub fn StoryDialog(
    /// The training.
    training: TrainingId,
    /// Whose story, and their name.
    person: RwSignal<Option<(UserId, String)>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let opened = RwSignal::new(None);
    let told = RwSignal::new(None::<Result<StoryView, ApiError>>);
    let load = move || {
        let Some((user, _)) = person.get_untracked() else {
            return;
        };
        told.set(None);
        spawn_local(async move {
            let answer = story(training, user).await;
            let still = person
                .try_with_untracked(|person| person.as_ref().is_some_and(|(id, _)| *id == user));
            if still == Some(true) {
                told.set(Some(answer));
            }
        });
    };
    Effect::new(move |_| {
        if person.with(Option::is_some) {
            open.set(true);
            load();
        }
    });
    Effect::new(move |_| {
        if !open.get() && person.with_untracked(Option::is_some) {
            person.set(None);
        }
    });
    let title = Signal::derive(move || {
        person.with(|person| {
            person
                .as_ref()
                .map_or_else(String::new, |(_, name)| name.clone())
        })
    });
    view! {
        <Dialog open title kind=DialogKind::Wide>
            <div class="story" role="group" tabindex="0" aria-label=move || title.get()>
                {move || match told.get() {
                    None => view! { <SkeletonRows rows=3/> }.into_any(),
                    Some(Ok(story)) => view! { <Story story opened/> }.into_any(),
                    Some(Err(error)) => {
                        view! { <ErrorBox error on_retry=move |()| load()/> }.into_any()
                    }
                }}
                {move || {
                    person
                        .with(|person| person.as_ref().map(|(id, _)| format!("/people/{id}/story")))
                        .map(|address| view! { <p><a href=address>{tr!("story-everything")}</a></p> })
                }}
            </div>
        </Dialog>
        <TextDialog opened/>
    }
}

#[component]
fn Story(story: StoryView, opened: RwSignal<Option<MessageRow>>) -> impl IntoView {
    let addresses: Vec<_> = [
        (Glyph::Mail, tr!("channel-email"), story.email),
        (Glyph::Phone, tr!("channel-sms"), story.mobile),
    ]
    .into_iter()
    .filter_map(|(glyph, name, address)| Some((glyph, name, address?)))
    .map(|(glyph, name, address)| {
        view! {
            <li>
                <Icon glyph size=16/>
                <span class="visually-hidden">{name} ": "</span>
                <span>{address}</span>
            </li>
        }
    })
    .collect();
    let nothing = story.lines.is_empty();
    view! {
        {if addresses.is_empty() {
            view! { <p class="muted">{tr!("story-no-address")}</p> }.into_any()
        } else {
            view! { <ul class="story-addresses">{addresses}</ul> }.into_any()
        }}
        {story.registrations.into_iter().map(|row| view! { <Registered row/> }).collect_view()}
        <section class="story-section" aria-labelledby="story-lines">
            <h3 id="story-lines">{tr!("story-lines")}</h3>
            {nothing.then(|| view! { <p class="muted">{tr!("story-nothing")}</p> })}
            <ol class="story-lines">
                {story
                    .lines
                    .into_iter()
                    .map(|line| {
                        let when = line.when.clone();
                        view! {
                            <li>
                                <span class="story-text">{what(line, Some(opened))}</span>
                                <span class="story-when tabular">{when}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
}

/// A registration with the code.
#[component]
fn Registered(row: RegistrationRow) -> impl IntoView {
    let (class, words) = match row.state {
        RegistrationState::Pending => ("badge badge-to-send", tr!("registered-pending")),
        RegistrationState::Accepted => ("badge badge-confirmed", tr!("registered-accepted")),
        RegistrationState::Refused => ("badge badge-problem", tr!("registered-refused")),
    };
    view! {
        <section class="story-section story-registered">
            <h3>{tr!("story-registered")} " " <span class=class>{words}</span></h3>
            <p class="muted">{row.detail}</p>
            <Answers answers=row.answers/>
        </section>
    }
}

/// Questions and answers.
#[component]
pub fn Answers(answers: Vec<AnsweredField>) -> impl IntoView {
    (!answers.is_empty()).then(|| {
        view! {
            <dl class="answers">
                {answers
                    .into_iter()
                    .map(|answer| {
                        view! {
                            <div class="answer">
                                <dt>{answer.label}</dt>
                                <dd class="pre-line">{answer.answer}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        }
    })
}
