//! The catalogue: every text a person reads, in every language, as [Fluent](https://projectfluent.org) files in `locales/`.
//!
//! The language of a page or message is known when it is made and does not change under it, so texts are plain
//! `String`s: `t!(language, "trainings-title")`, `t!(language, "panel-foot-added", count = 6)`.
//! A key that is missing shows itself, and a test makes sure that none is.

#[cfg(feature = "dates")]
pub mod dates;
mod sizes;

use convoke_domain::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue;
pub use sizes::file_size;

macro_rules! catalogue {
    ($language:literal: $($area:literal)+) => {
        &[$(include_str!(concat!("../locales/", $language, "/", $area, ".ftl"))),+]
    };
}

/// The areas of the catalogue; each is one file per language.
const EN: &[&str] = catalogue!("en": "common" "console" "selection" "people" "public" "mail" "errors" "server" "invitations" "messages" "import" "documents" "presence" "attendance" "join" "registration" "builder" "trainer" "history" "import_page" "texts" "retention" "opt_out" "sender" "attachments");
const FR: &[&str] = catalogue!("fr": "common" "console" "selection" "people" "public" "mail" "errors" "server" "invitations" "messages" "import" "documents" "presence" "attendance" "join" "registration" "builder" "trainer" "history" "import_page" "texts" "retention" "opt_out" "sender" "attachments");

static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("en", EN));
static FRENCH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("fr", FR));

fn bundle(language: &str, sources: &[&str]) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks around values would be visible in plain-text mails and break tests by name.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(if language == "fr" {
        |value, _| grouped(value, '\u{202f}')
    } else {
        |value, _| grouped(value, ',')
    }));
    for source in sources {
        // A file with an error still gives its good entries; the tests refuse it.
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(good, _)| good);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// A whole number with its thousands apart: 1,203. Numbers that are no amounts, like years, are given as text.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let digits = number.as_string();
    if digits.len() < 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut text = String::with_capacity(digits.len() + 4);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

/// The text of `key` in `language`, with `values` in its places; the key itself when there is none.
pub fn text(language: Language, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
    let bundle = match language {
        Language::En => &*ENGLISH,
        Language::Fr => &*FRENCH,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
        return key.to_owned();
    };
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        args.set(*name, value.clone());
    }
    let mut errors = Vec::new();
    bundle
        .format_pattern(pattern, Some(&args), &mut errors)
        .into_owned()
}

/// The text of a key: `t!(language, "key")` or `t!(language, "key", name = value, …)`.
#[macro_export]
macro_rules! t {
    ($language:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text($language, $key, &[$((stringify!($name), $crate::FluentValue::from($value))),*])
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Keys of a language with the variables each uses.
    fn entries(sources: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let mut all = BTreeMap::new();
        for source in sources {
            let resource = fluent_bundle::FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("a locale file does not parse: {errors:?}"));
            drop(resource);
            let mut key = String::new();
            for line in source.lines() {
                if let Some((name, _)) = line.split_once('=')
                    && line.starts_with(|c: char| c.is_ascii_alphabetic())
                {
                    name.trim().clone_into(&mut key);
                    assert!(
                        all.insert(key.clone(), BTreeSet::new()).is_none(),
                        "{key} stands twice"
                    );
                }
                for rest in line.split('$').skip(1) {
                    let variable: String = rest
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                        .collect();
                    if let Some(variables) = all.get_mut(&key) {
                        variables.insert(variable);
                    }
                }
            }
        }
        all
    }

    #[test]
    fn both_languages_have_the_same_texts_with_the_same_places() {
        let (english, french) = (entries(EN), entries(FR));
        let missing: Vec<_> = english
            .keys()
            .filter(|k| !french.contains_key(*k))
            .collect();
        let extra: Vec<_> = french
            .keys()
            .filter(|k| !english.contains_key(*k))
            .collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "missing in French: {missing:?}; only in French: {extra:?}"
        );
        for (key, variables) in &english {
            assert_eq!(variables, &french[key], "{key}");
        }
    }

    /// Every key that the program names in a string is in the catalogue: a text is never shown as its key.
    #[test]
    fn every_key_the_program_names_exists() {
        let keys = entries(EN);
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut missing = Vec::new();
        let mut folders: Vec<_> = ["app/src", "server/src", "crates"]
            .iter()
            .map(|f| root.join(f))
            .collect();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs")
                    && !path.ends_with("texts/src/lib.rs")
                {
                    let source = std::fs::read_to_string(&path).unwrap();
                    // The macro `t!`, and `tr!` of the app, whose key is the first literal among their first two arguments.
                    for (at, _) in source.match_indices("!(") {
                        let name: String = source[..at]
                            .chars()
                            .rev()
                            .take_while(|c| c.is_alphanumeric() || *c == '_')
                            .collect();
                        if !matches!(name.as_str(), "t" | "rt") {
                            continue;
                        }
                        let call = &source[at + 2..];
                        let Some((before, rest)) = call.split_once('"') else {
                            continue;
                        };
                        let Some((key, _)) = rest.split_once('"') else {
                            continue;
                        };
                        let before = before.trim();
                        let literal = before.is_empty()
                            || before.ends_with(',') && before.matches(',').count() == 1;
                        if literal && !keys.contains_key(key) {
                            missing.push(format!("{key} ({})", path.display()));
                        }
                    }
                }
            }
        }
        assert!(missing.is_empty(), "not in the catalogue: {missing:#?}");
    }

    /// French sets marks apart from their words, by a space at which no line breaks: U+202F before `;`, `!` and `?`, U+00A0 before `:` and within « ».
    /// (SMS are plain: their alphabet has no such spaces.)
    #[test]
    fn french_marks_stay_with_their_words() {
        const WIDE: Option<char> = Some('\u{a0}');
        const NARROW: Option<char> = Some('\u{202f}');
        let mut wrong = Vec::new();
        let mut is_sms = false;
        for line in FR.iter().flat_map(|source| source.lines()) {
            if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                is_sms = line.starts_with("sms-");
            }
            if is_sms || line.starts_with('#') {
                continue;
            }
            let signs: Vec<char> = line.chars().collect();
            let fits = signs.iter().enumerate().all(|(at, sign)| {
                let before = at.checked_sub(1).map(|before| signs[before]);
                let after = signs.get(at + 1).copied();
                match sign {
                    ';' | '!' | '?' => before == NARROW,
                    ':' => before != Some(' '),
                    '»' => before == WIDE,
                    '«' => after == WIDE,
                    _ => true,
                }
            });
            if !fits {
                wrong.push(line);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn plurals_and_values() {
        assert_eq!(t!(Language::En, "people-count", count = 1), "1 person");
        assert_eq!(t!(Language::En, "people-count", count = 3), "3 people");
        assert_eq!(t!(Language::Fr, "people-count", count = 1), "1 personne");
        assert_eq!(
            t!(Language::En, "people-count", count = 100_000),
            "100,000 people"
        );
        assert_eq!(t!(Language::En, "people-count", count = 999), "999 people");
        assert_eq!(
            t!(Language::Fr, "people-count", count = 1203),
            "1\u{202f}203 personnes"
        );
        assert_eq!(t!(Language::En, "no-such-key"), "no-such-key");
    }
}
