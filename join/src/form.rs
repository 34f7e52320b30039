//! The registration form: says at the field what has to be corrected, by the rules of `convoke_domain::registration`. The server stays the judge.

use crate::dom;
use convoke_domain::FieldId;
use convoke_domain::registration::{
    Choice, FIRST_NAME, FieldKind, FormField, LAST_NAME, Posted, RegistrationForm, check_answers,
};
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Document, Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

/// The id of a field that stands alone.
const NO_ID: FieldId = FieldId(uuid::Uuid::nil());

/// A field of the form on the page.
struct Question {
    root: Element,
    name: String,
    field: FormField,
}

/// Takes care of the form, if the page has one.
pub fn start(document: &Document) {
    let Some(form) = document.get_element_by_id("register-form") else {
        return;
    };
    let questions: Rc<[Question]> = dom::below::<Element>(&form, "[data-field]")
        .into_iter()
        .filter_map(Question::read)
        .collect();
    for (n, question) in questions.iter().enumerate() {
        let all = Rc::clone(&questions);
        dom::on(&question.root, "change", move |_| all[n].check_again(true));
        let all = Rc::clone(&questions);
        dom::on(&question.root, "input", move |_| all[n].check_again(false));
    }
    dom::on(&form, "submit", move |event| {
        let mut first = None;
        for question in questions.iter() {
            let problem = question.problem();
            question.say(problem);
            if problem.is_some() && first.is_none() {
                first = Some(question);
            }
        }
        if let Some(question) = first {
            event.prevent_default();
            question.focus();
        }
    });
}

impl Question {
    fn read(root: Element) -> Option<Self> {
        let name = root.get_attribute("data-field")?;
        let kind: FieldKind = root.get_attribute("data-kind")?.parse().ok()?;
        let values = dom::below::<Element>(&root, "input, option")
            .into_iter()
            .filter_map(|option| option.get_attribute("value"));
        let choices = values
            .filter_map(|value| value.parse().ok())
            .map(|id| Choice {
                id,
                ..Choice::default()
            });
        let field = FormField {
            required: root.has_attribute("data-required"),
            min: root.get_attribute("data-min").unwrap_or_default(),
            max: root.get_attribute("data-max").unwrap_or_default(),
            choices: if kind.has_choices() {
                choices.collect()
            } else {
                Vec::new()
            },
            ..FormField::new(NO_ID, kind)
        };
        Some(Self { root, name, field })
    }

    /// What a post would send of it.
    fn values(&self) -> Vec<String> {
        let controls = dom::below::<Element>(&self.root, "input, select, textarea");
        controls
            .into_iter()
            .filter_map(|control| {
                if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
                    let sent = match input.type_().as_str() {
                        "checkbox" | "radio" => input.checked(),
                        _ => true,
                    };
                    sent.then(|| input.value())
                } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
                    Some(select.value())
                } else {
                    let text = control.dyn_ref::<HtmlTextAreaElement>()?;
                    Some(text.value())
                }
            })
            .collect()
    }

    /// The key of what is wrong with it.
    fn problem(&self) -> Option<&'static str> {
        let mut values = self.values();
        // Half a date is no value at all for the browser; nobody should lose what they typed.
        let half = dom::below::<HtmlInputElement>(&self.root, "input[type=date]")
            .iter()
            .any(|input| input.validity().bad_input());
        if half {
            values = vec!["?".to_owned()];
        }
        problem(&self.field, values)
    }

    /// Checks after a change. An error goes as soon as it is mended; a new one comes only when the field is `done`.
    fn check_again(&self, done: bool) {
        let shown = self
            .error()
            .is_some_and(|error| !error.has_attribute("hidden"));
        if done || shown {
            self.say(self.problem());
        }
    }

    fn error(&self) -> Option<HtmlElement> {
        let found = self.root.query_selector(".field-error").ok()??;
        found.dyn_into().ok()
    }

    /// The control, or the group of controls, that bears the name.
    fn control(&self) -> Option<HtmlElement> {
        let document = self.root.owner_document()?;
        document.get_element_by_id(&self.name)?.dyn_into().ok()
    }

    /// Shows a sentence at the field, or none.
    fn say(&self, problem: Option<&str>) {
        let sentence = problem.map(|key| {
            self.root
                .get_attribute(&["data-", key].concat())
                .unwrap_or_else(|| "!".to_owned())
        });
        if let Some(error) = self.error() {
            error.set_text_content(sentence.as_deref());
            error.set_hidden(sentence.is_none());
        }
        if let Some(control) = self.control() {
            let _ = match sentence {
                Some(_) => control.set_attribute("aria-invalid", "true"),
                None => control.remove_attribute("aria-invalid"),
            };
        }
    }

    fn focus(&self) {
        let first = if self.field.kind.has_choices() {
            dom::below::<HtmlElement>(&self.root, "input, select")
                .into_iter()
                .next()
        } else {
            None
        };
        if let Some(control) = first.or_else(|| self.control()) {
            let _ = control.focus();
        }
    }
}

/// What the rules say about one answer.
fn problem(field: &FormField, values: Vec<String>) -> Option<&'static str> {
    // The names are asked for like any short text; here they only have to be there.
    let mut posted: Posted = [FIRST_NAME, LAST_NAME]
        .into_iter()
        .map(|name| (name.to_owned(), vec![name.to_owned()]))
        .collect();
    posted.insert(field.name(), values);
    let form = RegistrationForm {
        fields: vec![field.clone()],
    };
    let problems = check_answers(&form, &posted).err()?;
    let key = problems.into_iter().next()?.text;
    KEYS.iter().copied().find(|known| *known == key)
}

/// The sentences that the page brings with each field, as `data-error-…`.
const KEYS: &[&str] = &[
    "error-required",
    "error-tick",
    "error-choose",
    "error-too-long",
    "error-too-short",
    "error-email",
    "error-mobile",
    "error-number",
    "error-too-small",
    "error-too-large",
    "error-day",
    "error-too-early",
    "error-too-late",
    "error-too-few-chosen",
    "error-too-many-chosen",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_its_sentence() {
        let field = |kind, min: &str, max: &str| FormField {
            required: true,
            min: min.to_owned(),
            max: max.to_owned(),
            choices: vec![Choice {
                id: 1,
                ..Choice::default()
            }],
            ..FormField::new(NO_ID, kind)
        };
        let said = |field: &FormField, value: &str| problem(field, vec![value.to_owned()]);
        let text = field(FieldKind::ShortText, "3", "5");
        assert_eq!(said(&text, " "), Some("error-required"));
        assert_eq!(said(&text, "ab"), Some("error-too-short"));
        assert_eq!(said(&text, "abcdef"), Some("error-too-long"));
        assert_eq!(said(&text, "abcd"), None);
        assert_eq!(
            said(&field(FieldKind::Date, "", ""), "?"),
            Some("error-day")
        );
        assert_eq!(
            said(&field(FieldKind::Email, "", ""), "a"),
            Some("error-email")
        );
        assert_eq!(
            problem(&field(FieldKind::TickBox, "", ""), vec![]),
            Some("error-tick")
        );
        assert_eq!(
            problem(&field(FieldKind::OneChoice, "", ""), vec![]),
            Some("error-choose")
        );
        assert_eq!(said(&field(FieldKind::OneChoice, "", ""), "1"), None);
    }
}
