//! The page behind the link of an invitation.

use super::facts::{Facts, facts};
use super::stop::stop_form;
use super::{Frame, document};
use convoke_domain::view::{AnswerView, Offer};
use convoke_domain::{InvitationState, Language};
use convoke_texts::t;
use leptos::prelude::*;

/// What the answer page shows.
#[derive(Clone, Debug)]
pub struct AnswerPage {
    /// Language and style.
    pub frame: Frame,
    /// The invitation.
    pub view: AnswerView,
    /// The path of the page, with its secret.
    pub path: String,
}

/// The answer page. Opening it changes nothing; each answer is a form of its own.
pub fn answer_page(page: &AnswerPage) -> String {
    let language = page.frame.language;
    let view = &page.view;
    let open = view.gone.is_none();
    let hello = if view.first_name.is_empty() {
        t!(language, "answer-hello-nameless")
    } else {
        t!(language, "answer-hello", name = view.first_name.as_str())
    };
    let body = view! {
        <main class="public-main">
            <article class="card invitation-card">
                <p class="invitation-hello">{hello}</p>
                <h1>{view.title.clone()}</h1>
                <dl class="invitation-facts">{facts(language, &of(view))}</dl>
                {(!view.description.is_empty())
                    .then(|| {
                        view! { <p class="invitation-description pre-line">{view.description.clone()}</p> }
                    })}
            </article>
            {status(language, view)}
            {matches!(view.state, InvitationState::Confirmed | InvitationState::Waiting)
                .then(|| {
                    view! {
                        <form method="post" action=format!("{}/space", page.path)>
                            <button class="button button-primary public-button" type="submit">
                                {t!(language, "answer-space")}
                            </button>
                        </form>
                    }
                })}
            {open.then(|| buttons(language, view, &page.path))}
            {(open && view.state != InvitationState::Declined)
                .then(|| {
                    view! {
                        <a class="invitation-calendar" href=format!("{}/calendar.ics", page.path)>
                            {t!(language, "answer-calendar")}
                        </a>
                    }
                })}
            {messages(language, view, &page.path)}
        </main>
        {open
            .then(|| {
                let until = (!answered(view.state))
                    .then(|| t!(language, "answer-until", until = view.answer_until.as_str()));
                view! {
                    <footer class="public-foot">
                        {until.map(|text| format!("{text} "))} {t!(language, "answer-private")}
                    </footer>
                }
            })}
    };
    document(&page.frame, &view.title, &view.organisation, None, body)
}

const fn of(view: &AnswerView) -> Facts<'_> {
    Facts {
        dates: view.dates.as_str(),
        times: view.times.as_str(),
        time_zone: view.time_zone.as_str(),
        place: view.place.as_str(),
        trainers: view.trainers.as_str(),
        map: true,
    }
}

const fn answered(state: InvitationState) -> bool {
    matches!(
        state,
        InvitationState::Confirmed | InvitationState::Declined | InvitationState::Waiting
    )
}

/// The answer given so far, or why none can be given.
fn status(language: Language, view: &AnswerView) -> Option<impl IntoView + use<>> {
    use InvitationState as S;
    let until = view.answer_until.as_str();
    let closed = view.gone.is_some();
    let (tone, title, more) = match (&view.gone, view.state) {
        (Some(reason), S::ToSend | S::Sent | S::Cancelled) => (
            "invitation-status status-neutral",
            t!(language, "answer-closed"),
            t!(language, reason),
        ),
        (_, S::Confirmed) => (
            "invitation-status status-confirmed",
            t!(language, "answer-given-attend"),
            if closed {
                t!(language, "answer-given-attend-final")
            } else {
                t!(language, "answer-given-attend-more", until = until)
            },
        ),
        (_, S::Declined) => (
            "invitation-status status-neutral",
            t!(language, "answer-given-decline"),
            match (closed, view.offer) {
                (true, _) => t!(language, "answer-given-decline-final"),
                (false, Offer::Place) => t!(language, "answer-given-decline-more", until = until),
                (false, Offer::WaitingList) => t!(language, "answer-given-decline-taken"),
                (false, Offer::Nothing) => t!(language, "answer-given-decline-full"),
            },
        ),
        (_, S::Waiting) => (
            "invitation-status status-neutral",
            t!(language, "answer-given-waiting"),
            if view.opted_out {
                t!(language, "answer-given-waiting-quiet")
            } else if closed {
                t!(language, "answer-given-waiting-final")
            } else {
                t!(language, "answer-given-waiting-more")
            },
        ),
        (None, S::ToSend | S::Sent | S::Cancelled) => return None,
    };
    // Someone who answered in time and comes back too late learns both.
    let also = (closed && answered(view.state))
        .then(|| view.gone.as_ref().map(|reason| t!(language, reason)))
        .flatten();
    Some(view! {
        <section class=tone role="status">
            <h2>{title}</h2>
            <p>{more}</p>
            {also.map(|text| view! { <p>{text}</p> })}
        </section>
    })
}

/// The answers that can be given now.
fn buttons(language: Language, view: &AnswerView, path: &str) -> impl IntoView + use<> {
    use InvitationState as S;
    let may_attend =
        matches!(view.state, S::ToSend | S::Sent | S::Declined) && view.offer != Offer::Nothing;
    let may_decline = matches!(view.state, S::ToSend | S::Sent | S::Confirmed | S::Waiting);
    let attend = match view.offer {
        Offer::WaitingList => t!(language, "answer-wait"),
        Offer::Place | Offer::Nothing => t!(language, "answer-attend"),
    };
    let form = |answer: &'static str, class: &'static str, text: String| {
        view! {
            <form method="post" action=path.to_owned()>
                <input type="hidden" name="answer" value=answer />
                <button class=class type="submit">
                    {text}
                </button>
            </form>
        }
    };
    view! {
        <div class="invitation-answers">
            {may_attend
                .then(|| form(
                    "attend",
                    "button button-primary public-button",
                    attend,
                ))}
            {may_decline
                .then(|| form("decline", "button public-button", t!(language, "answer-decline")))}
        </div>
    }
}

/// Whether the organisation writes to the person, and the way to change that.
fn messages(language: Language, view: &AnswerView, path: &str) -> impl IntoView + use<> {
    let organisation = view.organisation.as_str();
    let words = if view.opted_out {
        t!(language, "answer-stopped", organisation = organisation)
    } else {
        t!(language, "answer-stop", organisation = organisation)
    };
    view! {
        <section class="invitation-messages">
            <p>{words}</p>
            {stop_form(language, format!("{path}/messages"), view.opted_out, "link-button")}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(state: InvitationState, gone: Option<&str>) -> String {
        page_with(state, gone, Offer::Place)
    }

    fn page_with(state: InvitationState, gone: Option<&str>, offer: Offer) -> String {
        answer_page(&AnswerPage {
            frame: Frame {
                language: Language::En,
                stylesheet: "/pkg/public.css".to_owned(),
                theme: crate::theme::Theme::System,
                build: None,
            },
            view: AnswerView {
                language: Language::En,
                organisation: "Acme Academy".to_owned(),
                first_name: "Amélie".to_owned(),
                title: "Fire Safety — Level 2".to_owned(),
                dates: "9–10 December 2026".to_owned(),
                times: "09:00–17:00, 2 days".to_owned(),
                time_zone: "Europe/Paris".to_owned(),
                place: "Lyon, room B204".to_owned(),
                trainers: "Marc Petit".to_owned(),
                description: "Bring safety shoes.".to_owned(),
                state,
                answer_until: "2 December 2026, 18:00".to_owned(),
                gone: gone.map(str::to_owned),
                offer,
                opted_out: false,
            },
            path: "/i/secret".to_owned(),
        })
    }

    fn offers(html: &str) -> (bool, bool) {
        (
            html.contains("value=\"attend\""),
            html.contains("value=\"decline\""),
        )
    }

    #[test]
    fn the_buttons_are_those_that_change_something() {
        use InvitationState as S;
        assert_eq!(offers(&page(S::Sent, None)), (true, true));
        assert_eq!(offers(&page(S::Confirmed, None)), (false, true));
        assert_eq!(offers(&page(S::Declined, None)), (true, false));
        assert_eq!(offers(&page(S::Waiting, None)), (false, true));
        for state in S::ALL {
            assert_eq!(
                offers(&page(*state, Some("gone-too-late"))),
                (false, false),
                "{state}"
            );
        }
    }

    #[test]
    fn whoever_gave_a_place_back_reads_what_there_is_for_them_now() {
        let declined = |offer| page_with(InvitationState::Declined, None, offer);
        assert!(declined(Offer::Place).contains("I will attend"));
        let waiting = declined(Offer::WaitingList);
        assert!(waiting.contains("Put me on the waiting list"), "{waiting}");
        assert!(!waiting.contains("I will attend"), "{waiting}");
        assert_eq!(offers(&declined(Offer::Nothing)), (false, false));
    }

    #[test]
    fn the_space_is_for_those_who_take_part_or_wait() {
        use InvitationState as S;
        for state in S::ALL {
            assert_eq!(
                page(*state, None).contains("action=\"/i/secret/space\""),
                matches!(state, S::Confirmed | S::Waiting),
                "{state}"
            );
        }
    }

    #[test]
    fn an_answer_given_in_time_is_still_shown_when_it_is_too_late() {
        let html = page(InvitationState::Confirmed, Some("gone-too-late"));
        assert!(html.contains("You will attend."), "{html}");
        assert!(html.contains("The time to answer is over."), "{html}");
    }

    #[test]
    fn there_is_no_script_and_no_secret_for_others() {
        let html = page(InvitationState::Sent, None);
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("rel=\"noopener noreferrer\""), "{html}");
        assert!(html.contains("query=Lyon%2C%20room%20B204"), "{html}");
    }
}
