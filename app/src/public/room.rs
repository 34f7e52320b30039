//! The training room: the question whether it is them, where somebody has entered by the same name on another device, and a device that is locked to
//! its training.

use super::facts::icon;
use super::join::{JoinFrame, eyebrow};
use super::space::IDLE_SECONDS;
use super::{at_field, sentence};
use crate::components::tone_of;
use convoke_domain::view::{ElsewhereView, PublicTraining};
use convoke_domain::{Language, Refusal};
use convoke_texts::t;
use leptos::prelude::*;

/// A padlock.
const PADLOCK: &str = "M6 11h12v9.500H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11";

/// Whether the device is locked to the training of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Locked {
    /// It is not.
    #[default]
    No,
    /// It is; what people call the device.
    Yes(String),
    /// The page is kept by a device, whose service worker says so.
    Kept,
}

impl Locked {
    /// What the page says of it to its module.
    pub(super) fn mark(&self) -> Option<&'static str> {
        match self {
            Self::No => None,
            Self::Yes(_) => Some("yes"),
            Self::Kept => Some("⟦locked⟧"),
        }
    }
}

/// What the page shows that asks whether it is them.
#[derive(Clone, Debug)]
pub struct ElsewherePage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// Who was tapped.
    pub view: ElsewhereView,
}

/// The page that asks whether it is them.
pub fn elsewhere_page(page: &ElsewherePage) -> String {
    let language = page.frame.frame.language;
    let ElsewhereView {
        code,
        training,
        listed,
    } = &page.view;
    let list = format!("/join/{code}");
    let tone = format!("avatar avatar-large tone-{}", tone_of(listed.id.as_bytes()));
    let text = t!(
        language,
        "elsewhere-text",
        name = listed.name.as_str(),
        time = listed.elsewhere.as_deref().unwrap_or_default()
    );
    let body = view! {
        <main class="public-main public-narrow">
            <div class="proof-person">
                <span class=tone aria-hidden="true">
                    {listed.initials.clone()}
                </span>
                <div>
                    <h1>{listed.name.clone()}</h1>
                    <p class="join-eyebrow">{training.title.clone()} " · " {eyebrow(language, training)}</p>
                </div>
            </div>
            <p class="public-lead">{text}</p>
            <div class="room-answers">
                <form method="post" action=format!("{list}/enter") data-once>
                    <input type="hidden" name="person" value=listed.id.to_string() />
                    <input type="hidden" name="sure" value="yes" />
                    <button class="button public-button" type="submit">
                        {t!(language, "elsewhere-yes")}
                    </button>
                </form>
                <a class="button public-button" href=list.clone()>
                    {t!(language, "elsewhere-no")}
                </a>
            </div>
        </main>
        {goes_back(language, &list, &page.frame.locked, IDLE_SECONDS)}
    };
    page.frame.document(
        &t!(language, "elsewhere-title"),
        &training.organisation,
        "public-page",
        body,
    )
}

/// What the page to lock or unlock a device shows.
#[derive(Clone, Debug)]
pub struct LockPage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// The code.
    pub code: String,
    /// The training.
    pub training: PublicTraining,
    /// What people call the device.
    pub device: Option<String>,
    /// Whether it unlocks.
    pub unlocks: bool,
    /// Why the last attempt did not do.
    pub problem: Option<Refusal>,
}

/// The page to lock or unlock a device.
pub fn lock_page(page: &LockPage) -> String {
    let language = page.frame.frame.language;
    let list = format!("/join/{}", page.code);
    let (title, lead, submit, action) = if page.unlocks {
        (
            t!(language, "unlock-title"),
            t!(language, "unlock-lead"),
            t!(language, "unlock-submit"),
            format!("{list}/unlock"),
        )
    } else {
        (
            t!(language, "lock-title"),
            t!(language, "lock-lead"),
            t!(language, "lock-submit"),
            format!("{list}/lock"),
        )
    };
    let at_pin = at_field(page.problem.as_ref(), language, "pin");
    let above = page
        .problem
        .as_ref()
        .filter(|_| at_pin.is_none())
        .map(|refusal| super::problem(sentence(refusal, language)));
    let device = page
        .device
        .as_deref()
        .map_or_else(String::new, |name| t!(language, "device-name", name = name));
    let forgotten = t!(language, "lock-forgotten", device = device);
    let help = (!page.unlocks).then(|| t!(language, "lock-pin-help"));
    let described_by = [
        at_pin.is_some().then_some("pin-error"),
        help.is_some().then_some("pin-help"),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ");
    // Chosen in the open, so that nobody mistypes what cannot be looked up; typed again unseen, with the room looking on.
    let class = if page.unlocks {
        "input join-code room-pin"
    } else {
        "input join-code"
    };
    let more = (!page.unlocks).then(|| {
        view! {
            <p class="field-help">{t!(language, "lock-own-mode")}</p>
            <p class="field-help">{t!(language, "lock-signs-out")}</p>
        }
    });
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{title.clone()}</h1>
            <p class="public-lead">{lead}</p>
            <form class="public-form" method="post" action=action data-once autocomplete="off" novalidate>
                {above}
                <div class="field">
                    <label for="pin">{t!(language, "lock-pin")}</label>
                    <input
                        class=class
                        id="pin"
                        name="pin"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        spellcheck="false"
                        enterkeyhint="go"
                        maxlength="6"
                        required
                        autofocus
                        aria-invalid=at_pin.is_some().then_some("true")
                        aria-describedby=(!described_by.is_empty()).then_some(described_by)
                    />
                    {at_pin
                        .map(|text| {
                            view! {
                                <p class="field-error" id="pin-error" role="alert">
                                    {text}
                                </p>
                            }
                        })}
                    {help
                        .map(|text| {
                            view! {
                                <p class="field-help" id="pin-help">
                                    {text}
                                </p>
                            }
                        })}
                </div>
                <button class="button button-primary public-button" type="submit">
                    {submit}
                </button>
            </form>
            <div class="room-more">
                <p class="field-help">{forgotten}</p>
                {more}
            </div>
            <div class="proof-other">
                <a class="invitation-calendar" href=list.clone()>
                    {t!(language, "proof-back")}
                </a>
            </div>
        </main>
        {goes_back(language, &list, &page.frame.locked, IDLE_SECONDS)}
    };
    page.frame
        .document(&title, &page.training.organisation, "public-page", body)
}

/// A page of a locked device that nobody touches for a while goes back to the list, as training spaces do: whoever went away in the middle of it leaves
/// nothing for the next person.
pub(super) fn goes_back(
    language: Language,
    list: &str,
    locked: &Locked,
    seconds: u32,
) -> Option<impl IntoView + use<>> {
    let seconds = match locked {
        Locked::No => return None,
        Locked::Yes(_) => seconds.to_string(),
        Locked::Kept => "⟦idle⟧".to_owned(),
    };
    Some(view! {
        <div class="room-idle" data-idle=seconds>
            <p class="space-idle" id="idle" role="status" data-soon=t!(language, "space-leaving-soon")></p>
            <p
                class="space-idle"
                id="idle-count"
                aria-hidden="true"
                hidden
                data-count=t!(language, "space-leaving", seconds = "#")
            ></p>
            <form id="next" method="post" action=format!("{list}/leave")></form>
        </div>
    })
}

/// At the end of a list: the ways to lock the device and to what it keeps; or that it is locked, and the way to unlock it.
pub(super) fn lock_note(language: Language, path: &str, locked: &Locked) -> AnyView {
    match locked {
        Locked::No => view! {
            <p class="room-note">
                <a class="button button-ghost" href=format!("{path}/lock")>
                    {icon(PADLOCK, None)}
                    {t!(language, "lock-title")}
                </a>
                <a class="button button-ghost" href=format!("{path}/device")>
                    {t!(language, "offline-device-title")}
                </a>
            </p>
        }
        .into_any(),
        Locked::Yes(device) => {
            let device = t!(language, "device-name", name = device.as_str());
            view! {
                <p class="room-note">
                    <span class="room-locked">
                        {icon(PADLOCK, None)} {t!(language, "locked-note", device = device)}
                    </span>
                    <button class="button button-ghost" id="full-screen" type="button" hidden>
                        {t!(language, "locked-full-screen")}
                    </button>
                    <a class="button button-ghost" href=format!("{path}/unlock")>
                        {t!(language, "locked-unlock")}
                    </a>
                </p>
            }
            .into_any()
        }
        // The service worker has the words.
        Locked::Kept => "⟦lock⟧".into_any(),
    }
}

/// In the foot of the list: that the device is locked, where everybody sees it; before that, and where the end of the list is far away, the way to lock it.
/// It is for tablets: on a phone of one's own there is nothing to lock.
pub(super) fn mark(language: Language, path: &str, locked: &Locked, is_long: bool) -> AnyView {
    match locked {
        Locked::No => is_long
            .then(|| {
                view! {
                    <a class="button button-ghost room-mark" href=format!("{path}/lock")>
                        {icon(PADLOCK, None)}
                        {t!(language, "lock-submit")}
                    </a>
                }
            })
            .into_any(),
        // On a page that a device keeps, the style shows it while `data-locked` says so.
        Locked::Yes(_) | Locked::Kept => view! {
            <span class="room-mark room-mark-locked">
                {icon(PADLOCK, None)}
                {t!(language, "locked-word")}
            </span>
        }
        .into_any(),
    }
}

/// The note at the end of a list without network, where nobody can unlock it.
pub(super) fn lock_note_offline(language: Language) -> impl IntoView {
    let words = t!(
        language,
        "locked-note",
        device = t!(language, "locked-offline")
    );
    view! {
        <p class="room-note">
            <span class="room-locked">
                {icon(PADLOCK, None)}
                {words}
            </span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::super::join::tests::{frame, listed, training};
    use super::*;
    use convoke_domain::view::Listed;

    fn locking(unlocks: bool, problem: Option<Refusal>) -> String {
        lock_page(&LockPage {
            frame: frame(),
            code: "K7PM4XRD".to_owned(),
            training: training(),
            device: Some("K7P".to_owned()),
            unlocks,
            problem,
        })
    }

    #[test]
    fn whoever_tapped_a_marked_name_has_two_plain_buttons() {
        let html = elsewhere_page(&ElsewherePage {
            frame: frame(),
            view: ElsewhereView {
                code: "K7PM4XRD".to_owned(),
                training: training(),
                listed: Listed {
                    elsewhere: Some("09:12".to_owned()),
                    ..listed(0, "Anna Müller", 'M')
                },
            },
        });
        assert!(
            html.contains("Somebody entered as Anna Müller on another device at 09:12."),
            "{html}"
        );
        assert!(html.contains("action=\"/join/K7PM4XRD/enter\""), "{html}");
        assert!(html.contains("name=\"sure\" value=\"yes\""), "{html}");
        assert!(!html.contains("button-primary"), "{html}");
    }

    #[test]
    fn a_page_of_a_locked_device_goes_back_by_itself() {
        let page = |locked| {
            goes_back(Language::En, "/join/K7PM4XRD", &locked, 60).map(RenderHtml::to_html)
        };
        assert_eq!(page(Locked::No), None);
        let locked = page(Locked::Yes("K7P".to_owned())).unwrap();
        assert!(locked.contains("data-idle=\"60\""), "{locked}");
        assert!(
            locked.contains("action=\"/join/K7PM4XRD/leave\""),
            "{locked}"
        );
        let kept = page(Locked::Kept).unwrap();
        assert!(kept.contains("data-idle=\"⟦idle⟧\""), "{kept}");
    }

    #[test]
    fn a_pin_is_seen_while_it_is_chosen_and_not_when_it_is_typed() {
        let chosen = locking(false, None);
        assert!(!chosen.contains("room-pin"), "{chosen}");
        assert!(chosen.contains("called “Device K7P”"), "{chosen}");
        let typed = locking(true, Some(Refusal::field("pin", "unlock-wrong")));
        assert!(typed.contains("room-pin"), "{typed}");
        assert!(typed.contains("aria-describedby=\"pin-error\""), "{typed}");
        let wait = locking(true, Some(Refusal::TooMany { retry_after: 90 }));
        assert!(
            wait.contains("2 minutes") && wait.contains("role=\"alert\""),
            "{wait}"
        );
    }
}
