//! The pages that a device keeps for when there is no network. They are those of the server, made by the same functions, with places in them
//! that the device's service worker fills (`public/sw/pages.js`): it has no words and no markup of its own.

use super::facts::{Facts, facts, icon};
use super::join::{JoinFrame, Row, letter_ids};
use super::join_form::THINKING_SECONDS;
use super::proof::kept_proof_page;
use super::room::lock_note_offline;
use super::space::{IDLE_SECONDS, foot};
use super::{JoinFormPage, JoinPage, Outline, join_form_page, join_page};
use crate::components::tone_of;
use convoke_domain::registration::Proof;
use convoke_domain::view::{Entry, JoinFormView, JoinView, Listed, PublicTraining, SpaceView};
use convoke_domain::{InvitationState, Language};
use convoke_texts::t;
use leptos::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// The place of the nonce: a device draws a new one for each page.
pub const NONCE: &str = "⟦nonce⟧";
/// The place of the names of the list, and of those who registered without network.
pub(super) const ROWS: &str = "⟦rows⟧";

/// A training as a device keeps it, in one language.
#[derive(Clone, Debug)]
pub struct OfflineTraining {
    /// Language, style and module; the nonce is [`NONCE`].
    pub frame: JoinFrame,
    /// The list.
    pub list: JoinView,
    /// The form.
    pub form: JoinFormView,
    /// Until when it is kept, in words.
    pub until: String,
}

/// Whole documents with places.
#[derive(Clone, Debug, Serialize)]
pub struct OfflinePages {
    /// The training and its list.
    pub list: String,
    /// The form.
    pub form: String,
    /// The training space.
    pub space: String,
    /// What tapping a name asks for, if it asks for something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// What the device keeps.
    pub device: String,
}

/// A name of the list, as a device keeps it: once, whatever the languages are.
#[derive(Clone, Debug, Serialize)]
pub struct OfflinePerson {
    id: Uuid,
    name: String,
    initials: String,
    tone: u32,
    /// What the alphabet bar leads to, for the first of a letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    letter: Option<String>,
    present_at: Option<String>,
    /// Whether they are on the waiting list.
    waiting: bool,
}

/// The names of a list.
pub fn offline_people(listed: &[Listed]) -> Vec<OfflinePerson> {
    letter_ids(listed)
        .into_iter()
        .zip(listed)
        .map(|(letter, person)| OfflinePerson {
            id: person.id,
            name: person.name.clone(),
            initials: person.initials.clone(),
            tone: tone_of(person.id.as_bytes()),
            letter,
            present_at: person.present_at.clone(),
            waiting: person.waiting,
        })
        .collect()
}

/// What the device puts into the places; `⟦…⟧` are places in turn, `#` a number.
#[derive(Clone, Debug, Serialize)]
pub struct OfflineParts {
    /// A name of the list.
    row: String,
    /// Its note: tap to enter.
    row_enter: String,
    /// Its note: there since `⟦time⟧`.
    row_present: String,
    /// Its note: on the waiting list.
    row_listed_waiting: String,
    /// The note of who registered here: waiting to be sent.
    row_waiting: String,
    /// Its note: needs attention.
    row_attention: String,
    /// Its note: sent and saved.
    row_saved: String,
    /// The badge, when nothing waits.
    badge_none: String,
    /// One registration waits.
    badge_one: String,
    /// Several do.
    badge_many: String,
    /// One entry waits that is no registration.
    badge_entry: String,
    /// Several entries wait, not all of them registrations.
    badge_mixed: String,
    /// What the space says of somebody who registered here.
    space_waiting: String,
    /// The same once it was sent: the answer of the server.
    space_saved: String,
    /// The same when it needs attention.
    space_attention: String,
    /// What the space says of somebody of the list.
    space_listed: String,
    /// The same where they typed a proof.
    space_proof: String,
    /// The form of *I am here*.
    here: String,
    /// *I am here* was said without network.
    here_waiting: String,
    /// It was noted before.
    here_before: String,
    /// Nothing is kept waiting.
    device_none: String,
    /// The list of entries.
    device_list: String,
    /// An entry.
    device_entry: String,
    /// The ways to put an entry right, one that can be corrected.
    device_correct: String,
    /// The way to delete an entry.
    device_drop: String,
    /// The form that forgets the training when nothing waits.
    forget: String,
    /// The same when something does: it says how much.
    forget_waiting: String,
    /// At the end of the list of a device that is locked to the training.
    lock: String,
    /// After so many seconds of nobody touching it a form goes back to the list, on such a device.
    idle: u32,
    /// Words of states.
    word_waiting: String,
    word_saved: String,
    word_attention: String,
    /// What an entry is.
    kind_register: String,
    kind_enter: String,
    kind_here: String,
    /// What an entry that waits says.
    sentence_waiting: String,
    /// What an entry says that the server did not understand.
    sentence_refused: String,
}

/// The pages of a training, in one language.
pub fn offline_pages(kept: &OfflineTraining) -> OfflinePages {
    OfflinePages {
        list: join_page(&JoinPage {
            frame: kept.frame.clone(),
            view: kept.list.clone(),
            find: String::new(),
            offline: true,
        }),
        form: join_form_page(&JoinFormPage {
            frame: kept.frame.clone(),
            view: kept.form.clone(),
            offline: true,
        }),
        space: space_page(kept),
        proof: (kept.list.proof != Proof::Nothing).then(|| {
            let JoinView {
                code,
                training,
                proof,
                ..
            } = &kept.list;
            kept_proof_page(&kept.frame, code, training, *proof)
        }),
        device: device_page(&DevicePage {
            frame: kept.frame.clone(),
            code: kept.list.code.clone(),
            training: Some(kept.list.training.clone()),
            until: kept.until.clone(),
        }),
    }
}

/// The badge in the foot of a list, the way to what the device keeps. On a page of the server it is hidden until the device has something to
/// say.
pub(super) fn badge(language: Language, path: &str, is_offline: bool) -> impl IntoView + use<> {
    let inside = is_offline.then_some("⟦badge⟧");
    view! {
        <a
            class="badge join-device"
            id="device"
            href=format!("{path}/device")
            hidden=!is_offline
            data-away=t!(language, "offline-badge")
            data-waiting-one=t!(language, "offline-waiting", count = 1)
            data-waiting-many=t!(language, "offline-waiting", count = "#")
            data-attention-one=t!(language, "offline-attention", count = 1)
            data-attention-many=t!(language, "offline-attention", count = "#")
        >
            {inside}
        </a>
    }
}

/// The training space without network.
fn space_page(kept: &OfflineTraining) -> String {
    let language = kept.frame.frame.language;
    let training = &kept.list.training;
    let view = SpaceView {
        id: Uuid::nil(),
        code: Some(kept.list.code.clone()),
        training: training.clone(),
        name: "⟦name⟧".to_owned(),
        initials: "⟦initials⟧".to_owned(),
        entry: Entry::Tapped,
        state: Some(InvitationState::Confirmed),
        answers: Vec::new(),
        documents: Vec::new(),
        can_arrive: false,
        present_at: None,
        half_day: String::new(),
        asks_signature: false,
        can_print: false,
        entrance: String::new(),
        language: None,
    };
    let known = Facts {
        map: false,
        ..Facts::from(training)
    };
    let body = view! {
        <main class="space-main" data-idle=IDLE_SECONDS.to_string() data-offline="">
            <section class="card space-training">
                <h1>{training.title.clone()}</h1>
                <dl class="invitation-facts">{facts(language, &known)}</dl>
            </section>
            <div class="space-side">
                <section class="card space-person" aria-label=t!(language, "space-you")>
                    <div class="space-who">
                        <span class="avatar avatar-large tone-⟦tone⟧" aria-hidden="true">
                            {view.initials.clone()}
                        </span>
                        <div class="space-name">
                            <h2>{view.name.clone()}</h2>
                        </div>
                    </div>
                    "⟦state⟧⟦here⟧"
                </section>
                <section class="card space-card">
                    <h2>{t!(language, "space-documents")}</h2>
                    <p class="space-more">{t!(language, "offline-documents")}</p>
                </section>
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
        {foot(language, &view)}
    };
    kept.frame.document(
        &training.title,
        &training.organisation,
        "public-page join-page",
        body,
    )
}

/// What a device keeps of a training, and how to make it forget.
#[derive(Clone, Debug)]
pub struct DevicePage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// The code.
    pub code: String,
    /// The training; `None` where the device keeps none, which is what the server itself says.
    pub training: Option<PublicTraining>,
    /// Until when it is kept, in words.
    pub until: String,
}

/// The page of what a device keeps.
pub fn device_page(page: &DevicePage) -> String {
    let language = page.frame.frame.language;
    let list = format!("/join/{}", page.code);
    let title = t!(language, "offline-device-title");
    let inside = match &page.training {
        Some(training) => view! {
            <p class="public-lead">
                {t!(
                    language,
                    "offline-device-lead",
                    title = training.title.as_str(),
                    until = page.until.as_str(),
                )}
            </p>
            "⟦entries⟧"
            "⟦forget⟧"
        }
        .into_any(),
        None => {
            view! { <p class="public-lead">{t!(language, "offline-device-nothing")}</p> }.into_any()
        }
    };
    let body = view! {
        <main class="public-main device-main" data-device=page.code.clone()>
            <h1>{title.clone()}</h1>
            {inside}
            <a class="button button-primary public-button" href=list>
                {t!(language, "join-form-cancel")}
            </a>
        </main>
    };
    let brand = page
        .training
        .as_ref()
        .map_or_else(|| t!(language, "app-name"), |t| t.organisation.clone());
    page.frame
        .document(&title, &brand, "public-page public-form-page", body)
}

/// The page that says that there is no network and nothing is kept. It has no script and nothing of anybody: the one page that lies in the
/// browser's cache.
pub fn no_network_page(frame: &JoinFrame) -> String {
    let language = frame.frame.language;
    let title = t!(language, "offline-nothing-title");
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{title.clone()}</h1>
            <p class="public-lead">{t!(language, "offline-nothing-text")}</p>
            <a class="button button-primary public-button" href="/join">
                {t!(language, "offline-try-again")}
            </a>
        </main>
    };
    Outline {
        frame: &frame.frame,
        title: &title,
        brand: &t!(language, "app-name"),
        switch: Some(frame.switch.clone()),
        class: "public-page",
        enhancement: None,
        locked: None,
    }
    .document(body)
}

/// HTML without the marks that only hydration reads.
fn html(view: impl IntoView) -> String {
    view.to_html().replace("<!>", "")
}

impl OfflineParts {
    /// Everything that is put into the pages of a training.
    pub fn new(language: Language, code: &str) -> Self {
        let path = format!("/join/{code}");
        let badge = |key: &str| {
            html(view! { <span class="device-dot" aria-hidden="true"></span> }) + &t!(language, key)
        };
        let state = |class: &'static str, word: &str, more: String| {
            html(view! {
                <p class="device-state">
                    <span class=class>{t!(language, word)}</span>
                </p>
                <p class="space-more" role="status">
                    {more}
                </p>
            })
        };
        let said = |text: String| {
            html(view! {
                <p class="space-present" role="status">
                    {icon("m5 12.500 4.500 4.500L19 7", None)}
                    {text}
                </p>
            })
        };
        let button = |action: String, class: &'static str, text: String| {
            html(view! {
                <form method="post" action=action data-once>
                    <button class=class type="submit">
                        {text}
                    </button>
                </form>
            })
        };
        let forget = |text: String, ask: Option<String>| {
            html(view! {
                <section class="card public-form device-forget">
                    <h2>{t!(language, "offline-forget-title")}</h2>
                    <form
                        class="device-forget-form"
                        method="post"
                        action=format!("{path}/device/forget")
                    >
                        <p class="field-help">{text}</p>
                        {ask
                            .map(|ask| {
                                view! {
                                    <label class="join-option">
                                        <input type="checkbox" name="sure" value="yes" required />
                                        <span>{ask}</span>
                                    </label>
                                }
                            })}
                        <button class="button" type="submit">
                            {t!(language, "offline-forget")}
                        </button>
                    </form>
                </section>
            })
        };
        Self {
            row: html(
                Row {
                    at: Some("⟦at⟧".to_owned()),
                    id: "⟦id⟧".to_owned(),
                    number: "⟦number⟧".to_owned(),
                    name: "⟦name⟧".to_owned(),
                    initials: "⟦initials⟧".to_owned(),
                    tone: "⟦tone⟧".to_owned(),
                    note: "⟦note⟧".to_owned(),
                    class: "join-note join-note-⟦class⟧".to_owned(),
                    too: None,
                }
                .view(),
            ),
            row_enter: t!(language, "join-enter"),
            row_present: t!(language, "join-present", time = "⟦time⟧"),
            row_listed_waiting: t!(language, "join-waiting"),
            row_waiting: t!(language, "offline-row-waiting"),
            row_attention: t!(language, "offline-row-attention"),
            row_saved: t!(language, "offline-row-saved"),
            badge_none: badge("offline-badge"),
            badge_one: badge("offline-badge-one"),
            badge_many: badge("offline-badge-many"),
            badge_entry: badge("offline-badge-entry"),
            badge_mixed: badge("offline-badge-mixed"),
            space_waiting: state(
                "badge badge-to-send",
                "offline-word-waiting",
                t!(language, "offline-saved-here"),
            ),
            space_saved: state(
                "badge badge-confirmed",
                "offline-word-saved",
                "⟦sentence⟧".to_owned(),
            ),
            space_attention: state(
                "badge badge-problem",
                "offline-word-attention",
                "⟦sentence⟧".to_owned(),
            ),
            space_listed: html(view! {
                <p class="space-more">{t!(language, "offline-space-listed")}</p>
            }),
            space_proof: html(view! {
                <p class="space-more">{t!(language, "offline-space-proof")}</p>
            }),
            here: html(view! {
                <form class="space-here" method="post" action="/space/here" data-once>
                    <input type="hidden" name="code" value=code.to_owned() />
                    <input type="hidden" name="person" value="⟦id⟧" />
                    <p class="space-more">{t!(language, "space-here-lead")}</p>
                    <button class="button button-primary public-button" type="submit">
                        {t!(language, "space-here")}
                    </button>
                </form>
            }),
            here_waiting: said(t!(language, "offline-here-waiting-here", time = "⟦time⟧")),
            here_before: said(t!(language, "space-present", time = "⟦time⟧")),
            device_none: html(view! {
                <div class="empty-box">
                    <h2>{t!(language, "offline-device-none-title")}</h2>
                    <p>{t!(language, "offline-device-none-text")}</p>
                </div>
            }),
            device_list: html(view! {
                <ul class="device-list" aria-label=t!(language, "offline-device-list")>
                    "⟦rows⟧"
                </ul>
            }),
            device_entry: html(view! {
                <li class="card device-entry">
                    <div class="device-who">
                        <h2>"⟦name⟧"</h2>
                        <p>"⟦kind⟧ · ⟦time⟧"</p>
                    </div>
                    <span class="badge ⟦class⟧">"⟦word⟧"</span>
                    <p class="device-sentence">"⟦sentence⟧"</p>
                    <div class="device-actions">"⟦actions⟧"</div>
                </li>
            }),
            device_correct: button(
                format!("{path}/device/⟦id⟧/correct"),
                "button button-primary",
                t!(language, "offline-correct"),
            ),
            device_drop: button(
                format!("{path}/device/⟦id⟧/drop"),
                "button",
                t!(language, "offline-drop"),
            ),
            forget: forget(t!(language, "offline-forget-text"), None),
            forget_waiting: forget(
                t!(language, "offline-forget-text"),
                Some(t!(language, "offline-forget-sure")),
            ),
            lock: html(lock_note_offline(language)),
            idle: THINKING_SECONDS,
            word_waiting: t!(language, "offline-word-waiting"),
            word_saved: t!(language, "offline-word-saved"),
            word_attention: t!(language, "offline-word-attention"),
            kind_register: t!(language, "offline-kind-register"),
            kind_enter: t!(language, "offline-kind-enter"),
            kind_here: t!(language, "offline-kind-here"),
            sentence_waiting: t!(language, "offline-saved-here"),
            sentence_refused: t!(language, "offline-refused"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::join::tests::{frame, training};
    use super::*;
    use crate::public::{Enhancement, Locked};
    use convoke_domain::registration::{ListShows, Posted, Proof, RegistrationForm};
    use convoke_domain::view::Listed;

    fn kept(list_shows: ListShows) -> OfflineTraining {
        let anna = Listed {
            id: uuid::Uuid::nil(),
            name: "Anna Müller".to_owned(),
            initials: "AM".to_owned(),
            letter: 'M',
            present_at: None,
            waiting: false,
            elsewhere: None,
        };
        let shown = list_shows != ListShows::Search;
        OfflineTraining {
            frame: JoinFrame {
                enhancement: Some(Enhancement {
                    script: "/pkg/join.js".to_owned(),
                    module: "/pkg/join_bg.wasm".to_owned(),
                    nonce: NONCE.to_owned(),
                }),
                switch: "?language=fr".to_owned(),
                locked: Locked::Kept,
                ..frame()
            },
            list: JoinView {
                code: "K7PM4XRD".to_owned(),
                training: training(),
                list_shows,
                proof: Proof::Nothing,
                listed: shown.then_some(anna).into_iter().collect(),
                seats_left: Some(3),
                full: false,
                can_register: true,
            },
            form: JoinFormView {
                code: "K7PM4XRD".to_owned(),
                training: training(),
                registration: "01890000-0000-7000-8000-0000000000ff".parse().unwrap(),
                version: 3,
                form: RegistrationForm::default(),
                posted: Posted::new(),
                problems: Vec::new(),
                full: false,
                approval: false,
            },
            until: "10 December".to_owned(),
        }
    }

    #[test]
    fn each_page_has_the_places_that_the_device_fills() {
        let pages = offline_pages(&kept(ListShows::FullNames));
        for (page, places) in [
            (
                &pages.list,
                &[
                    "⟦nonce⟧",
                    "⟦rows⟧",
                    "⟦badge⟧",
                    "⟦lock⟧",
                    "data-locked=\"⟦locked⟧\"",
                ][..],
            ),
            (
                &pages.form,
                &["⟦nonce⟧", "01890000-0000-7000-8000-0000000000ff"],
            ),
            (
                &pages.space,
                &[
                    "⟦nonce⟧",
                    "⟦name⟧",
                    "⟦initials⟧",
                    "tone-⟦tone⟧",
                    "⟦state⟧⟦here⟧",
                ],
            ),
            (&pages.device, &["⟦nonce⟧", "⟦entries⟧", "⟦forget⟧"]),
        ] {
            for place in places {
                assert!(page.contains(place), "{place} in {page}");
            }
            assert!(page.contains("href=\"?language=fr\""), "{page}");
        }
        assert!(
            !pages.list.contains("Anna Müller"),
            "names are kept once, beside the pages"
        );
        assert_eq!(pages.proof, None);
        assert!(
            !pages.list.contains("3 seats"),
            "nobody knows how many are left"
        );
    }

    #[test]
    fn names_that_the_page_would_not_show_are_not_kept() {
        let pages = offline_pages(&kept(ListShows::Search));
        assert!(!pages.list.contains("Anna"), "{}", pages.list);
        assert!(pages.list.contains("⟦rows⟧"));
    }

    #[test]
    fn a_row_of_the_device_is_a_row_of_the_server() {
        let parts = OfflineParts::new(Language::En, "K7PM4XRD");
        let kept = kept(ListShows::FullNames);
        let people = offline_people(&kept.list.listed);
        let anna = &people[0];
        let letter = anna.letter.clone().unwrap();
        let mut row = parts.row.clone();
        for (place, value) in [
            ("at", letter.as_str()),
            ("id", &anna.id.to_string()),
            ("number", "0"),
            ("name", &anna.name),
            ("initials", &anna.initials),
            ("tone", &anna.tone.to_string()),
            (" join-note-⟦class⟧", ""),
            ("note", &parts.row_enter),
        ] {
            let place = if place.contains('⟦') {
                place.to_owned()
            } else {
                format!("⟦{place}⟧")
            };
            row = row.replace(&place, value);
        }
        let page = join_page(&JoinPage {
            frame: kept.frame,
            view: kept.list,
            find: String::new(),
            offline: false,
        });
        assert!(page.contains(&row), "{row} in {page}");
    }

    #[test]
    fn parts_name_the_training_by_its_code() {
        let parts = OfflineParts::new(Language::Fr, "K7PM4XRD");
        assert!(
            parts
                .device_correct
                .contains("/join/K7PM4XRD/device/⟦id⟧/correct")
        );
        assert!(parts.forget_waiting.contains("name=\"sure\""));
        assert!(!parts.forget.contains("name=\"sure\""));
        assert!(parts.badge_many.contains('#'), "{}", parts.badge_many);
    }
}
