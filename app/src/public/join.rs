//! The page where a training code is typed, and the list behind it.

use super::facts::{icon, trainers};
use super::install::{self, Moment};
use super::room::{self, Locked, lock_note};
use super::{Enhancement, Frame, Outline, problem};
use super::{new_version, offline};
use crate::components::tone_of;
use convoke_domain::Language;
use convoke_domain::registration::ListShows;
use convoke_domain::view::{JoinView, Listed, PublicTraining};
use convoke_texts::t;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

/// The alphabet bar is there from so many names on.
const LONG_LIST: usize = 25;

/// What the pages behind a training code share.
#[derive(Clone, Debug)]
pub struct JoinFrame {
    /// Language and style.
    pub frame: Frame,
    /// What makes the page quicker, when the build has it.
    pub enhancement: Option<Enhancement>,
    /// Address of the same page in the other language; empty where there is none.
    pub switch: String,
    /// Whether the device is locked to the training.
    pub locked: Locked,
}

impl JoinFrame {
    /// The whole document; `class` says how wide it is.
    pub(super) fn document(
        &self,
        title: &str,
        brand: &str,
        class: &'static str,
        body: impl IntoView + 'static,
    ) -> String {
        let outline = Outline {
            frame: &self.frame,
            title,
            brand,
            switch: (!self.switch.is_empty()).then(|| self.switch.clone()),
            class,
            enhancement: self.enhancement.as_ref(),
            locked: self.locked.mark(),
        };
        outline.document(body)
    }
}

/// Why the last code did not lead on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// It opens nothing: unknown, closed or switched off, which is not told apart.
    Unknown,
    /// Too many were tried; so many seconds to wait.
    TooMany(u32),
}

/// What the page for the training code shows. All codes that open nothing get the same page, but for what was typed.
#[derive(Clone, Debug)]
pub struct CodePage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// What was typed, to be corrected.
    pub typed: String,
    /// Why the last code did not lead on.
    pub problem: Option<CodeProblem>,
}

/// The longest that can be typed as a code, in characters: spaces and dashes are read over.
const LONGEST_CODE: usize = 40;

/// The page where a training code is typed.
pub fn code_page(page: &CodePage) -> String {
    let language = page.frame.frame.language;
    let error = page.problem.map(|problem| match problem {
        CodeProblem::Unknown => t!(language, "join-unknown"),
        CodeProblem::TooMany(seconds) => t!(
            language,
            "join-too-many",
            minutes = seconds.div_ceil(60).max(1)
        ),
    });
    let typed: String = page.typed.chars().take(LONGEST_CODE).collect();
    let body = view! {
        <main class="public-main public-narrow">
            {new_version::notice(language)}
            <h1>{t!(language, "join-title")}</h1>
            <p class="public-lead">{t!(language, "join-lead")}</p>
            <form class="public-form" method="post" action="/join" autocomplete="off" novalidate>
                {error.map(problem)}
                <div class="field">
                    <label for="code">{t!(language, "join-code")}</label>
                    <input
                        class="input join-code"
                        id="code"
                        name="code"
                        value=(!typed.is_empty()).then_some(typed)
                        type="text"
                        inputmode="text"
                        autocomplete="off"
                        autocapitalize="characters"
                        {..custom_attribute("autocorrect", "off")}
                        spellcheck="false"
                        enterkeyhint="go"
                        maxlength=LONGEST_CODE.to_string()
                        required
                        autofocus
                        aria-describedby="code-help"
                    />
                    <p class="field-help" id="code-help">
                        {t!(language, "join-code-help")}
                    </p>
                </div>
                <button class="button button-primary public-button" type="submit">
                    {t!(language, "join-continue")}
                </button>
            </form>
            <p class="public-way">
                <a href=format!("/sign-in?language={language}")>{t!(language, "join-to-console")}</a>
            </p>
            {install::offer(language, Moment::Code)}
        </main>
    };
    page.frame.document(
        &t!(language, "join-title"),
        &t!(language, "app-name"),
        "public-page",
        body,
    )
}

/// What the page behind a code shows.
#[derive(Clone, Debug)]
pub struct JoinPage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// The training and its list.
    pub view: JoinView,
    /// What was searched for.
    pub find: String,
    /// Whether a device keeps it for when there is no network: then it has places that the device fills.
    pub offline: bool,
}

/// The training and the list of those registered.
pub fn join_page(page: &JoinPage) -> String {
    let language = page.frame.frame.language;
    let view = &page.view;
    let path = format!("/join/{}", view.code);
    let searched = !page.find.trim().is_empty();
    let nothing_left = !view.can_register;
    let is_long = view.listed.len() >= LONG_LIST;
    let found = searched && !view.listed.is_empty();
    // Whoever stands at a locked device is not its owner.
    let may_install = !page.offline && page.frame.locked == Locked::No;
    let body = view! {
        <a class="skip-link" href="#register">
            {t!(language, "join-to-register")}
        </a>
        <main
            class="join-main"
            data-list=(view.list_shows != ListShows::Search).then_some("")
            data-code=view.code.clone()
            data-offline=page.offline.then_some("")
        >
            {(!page.offline).then(|| new_version::notice(language))}
            <div class="join-head">
                <div class="join-title">
                    <p class="join-eyebrow">{eyebrow(language, &view.training)}</p>
                    <h1>{view.training.title.clone()}</h1>
                </div>
                {search(language, &path, &page.find)}
            </div>
            {is_long.then(|| letters(language, &view.listed))}
            {found
                .then(|| {
                    view! {
                        <p class="join-found" role="status">
                            {t!(language, "join-found", count = view.listed.len())}
                            <a href=path.clone()>{t!(language, "join-find-everyone")}</a>
                        </p>
                    }
                })}
            {if page.offline {
                kept_list(language, view, &path).into_any()
            } else if view.listed.is_empty() {
                empty(language, view, &page.find, &path).into_any()
            } else {
                list(language, &path, rows(language, &view.listed)).into_any()
            }} <div class="empty-box" id="nobody" hidden>
                {nobody(language, nothing_left)}
            </div>
            <p
                class="visually-hidden"
                id="found"
                role="status"
                data-none=t!(language, "join-nobody-title")
                data-one=t!(language, "join-found", count = 1)
                data-many=t!(language, "join-found", count = "#")
            ></p>
            {lock_note(language, &path, &page.frame.locked)}
            {may_install.then(|| install::offer(language, Moment::List))}
        </main>
        {foot(language, view, &path, page.offline, room::mark(language, &path, &page.frame.locked, is_long))}
    };
    page.frame.document(
        &view.training.title,
        &view.training.organisation,
        "public-page join-page",
        body,
    )
}

/// "9–10 December 2026 · Lyon, room B204 · trainer Marc Petit".
pub(super) fn eyebrow(language: Language, training: &PublicTraining) -> String {
    let trainers = (!training.trainers.is_empty()).then(|| {
        t!(
            language,
            "join-trainers",
            count = trainers(&training.trainers),
            names = training.trainers.as_str()
        )
    });
    [
        Some(training.dates.clone()),
        Some(training.place.clone()),
        trainers,
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" · ")
}

fn search(language: Language, path: &str, find: &str) -> impl IntoView + use<> {
    let label = t!(language, "join-find");
    view! {
        <search class="join-search">
            <form id="find-form" method="get" action=path.to_owned() autocomplete="off">
                <label class="visually-hidden" for="find">
                    {label.clone()}
                </label>
                <input
                    class="input"
                    id="find"
                    name="find"
                    type="search"
                    value=find.to_owned()
                    placeholder=label
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength="200"
                />
                <button class="icon-button" type="submit" aria-label=t!(language, "join-find-submit")>
                    <svg
                        width="20"
                        height="20"
                        viewBox="0 0 20 20"
                        fill="none"
                        stroke="currentColor"
                        stroke-width="1.7"
                        stroke-linecap="round"
                        aria-hidden="true"
                    >
                        <circle cx="9" cy="9" r="5.400"></circle>
                        <path d="m13.100 13.100 3.700 3.700"></path>
                    </svg>
                </button>
                <button
                    class="icon-button"
                    id="find-clear"
                    type="button"
                    aria-label=t!(language, "join-find-everyone")
                    hidden
                >
                    {icon("m6 6 12 12M18 6 6 18", None)}
                </button>
            </form>
        </search>
    }
}

/// The id of the first name under a letter.
fn letter_id(letter: char) -> String {
    if letter.is_ascii_alphabetic() {
        format!("letter-{letter}")
    } else {
        "letter-other".to_owned()
    }
}

/// Links to the search and to the first name of each letter that there is.
fn letters(language: Language, listed: &[Listed]) -> impl IntoView + use<> {
    let mut seen: Vec<char> = Vec::new();
    for person in listed {
        if !seen.contains(&person.letter) {
            seen.push(person.letter);
        }
    }
    let links = seen
        .into_iter()
        .map(|letter| {
            let name = (!letter.is_ascii_alphabetic()).then(|| t!(language, "join-letter-other"));
            view! {
                <li>
                    <a href=format!("#{}", letter_id(letter)) aria-label=name>
                        {letter.to_string()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="join-letters" aria-label=t!(language, "join-letters")>
            <ul class="join-letters-list">
                <li>
                    <a href="#find" aria-label=t!(language, "join-to-find")>
                        {icon("M16 16l4.500 4.500M18 10.500a7.500 7.500 0 1 1-15 0 7.500 7.500 0 0 1 15 0z", None)}
                    </a>
                </li>
                {links}
            </ul>
        </nav>
    }
}

/// A name of the list: a button of the form that holds them all.
pub(super) struct Row {
    /// What the alphabet bar leads to.
    pub at: Option<String>,
    /// The id that is posted.
    pub id: String,
    /// Counts the rows of the page.
    pub number: String,
    pub name: String,
    pub initials: String,
    pub tone: String,
    /// What is said of them, and the class that it has.
    pub note: String,
    pub class: String,
    /// Whether they entered on another device, too.
    pub too: Option<String>,
}

impl Row {
    fn of(language: Language, number: usize, at: Option<String>, person: &Listed) -> Self {
        let (note, class) = if person.waiting {
            (t!(language, "join-waiting"), "join-note join-note-waiting")
        } else if let Some(time) = &person.present_at {
            (
                t!(language, "join-present", time = time.as_str()),
                "join-note join-note-present",
            )
        } else if person.elsewhere.is_some() {
            (
                t!(language, "join-elsewhere"),
                "join-note join-note-elsewhere",
            )
        } else {
            (t!(language, "join-enter"), "join-note")
        };
        let says_more = person.waiting || person.present_at.is_some();
        Self {
            at,
            id: person.id.to_string(),
            number: number.to_string(),
            name: person.name.clone(),
            initials: person.initials.clone(),
            tone: tone_of(person.id.as_bytes()).to_string(),
            note,
            class: class.to_owned(),
            too: (says_more && person.elsewhere.is_some())
                .then(|| t!(language, "join-elsewhere-too")),
        }
    }

    pub(super) fn view(self) -> impl IntoView + use<> {
        let note_id = format!("n{}", self.number);
        let tone = format!("avatar avatar-large tone-{}", self.tone);
        let too = self
            .too
            .map(|too| view! { <span class="join-note-too">" · " {too}</span> });
        view! {
            <li id=self.at>
                <button
                    class="join-person"
                    name="person"
                    value=self.id
                    aria-label=self.name.clone()
                    aria-describedby=note_id.clone()
                >
                    <span class=tone aria-hidden="true">
                        {self.initials}
                    </span>
                    <span class="join-name">{self.name.clone()}</span>
                    <span class=self.class id=note_id.clone()>
                        {self.note} {too}
                    </span>
                </button>
            </li>
        }
    }
}

/// The rows of the list.
fn rows(language: Language, listed: &[Listed]) -> impl IntoView + use<> {
    letter_ids(listed)
        .into_iter()
        .zip(listed)
        .enumerate()
        .map(|(number, (at, person))| Row::of(language, number, at, person).view())
        .collect_view()
}

/// Of each name of a list what the alphabet bar leads to, if it is the first of its letter.
pub(super) fn letter_ids(listed: &[Listed]) -> Vec<Option<String>> {
    let mut last = None;
    listed
        .iter()
        .map(|person| {
            let is_first = last.replace(person.letter) != Some(person.letter);
            is_first.then(|| letter_id(person.letter))
        })
        .collect()
}

/// The names: one form for all.
fn list(language: Language, path: &str, rows: impl IntoView + 'static) -> impl IntoView {
    view! {
        <form id="enter" method="post" action=format!("{path}/enter")>
            <ul class="join-list" aria-label=t!(language, "join-list")>
                {rows}
            </ul>
        </form>
    }
}

/// The list as a device keeps it: it puts the names in itself, those who registered without network before the others. Names that the page would not
/// show are not kept.
fn kept_list(language: Language, view: &JoinView, path: &str) -> AnyView {
    let note = match view.list_shows {
        ListShows::Search => Some(said(
            t!(language, "join-search-title"),
            t!(language, "offline-search"),
        )),
        _ if view.listed.is_empty() => Some(said(
            t!(language, "join-empty-title"),
            t!(language, "join-empty-text"),
        )),
        _ => None,
    };
    view! {
        {list(language, path, offline::ROWS)}
        {note.map(|note| view! { <div class="empty-box">{note}</div> })}
    }
    .into_any()
}

/// What is said instead of names, and what to do.
fn empty(language: Language, view: &JoinView, find: &str, path: &str) -> impl IntoView + use<> {
    let letters = find.chars().filter(|c| c.is_alphanumeric()).count();
    let hidden = view.list_shows == ListShows::Search;
    let inside = if hidden && letters < 2 {
        let text = if find.trim().is_empty() {
            t!(language, "join-search-text")
        } else {
            t!(language, "join-search-short")
        };
        said(t!(language, "join-search-title"), text).into_any()
    } else if find.trim().is_empty() {
        let text = if view.can_register {
            t!(language, "join-empty-text")
        } else {
            t!(language, "join-full")
        };
        said(t!(language, "join-empty-title"), text).into_any()
    } else {
        let everyone = (!hidden).then(|| {
            view! {
                <a class="button" href=path.to_owned()>
                    {t!(language, "join-find-everyone")}
                </a>
            }
        });
        view! {
            {nobody(language, !view.can_register)}
            {everyone}
        }
        .into_any()
    };
    view! {
        <div class="empty-box" role="status">
            {inside}
        </div>
    }
}

fn nobody(language: Language, nothing_left: bool) -> impl IntoView + use<> {
    let text = if nothing_left {
        t!(language, "join-nobody-text-full")
    } else {
        t!(language, "join-nobody-text")
    };
    said(t!(language, "join-nobody-title"), text)
}

fn said(title: String, text: String) -> impl IntoView {
    view! {
        <h2>{title}</h2>
        <p>{text}</p>
    }
}

/// The bar at the foot: the way to the form, and how many seats there are.
fn foot(
    language: Language,
    view: &JoinView,
    path: &str,
    is_offline: bool,
    lock: AnyView,
) -> impl IntoView + use<> {
    let device = offline::badge(language, path, is_offline);
    if !view.can_register {
        return view! {
            <footer class="join-foot" id="register">
                <p class="join-foot-text">{t!(language, "join-full")}</p>
                {device} {lock}
            </footer>
        }
        .into_any();
    }
    let seats = if is_offline {
        None
    } else if view.full {
        Some(("badge badge-to-send", t!(language, "join-full-waiting")))
    } else {
        view.seats_left
            .map(|left| ("badge", t!(language, "join-seats-left", count = left)))
    };
    view! {
        <footer class="join-foot">
            <p class="join-foot-text">{t!(language, "join-not-listed")}</p>
            <a class="button button-primary" id="register" href=format!("{path}/register")>
                {t!(language, "join-register")}
            </a>
            {seats.map(|(class, text)| view! { <span class=class>{text}</span> })} {device} {lock}
        </footer>
    }
    .into_any()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use convoke_domain::registration::Proof;

    pub fn frame() -> JoinFrame {
        JoinFrame {
            frame: Frame {
                language: Language::En,
                stylesheet: "/pkg/public.css".to_owned(),
                theme: crate::theme::Theme::System,
                build: None,
            },
            enhancement: None,
            switch: "/join?language=fr".to_owned(),
            locked: Locked::No,
        }
    }

    pub fn training() -> PublicTraining {
        PublicTraining {
            organisation: "Acme Academy".to_owned(),
            title: "Fire Safety — Level 2".to_owned(),
            dates: "9–10 December 2026".to_owned(),
            times: "09:00–17:00, 2 days".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            place: "Lyon, room B204".to_owned(),
            trainers: "Marc Petit".to_owned(),
            description: "Bring safety shoes.\nLunch is provided.".to_owned(),
        }
    }

    pub fn listed(n: u128, name: &str, letter: char) -> Listed {
        Listed {
            id: convoke_domain::RegistrationId(
                format!("01890000-0000-7000-8000-{n:012x}")
                    .parse::<convoke_domain::RegistrationId>()
                    .unwrap()
                    .0,
            )
            .0,
            name: name.to_owned(),
            initials: name.chars().filter(|c| c.is_uppercase()).take(2).collect(),
            letter,
            present_at: (n % 3 == 2).then(|| "08:52".to_owned()),
            waiting: n % 5 == 4,
            elsewhere: None,
        }
    }

    fn page(listed: Vec<Listed>) -> JoinPage {
        JoinPage {
            frame: frame(),
            view: JoinView {
                code: "K7PM4XRD".to_owned(),
                training: training(),
                list_shows: ListShows::FullNames,
                proof: Proof::Nothing,
                listed,
                seats_left: Some(3),
                full: false,
                can_register: true,
            },
            find: String::new(),
            offline: false,
        }
    }

    #[test]
    fn a_name_is_a_button_of_a_form() {
        let html = join_page(&page(vec![
            listed(0, "Amélie Laurent", 'L'),
            listed(2, "Chiara <Rossi>", 'R'),
        ]));
        assert!(
            html.contains("<ul aria-label=\"Registered trainees\" class=\"join-list\""),
            "{html}"
        );
        assert!(html.contains("action=\"/join/K7PM4XRD/enter\""), "{html}");
        assert!(html.contains("aria-label=\"Amélie Laurent\""), "{html}");
        assert!(html.contains("signed in at 08:52"), "{html}");
        assert!(html.contains("tap to enter"), "{html}");
        assert!(html.contains("Chiara &lt;Rossi"), "{html}");
        assert!(html.contains("3 seats left"), "{html}");
        assert!(
            !html.contains("join-letters"),
            "a short list has no alphabet bar"
        );
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn a_name_that_somebody_entered_by_elsewhere_says_so() {
        let elsewhere = |n, name| Listed {
            elsewhere: Some("09:12".to_owned()),
            ..listed(n, name, 'A')
        };
        let html = join_page(&page(vec![
            elsewhere(0, "Ann One"),
            elsewhere(2, "Ann Two"),
        ]));
        let says = |words: &str| html.matches(words).count();
        assert_eq!(says(">entered on another device<"), 1, "{html}");
        assert_eq!(says(" · another device<"), 1, "{html}");
        assert!(!html.contains("09:12"), "when is said to who taps: {html}");
    }

    #[test]
    fn a_locked_device_has_a_way_to_unlock_and_none_to_lock() {
        let mut list = page(vec![listed(0, "Ann One", 'A')]);
        let open = join_page(&list);
        assert!(open.contains("href=\"/join/K7PM4XRD/lock\""), "{open}");
        assert!(!open.contains("data-locked"), "{open}");
        assert!(open.contains("id=\"install\""), "{open}");
        list.frame.locked = Locked::Yes("K7P".to_owned());
        let locked = join_page(&list);
        assert!(!locked.contains("K7PM4XRD/lock\""), "{locked}");
        assert!(!locked.contains("id=\"install\""), "{locked}");
        assert!(
            locked.contains("href=\"/join/K7PM4XRD/unlock\""),
            "{locked}"
        );
        assert!(locked.contains("data-locked=\"yes\""), "{locked}");
        assert!(locked.contains("Device K7P"), "{locked}");
        assert!(locked.contains("room-mark-locked"), "{locked}");
        assert!(!open.contains("room-mark"), "the end is near: {open}");
    }

    #[test]
    fn a_long_list_has_an_alphabet_bar_with_the_letters_there_are() {
        let people = (0..60)
            .map(|n| listed(n, "Ann Other", if n < 30 { 'A' } else { 'Z' }))
            .collect();
        let html = join_page(&page(people));
        assert_eq!(html.matches("href=\"#letter-A\"").count(), 1);
        assert_eq!(html.matches("id=\"letter-Z\"").count(), 1);
        assert!(!html.contains("letter-B"), "{html}");
        assert_eq!(html.matches("href=\"#find\"").count(), 1, "{html}");
        assert!(html.contains("room-mark"), "the end is far away: {html}");
    }

    #[test]
    fn each_empty_list_says_what_to_do() {
        let mut empty = page(Vec::new());
        assert!(join_page(&empty).contains("Be the first"));
        empty.find = "zz".to_owned();
        assert!(join_page(&empty).contains("Try fewer letters"));
        empty.view.list_shows = ListShows::Search;
        empty.find = "z".to_owned();
        assert!(join_page(&empty).contains("at least two letters"));
        empty.view.can_register = false;
        empty.view.full = true;
        let html = join_page(&empty);
        assert!(html.contains("All seats are taken."), "{html}");
        assert!(!html.contains("/register"), "{html}");
    }

    #[test]
    fn a_code_that_opens_nothing_is_there_to_be_corrected() {
        let page = |typed: &str| {
            code_page(&CodePage {
                frame: frame(),
                typed: typed.to_owned(),
                problem: Some(CodeProblem::Unknown),
            })
        };
        let html = page("k7pm\"><script>");
        assert!(html.contains("does not open a training"), "{html}");
        assert!(html.contains("value=\"k7pm&quot;"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        let long = page(&"é".repeat(200));
        assert_eq!(long.matches('é').count(), LONGEST_CODE, "{long}");
    }
}
