//! The training space, and what is there when nobody has entered or somebody has left.

use super::JoinFrame;
use super::facts::{Facts, facts, icon};
use super::install::{self, Moment};
use super::room::Locked;
use crate::components::tone_of;
use convoke_domain::view::{DocumentRow, Entry, SpaceView};
use convoke_domain::{InvitationState, Language};
use convoke_texts::t;
use leptos::prelude::*;

/// After so many seconds of nobody touching the screen it goes back to the list.
pub(super) const IDLE_SECONDS: u32 = 60;

/// What the training space shows.
#[derive(Clone, Debug)]
pub struct SpacePage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// The person and the training.
    pub view: SpaceView,
    /// What was wrong with the signature: the key of a sentence.
    pub problem: Option<String>,
}

/// The training space.
pub fn space_page(page: &SpacePage) -> String {
    let language = page.frame.frame.language;
    let view = &page.view;
    let training = &view.training;
    // Only where there is a list to go back to; a personal link is opened on a device of one's own.
    let idle = view.code.is_some().then(|| IDLE_SECONDS.to_string());
    let is_locked = page.frame.locked != Locked::No;
    let known = Facts {
        map: !is_locked,
        ..Facts::from(training)
    };
    let body = view! {
        <main class="space-main" data-idle=idle>
            <section class="card space-training">
                <h1>{training.title.clone()}</h1>
                <dl class="invitation-facts">{facts(language, &known)}</dl>
            </section>
            <div class="space-side">
                {person(language, page)} {documents(language, &view.documents, is_locked)}
                {answers(language, view)}
                {(view.entry == Entry::Registered && !is_locked)
                    .then(|| install::offer(language, Moment::Registered))}
            </div>
            {(!training.description.is_empty())
                .then(|| {
                    view! {
                        <section class="card space-card">
                            <h2>{t!(language, "space-programme")}</h2>
                            <p class="pre-line">{training.description.clone()}</p>
                        </section>
                    }
                })}
        </main>
        {foot(language, view)}
    };
    page.frame.document(
        &training.title,
        &training.organisation,
        "public-page join-page",
        body,
    )
}

/// Who it is, where they stand, and *I am here*.
fn person(language: Language, page: &SpacePage) -> impl IntoView + use<> {
    use InvitationState as S;
    let view = &page.view;
    let (badge, state, more) = match view.state {
        Some(S::Confirmed | S::ToSend | S::Sent) => (
            "badge badge-confirmed",
            t!(language, "space-confirmed"),
            t!(language, "space-confirmed-more"),
        ),
        Some(S::Waiting) => (
            "badge badge-to-send",
            t!(language, "space-waiting"),
            t!(language, "space-waiting-more"),
        ),
        Some(S::Declined | S::Cancelled) => (
            "badge badge-problem",
            t!(language, "space-out"),
            t!(language, "space-out-more"),
        ),
        None => (
            "badge badge-sent",
            t!(language, "space-pending"),
            t!(language, "space-pending-more"),
        ),
    };
    let tone = format!("avatar avatar-large tone-{}", tone_of(view.id.as_bytes()));
    let present = view.present_at.as_ref().map(|time| {
        view! {
            <p class="space-present" role="status">
                {icon("m5 12.500 4.500 4.500L19 7", None)}
                {t!(language, "space-present", time = time.as_str())}
            </p>
        }
    });
    let here = view
        .can_arrive
        .then(|| here(language, view, page.problem.as_deref()));
    let sheet = (view.can_print && page.frame.locked == Locked::No).then(|| {
        view! {
            <a class="button space-sheet" href="/space/attendance.pdf" target="_blank">
                {t!(language, "space-sheet")}
            </a>
        }
    });
    view! {
        <section class="card space-person" aria-label=t!(language, "space-you")>
            <div class="space-who">
                <span class=tone aria-hidden="true">
                    {view.initials.clone()}
                </span>
                <div class="space-name">
                    <h2>{view.name.clone()}</h2>
                    <span class=badge>{state}</span>
                </div>
            </div>
            <p class="space-more">{more}</p>
            {present}
            {here}
            {sheet}
        </section>
    }
}

/// *I am here*, with a signature where the organisation asks for one. The field to draw in works where the module runs; the name to type is there always.
fn here(language: Language, view: &SpaceView, problem: Option<&str>) -> impl IntoView + use<> {
    let late = view.present_at.is_some();
    let lead = if late {
        t!(language, "space-sign-late")
    } else {
        t!(language, "space-here-lead")
    };
    let half_day = t!(
        language,
        "space-half-day",
        half_day = view.half_day.as_str()
    );
    let button = if late {
        t!(language, "space-sign-send")
    } else {
        t!(language, "space-here")
    };
    let error = problem.map(|key| convoke_texts::text(language, key, &[]));
    let signing = view.asks_signature.then(|| sign(language, error));
    view! {
        <form class="space-here" id="here" method="post" action="/space/here" autocomplete="off" data-once>
            // For a device that has lost the network: it keeps whose *I am here* it is.
            {view
                .code
                .clone()
                .map(|code| {
                    view! {
                        <input type="hidden" name="code" value=code />
                        <input type="hidden" name="person" value=view.id.to_string() />
                        <input type="hidden" name="name" value=view.name.clone() />
                        <input type="hidden" name="entrance" value=view.entrance.clone() />
                    }
                })}
            <p class="space-more">{lead} " " {half_day}</p>
            {signing}
            <button class="button button-primary public-button" type="submit">
                {button}
            </button>
        </form>
    }
}

/// The field to draw in, and the one to type in.
fn sign(language: Language, error: Option<String>) -> impl IntoView + use<> {
    let unsaid = error.is_none();
    let invalid = (!unsaid).then_some("true");
    view! {
        <div class="sign" id="sign" data-missing=t!(language, "space-sign-missing")>
            <div class="sign-drawn">
                <p class="space-more" id="sign-lead">
                    {t!(language, "space-sign-lead")}
                </p>
                <canvas
                    class="sign-canvas"
                    role="img"
                    aria-label=t!(language, "space-sign-canvas")
                    aria-describedby="sign-lead"
                ></canvas>
                <input type="hidden" name="signature" value=""/>
                <button class="button sign-clear" type="button">
                    {t!(language, "space-sign-clear")}
                </button>
            </div>
            <p class="field-error" id="sign-error" role="alert" hidden=unsaid>
                {error}
            </p>
            <details class="sign-typed" open>
                <summary>{t!(language, "space-sign-instead")}</summary>
                <div class="field">
                    <label for="signed_name">{t!(language, "space-sign-name")}</label>
                    <input
                        class="input"
                        id="signed_name"
                        name="signed_name"
                        type="text"
                        maxlength="120"
                        autocomplete="off"
                        autocapitalize="words"
                        spellcheck="false"
                        aria-invalid=invalid
                        aria-describedby="sign-error"
                    />
                </div>
            </details>
        </div>
    }
}

/// What has been shared so far.
///
/// A device that is locked to the training opens none of them: another site and a picture that fills the window are ways out, and a file that is kept lies
/// there for the next person.
fn documents(language: Language, rows: &[DocumentRow], is_locked: bool) -> impl IntoView + use<> {
    let inside = if rows.is_empty() {
        view! { <p class="space-more">{t!(language, "space-documents-none")}</p> }.into_any()
    } else {
        let items = rows
            .iter()
            .map(|row| document(language, row, is_locked))
            .collect_view();
        let why = is_locked.then(|| {
            view! { <p class="space-more">{t!(language, "locked-documents")}</p> }
        });
        view! {
            <ul class="space-documents">{items}</ul>
            {why}
        }
        .into_any()
    };
    view! {
        <section class="card space-card">
            <h2>{t!(language, "space-documents")}</h2>
            {inside}
        </section>
    }
}

fn document(language: Language, row: &DocumentRow, is_locked: bool) -> AnyView {
    const FILE: &str = "M6.500 3.500h7.500l4.500 4.500v12.500h-12zM13.500 3.500v5h5";
    const LINK: &str = "M14 4.500h5.500v5.500M19.500 4.500 11 13M18 14v5.500h-13.500v-13.500h5.500";
    // Addresses are checked when they are added; here nothing but the web is a link.
    let elsewhere = row
        .url
        .clone()
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let is_link = elsewhere.is_some();
    let address = elsewhere.unwrap_or_else(|| format!("/space/documents/{}", row.id));
    let detail = [Some(row.detail.clone()), row.shared.clone()]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    if is_locked {
        return view! {
            <li class="space-document">
                {icon(if is_link { LINK } else { FILE }, None)}
                <span class="space-document-title">{row.title.clone()}</span>
                <span class="space-document-detail">{detail}</span>
            </li>
        }
        .into_any();
    }
    view! {
        <li>
            <a
                class="space-document"
                href=address
                target=is_link.then_some("_blank")
                rel=is_link.then_some("noopener noreferrer")
            >
                {icon(if is_link { LINK } else { FILE }, None)}
                <span class="space-document-title">
                    {row.title.clone()}
                    {is_link
                        .then(|| {
                            view! {
                                <span class="visually-hidden">
                                    {format!(" ({})", t!(language, "space-document-elsewhere"))}
                                </span>
                            }
                        })}
                </span>
                <span class="space-document-detail">{detail}</span>
            </a>
        </li>
    }
    .into_any()
}

/// What they answered in the form; nothing for who has not shown who they are.
fn answers(language: Language, view: &SpaceView) -> Option<impl IntoView + use<>> {
    if view.answers.is_empty() {
        return None;
    }
    let rows = view
        .answers
        .iter()
        .map(|row| {
            view! {
                <div>
                    <dt>{row.label.clone()}</dt>
                    <dd class="pre-line">{row.answer.clone()}</dd>
                </div>
            }
        })
        .collect_view();
    Some(view! {
        <section class="card space-card">
            <h2>{t!(language, "space-answers")}</h2>
            <dl class="space-answers">{rows}</dl>
        </section>
    })
}

/// The bar at the foot: the ways out. The code goes with them, for when the space has ended meanwhile.
pub(super) fn foot(language: Language, view: &SpaceView) -> impl IntoView + use<> {
    let code = || {
        view.code
            .clone()
            .map(|code| view! { <input type="hidden" name="code" value=code /> })
    };
    // One button leads on: first to say that one is here, then to leave.
    let leaving = if view.can_arrive && view.present_at.is_none() {
        "button"
    } else {
        "button button-primary"
    };
    view! {
        <footer class="join-foot space-foot">
            <p class="space-idle" id="idle" role="status" data-soon=t!(language, "space-leaving-soon")></p>
            <p
                class="space-idle"
                id="idle-count"
                aria-hidden="true"
                hidden
                data-count=t!(language, "space-leaving", seconds = "#")
            ></p>
            <form method="post" action="/space/not-me" data-once>
                {code()}
                <button class="button" type="submit">
                    {t!(language, "space-not-me")}
                </button>
            </form>
            <form id="next" method="post" action="/space/next" data-once>
                {code()}
                <button class=leaving type="submit">
                    {t!(language, "space-next")}
                </button>
            </form>
        </footer>
    }
}

/// The page when nobody has entered, or when somebody has left a space without a list.
#[derive(Clone, Debug)]
pub struct NobodyPage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// Whether somebody has just left.
    pub left: bool,
}

/// The page when nobody is in a space.
pub fn nobody_page(page: &NobodyPage) -> String {
    let language = page.frame.frame.language;
    let (title, text) = if page.left {
        (
            t!(language, "space-goodbye-title"),
            t!(language, "space-goodbye-text"),
        )
    } else {
        (
            t!(language, "space-nobody-title"),
            t!(language, "space-nobody-text"),
        )
    };
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{title.clone()}</h1>
            <p class="public-lead">{text}</p>
            <a class="button button-primary public-button" href="/join">
                {t!(language, "space-to-code")}
            </a>
        </main>
    };
    page.frame
        .document(&title, &t!(language, "app-name"), "public-page", body)
}
