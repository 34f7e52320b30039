//! The registration form, as an administrator defined it.

use super::JoinFrame;
use super::join::eyebrow;
use super::join_field::{Question, sentence};
use super::room::goes_back;
use convoke_domain::registration::{FIRST_NAME, FieldKind, FormField, LAST_NAME};
use convoke_domain::view::JoinFormView;
use convoke_domain::{FieldError, FieldId, Language};
use convoke_texts::t;
use leptos::prelude::*;

/// The input that names the entry of a device's queue which is corrected.
const CORRECTS: &str = "corrects";
/// Longest name, in characters; the server judges.
const MAX_NAME: u32 = 100;
/// On a locked device: after so many seconds of nobody touching the form it goes back to the list. Longer than elsewhere: people look things up.
pub(super) const THINKING_SECONDS: u32 = 180;

/// What the page of the form shows.
#[derive(Clone, Debug)]
pub struct JoinFormPage {
    /// Language, style and module.
    pub frame: JoinFrame,
    /// The form with what was typed.
    pub view: JoinFormView,
    /// Whether a device keeps it for when there is no network.
    pub offline: bool,
}

/// The page of the form.
pub fn join_form_page(page: &JoinFormPage) -> String {
    let language = page.frame.frame.language;
    let view = &page.view;
    let list = format!("/join/{}", view.code);
    let names = [
        (FIRST_NAME, t!(language, "join-form-first-name")),
        (LAST_NAME, t!(language, "join-form-last-name")),
    ]
    .into_iter()
    .map(|(name, label)| name_field(page, name, label))
    .collect_view();
    let fields = view
        .form
        .fields
        .iter()
        .map(|field| {
            let name = field.name();
            Question {
                language,
                field,
                posted: &view.posted,
                error: problem_of(page, &name).map(|key| sentence(language, field, key)),
            }
            .view()
        })
        .collect_view();
    let above = [
        page.offline.then(|| t!(language, "offline-form")),
        view.full.then(|| t!(language, "join-form-full")),
        view.approval.then(|| t!(language, "join-form-approval")),
    ]
    .into_iter()
    .flatten()
    .map(|text| {
        view! {
            <div class="notice notice-info">
                <p class="notice-text">{text}</p>
            </div>
        }
    })
    .collect_view();
    // What a device has waiting is gone from it once this is sent.
    let corrects = view
        .posted
        .get(CORRECTS)
        .and_then(|ids| ids.first())
        .map(|id| view! { <input type="hidden" name=CORRECTS value=id.clone() /> });
    let body = view! {
        <main class="public-main join-form-main">
            <div class="join-title">
                <p class="join-eyebrow">
                    {view.training.title.clone()} " · " {eyebrow(language, &view.training)}
                </p>
                <h1>{t!(language, "join-form-title")}</h1>
            </div>
            {summary(language, page)}
            {above}
            <form
                class="card public-form join-form"
                id="register-form"
                method="post"
                action=format!("{list}/register")
                autocomplete="off"
                novalidate
                data-once
                data-busy=t!(language, "join-form-busy")
            >
                <p class="field-help">{t!(language, "join-form-required")}</p>
                <input type="hidden" name="registration" value=view.registration.to_string() />
                <input type="hidden" name="version" value=view.version.to_string() />
                {corrects}
                <div class="join-names">{names}</div>
                {fields}
                <button class="button button-primary public-button" type="submit">
                    {t!(language, "join-register")}
                </button>
            </form>
            // Leaving is a form too: what was typed and sent once must not come back for the next person.
            <form class="join-cancel" method="post" action=format!("{list}/leave")>
                <button class="button button-ghost" type="submit">
                    {t!(language, "join-form-cancel")}
                </button>
            </form>
        </main>
        {goes_back(language, &list, &page.frame.locked, THINKING_SECONDS)}
    };
    let title = if view.problems.is_empty() {
        t!(language, "join-form-title")
    } else {
        t!(
            language,
            "join-form-problem-title",
            title = t!(language, "join-form-title")
        )
    };
    page.frame.document(
        &title,
        &view.training.organisation,
        "public-page public-form-page",
        body,
    )
}

/// The key of what is wrong with an input.
fn problem_of<'a>(page: &'a JoinFormPage, name: &str) -> Option<&'a str> {
    let problems = &page.view.problems;
    let found = problems.iter().find(|problem| problem.field == name)?;
    Some(&found.text)
}

/// First or last name: a required short text like any other.
fn name_field(page: &JoinFormPage, name: &'static str, label: String) -> impl IntoView + use<> {
    let language = page.frame.frame.language;
    let value = page
        .view
        .posted
        .get(name)
        .and_then(|values| values.first())
        .cloned()
        .unwrap_or_default();
    let error = problem_of(page, name).map(|key| name_sentence(language, key));
    let error_id = format!("{name}-error");
    view! {
        <div
            class="join-question"
            data-field=name
            data-kind=FieldKind::ShortText.as_str()
            data-required=""
            data-max=MAX_NAME.to_string()
            data-error-required=name_sentence(language, "error-required")
            data-error-too-long=name_sentence(language, "error-too-long")
        >
            <div class="field">
                <label for=name>
                    {label} <span class="field-required" aria-hidden="true">
                        " *"
                    </span>
                </label>
                <input
                    class="input"
                    id=name
                    name=name
                    type="text"
                    value=value
                    autocomplete="off"
                    autocapitalize="words"
                    spellcheck="false"
                    maxlength=MAX_NAME.to_string()
                    required
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=error_id.clone()
                />
                <p class="field-error" id=error_id hidden=error.is_none()>
                    {error.clone()}
                </p>
            </div>
        </div>
    }
}

fn name_sentence(language: Language, key: &str) -> String {
    let field = FormField {
        max: MAX_NAME.to_string(),
        ..FormField::new(FieldId(uuid_nil()), FieldKind::ShortText)
    };
    sentence(language, &field, key)
}

/// What has to be corrected first: the name of the input, and a sentence that names the question.
pub fn first_problem(language: Language, view: &JoinFormView) -> Option<(String, String)> {
    let problem = view.problems.first()?;
    let (label, text) = in_words(language, view, problem);
    let said = if label.is_empty() {
        text
    } else {
        format!("{label} – {text}")
    };
    Some((problem.field.clone(), said))
}

/// The label of a field, and what is wrong with the answer.
fn in_words(language: Language, view: &JoinFormView, problem: &FieldError) -> (String, String) {
    let field = view.form.fields.iter().find(|f| f.name() == problem.field);
    match (field, problem.field.as_str()) {
        (Some(field), _) => (
            field.label.get(language).to_owned(),
            sentence(language, field, &problem.text),
        ),
        (None, FIRST_NAME) => (
            t!(language, "join-form-first-name"),
            name_sentence(language, &problem.text),
        ),
        (None, LAST_NAME) => (
            t!(language, "join-form-last-name"),
            name_sentence(language, &problem.text),
        ),
        (None, _) => (String::new(), t!(language, &problem.text)),
    }
}

/// Every problem with a way to its field.
fn summary(language: Language, page: &JoinFormPage) -> Option<impl IntoView + use<>> {
    let view = &page.view;
    if view.problems.is_empty() {
        return None;
    }
    let items = view
        .problems
        .iter()
        .map(|problem| {
            let (label, text) = in_words(language, view, problem);
            let link = (!label.is_empty()).then(|| {
                view! { <a href=format!("#{}", problem.field)>{label}</a> " – " }
            });
            view! { <li>{link} {text}</li> }
        })
        .collect_view();
    Some(view! {
        <div class="notice notice-problem join-summary" role="alert" id="problems" tabindex="-1" autofocus>
            <h2>{t!(language, "join-form-problems", count = view.problems.len())}</h2>
            <ul>{items}</ul>
        </div>
    })
}

/// An id for a field that is none.
fn uuid_nil<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
    "00000000-0000-0000-0000-000000000000"
        .parse()
        .expect("zeros are an id")
}

#[cfg(test)]
mod tests {
    use super::super::join::tests::{frame, training};
    use super::*;
    use convoke_domain::registration::{Bilingual, Choice, Posted, RegistrationForm};

    fn label(text: &str) -> Bilingual {
        Bilingual {
            en: text.to_owned(),
            fr: String::new(),
        }
    }

    fn field(n: usize, kind: FieldKind) -> FormField {
        FormField {
            label: label(&format!("Question <{n}>")),
            help: label("Help"),
            required: n.is_multiple_of(2),
            choices: (1..=3)
                .filter(|_| kind.has_choices())
                .map(|id| Choice {
                    id,
                    label: label(&format!("Option {id}")),
                    names: None,
                })
                .collect(),
            ..FormField::new(
                format!("01890000-0000-7000-8000-{n:012x}").parse().unwrap(),
                kind,
            )
        }
    }

    fn page(fields: Vec<FormField>, posted: Posted, problems: Vec<FieldError>) -> String {
        join_form_page(&JoinFormPage {
            frame: frame(),
            view: JoinFormView {
                code: "K7PM4XRD".to_owned(),
                training: training(),
                registration: "01890000-0000-7000-8000-0000000000ff".parse().unwrap(),
                version: 3,
                form: RegistrationForm { fields },
                posted,
                problems,
                full: true,
                approval: false,
            },
            offline: false,
        })
    }

    #[test]
    fn every_kind_of_field_has_a_label_and_keeps_what_was_typed() {
        let fields: Vec<_> = FieldKind::ALL
            .iter()
            .enumerate()
            .map(|(n, kind)| field(n, *kind))
            .collect();
        let mut posted = Posted::new();
        for field in &fields {
            let typed = match field.kind {
                FieldKind::OneChoice | FieldKind::SeveralChoices => "2",
                FieldKind::TickBox => "yes",
                FieldKind::Date => "2026-12-09",
                _ => "\"typed <by> me",
            };
            posted.insert(field.name(), vec![typed.to_owned()]);
        }
        posted.insert(FIRST_NAME.to_owned(), vec!["Zoé".to_owned()]);
        let html = page(fields.clone(), posted, Vec::new());
        for (n, field) in fields.iter().enumerate() {
            assert!(
                html.contains(&format!("id=\"{}\"", field.name())),
                "{}",
                field.kind
            );
            assert!(
                html.contains(&format!("Question &lt;{n}")),
                "{}",
                field.kind
            );
        }
        assert!(html.contains("value=\"Zoé\""), "{html}");
        assert!(html.contains("value=\"2026-12-09\""), "{html}");
        assert_eq!(html.matches(" checked").count(), 3, "{html}");
        assert!(!html.contains("<by>"), "what was typed is harmless: {html}");
        assert!(html.contains("put on the waiting list"), "{html}");
        assert!(html.contains("name=\"version\" value=\"3\""), "{html}");
        assert!(
            !html.contains("autocomplete=\"on\"") && !html.contains("given-name"),
            "{html}"
        );
    }

    #[test]
    fn limits_are_attributes_and_words() {
        let html = page(
            vec![
                FormField {
                    min: "5".into(),
                    max: "20".into(),
                    ..field(1, FieldKind::ShortText)
                },
                FormField {
                    min: "2026-12-01".into(),
                    ..field(2, FieldKind::Date)
                },
                FormField {
                    max: "2".into(),
                    ..field(3, FieldKind::SeveralChoices)
                },
            ],
            Posted::new(),
            Vec::new(),
        );
        assert!(
            html.contains("minlength=\"5\"") && html.contains("maxlength=\"20\""),
            "{html}"
        );
        assert!(html.contains("5 to 20 characters"), "{html}");
        assert!(html.contains("min=\"2026-12-01\""), "{html}");
        assert!(html.contains("1 December 2026 or later"), "{html}");
        assert!(html.contains("Choose at most 2"), "{html}");
    }

    #[test]
    fn a_problem_stands_at_its_field_and_in_the_summary() {
        let text = FormField {
            min: "5".into(),
            ..field(1, FieldKind::ShortText)
        };
        let name = text.name();
        let html = page(
            vec![text],
            Posted::new(),
            vec![
                FieldError::new(LAST_NAME, "error-required"),
                FieldError::new(&name, "error-too-short"),
            ],
        );
        assert!(html.contains("2 fields need your attention"), "{html}");
        assert!(html.contains(&format!("href=\"#{name}\"")), "{html}");
        assert_eq!(
            html.matches("This is too short: at least 5 characters.")
                .count(),
            3,
            "{html}"
        );
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
        assert!(
            html.contains("<title>Please check: Register – Convoke</title>"),
            "{html}"
        );
    }
}
