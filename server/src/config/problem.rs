//! What is wrong with a configuration, in plain words.

use convoke_domain::Language;
use convoke_texts::text;

/// One thing that is wrong: where, what, and how it could look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The environment variable.
    pub variable: &'static str,
    /// The key of the sentence that says what is wrong.
    key: &'static str,
    /// How it could look.
    example: String,
    /// What stands there now; only of variables that hold no secret.
    value: Option<String>,
    /// The words of whoever refused: the operating system, the database, the mail server.
    cause: String,
}

impl Problem {
    /// A problem with a variable.
    pub fn new(variable: &'static str, key: &'static str, example: &str) -> Self {
        Self {
            variable,
            key,
            example: example.to_owned(),
            value: None,
            cause: String::new(),
        }
    }

    /// Shows what stands there. Never for a variable that may hold a password.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = Some(value.to_owned());
        self
    }

    /// Adds the words of whoever refused.
    #[must_use]
    pub fn cause(mut self, cause: &dyn std::fmt::Display) -> Self {
        self.cause = cause.to_string();
        self
    }

    /// The lines a person reads.
    pub fn describe(&self, language: Language) -> String {
        let mut out = format!(
            "{}: {}",
            self.variable,
            text(language, self.key, &[("cause", self.cause.as_str().into())])
        );
        if let Some(value) = &self.value {
            out.push_str("\n    ");
            out.push_str(&text(
                language,
                "check-value",
                &[("value", value.as_str().into())],
            ));
        }
        if !self.example.is_empty() {
            out.push_str("\n    ");
            out.push_str(&text(
                language,
                "check-example",
                &[("example", self.example.as_str().into())],
            ));
        }
        out
    }
}

/// The language of the command line: that of `LC_ALL`, `LC_MESSAGES` or `LANG`, whichever is set first.
pub fn language() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    if set.starts_with("fr") {
        Language::Fr
    } else {
        Language::En
    }
}
