//! Folding of names, so that search forgives how a name is written.
//!
//! Specification, section 4: case, accents, word order, hyphens and apostrophes are ignored;
//! ue = ü, oe = ö, ae = ä, ss = ß; several words must all match, each anywhere in last name, first
//! name, e-mail or employee id.
//!
//! Every field is stored in up to three **forms**, joined by spaces in one `search_text`:
//! *plain* (`müller` → `muller`), *expanded* (`mueller`) and *collapsed* (digraphs shortened, so that a
//! stored `Mueller` is also `muller`). A word of the query has up to three forms too, and matches when one of
//! them is part of the stored text. Folded text has letters and digits only, so it can stand in a
//! `LIKE` pattern as it is, and both databases and the browser compare the same bytes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What folding has to know of Unicode. The rules stand in this module once; a browser brings the tables itself, and they need not be
/// sent to it.
pub trait Unicode {
    /// The text with composed characters (normalization form C).
    fn composed(text: &str) -> String;
    /// A character taken apart into base and marks, compatibility forms too (normalization form KD).
    fn decomposed(c: char) -> String;
    /// Whether it is a mark that combines with a character (general category M).
    fn is_mark(c: char) -> bool;
}

/// The tables that are part of the program.
pub struct OwnTables;

impl Unicode for OwnTables {
    fn composed(text: &str) -> String {
        text.nfc().collect()
    }

    fn decomposed(c: char) -> String {
        std::iter::once(c).nfkd().collect()
    }

    fn is_mark(c: char) -> bool {
        is_combining_mark(c)
    }
}

/// Lower case, no accents, letters and digits only: `O’Neill` → `oneill`, `Łódź` → `lodz`, `Straße` → `strasse`.
pub fn plain(text: &str) -> String {
    fold::<OwnTables>(text, false)
}

/// Like [`plain`], with ä, ö, ü written out: `Müller` → `mueller`.
pub fn expanded(text: &str) -> String {
    fold::<OwnTables>(text, true)
}

/// The plain form with `ae`, `oe`, `ue` shortened to their first letter: `Mueller` → `muller`.
pub fn collapsed(text: &str) -> String {
    collapse(&plain(text))
}

fn fold<U: Unicode>(text: &str, expand: bool) -> String {
    if text.is_ascii() {
        // Most addresses and ids; imports fold them by the hundred thousand.
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect();
    }
    let mut out = String::with_capacity(text.len());
    // Compose first, so that a decomposed ü is expanded like a composed one.
    for c in U::composed(text).chars().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'æ' if expand => out.push_str("ae"),
            'ö' | 'ø' | 'œ' if expand => out.push_str("oe"),
            'ü' if expand => out.push_str("ue"),
            _ => fold_char::<U>(c, &mut out),
        }
    }
    out
}

fn fold_char<U: Unicode>(c: char, out: &mut String) {
    if c.is_ascii_lowercase() || c.is_ascii_digit() {
        // Nothing to look up.
        out.push(c);
        return;
    }
    if let Some(letters) = written_out(c) {
        out.push_str(letters);
        return;
    }
    // What a letter decomposes into may have to be written out itself: ᴭ is a raised Æ.
    for part in U::decomposed(c).chars().flat_map(char::to_lowercase) {
        match written_out(part) {
            Some(letters) => out.push_str(letters),
            None if part.is_alphanumeric() && !U::is_mark(part) => out.push(part),
            None => {}
        }
    }
}

/// Letters that Unicode does not decompose into the ones that people type for them.
const fn written_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        _ => return None,
    })
}

fn collapse(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    let mut previous = None;
    for c in plain.chars() {
        if c == 'e' && matches!(previous, Some('a' | 'o' | 'u')) {
            // One `e` belongs to one vowel: the next one stands for itself.
            previous = None;
            continue;
        }
        out.push(c);
        previous = Some(c);
    }
    out
}

fn push_form(forms: &mut Vec<String>, form: String) {
    if !form.is_empty() && !forms.contains(&form) {
        forms.push(form);
    }
}

/// What is stored beside a user for search: all forms of all fields, space-separated.
pub fn search_text(
    last_name: &str,
    first_name: &str,
    email: Option<&str>,
    employee_id: Option<&str>,
) -> String {
    let fields = [
        last_name,
        first_name,
        email.unwrap_or(""),
        employee_id.unwrap_or(""),
    ];
    search_text_of::<OwnTables>(&fields)
}

/// The same for any fields, with tables of one's own.
pub fn search_text_of<U: Unicode>(fields: &[&str]) -> String {
    let mut forms = Vec::with_capacity(8);
    for field in fields {
        let base = fold::<U>(field, false);
        push_form(&mut forms, collapse(&base));
        if !field.is_ascii() {
            push_form(&mut forms, fold::<U>(field, true));
        }
        push_form(&mut forms, base);
    }
    forms.join(" ")
}

/// The key lists are ordered by, byte by byte: folded last name, then first name.
pub fn sort_key(last_name: &str, first_name: &str) -> String {
    format!("{} {}", plain(last_name), plain(first_name))
}

/// A query, ready to be compared: for each word its alternatives, of which one must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// One entry per word; each entry has one to three folded alternatives.
    pub words: Vec<Vec<String>>,
}

/// More words than this are ignored, so that no query grows without bound.
pub const MAX_QUERY_WORDS: usize = 8;

impl Query {
    /// Splits at white space and folds every word; words without a letter or digit are dropped.
    pub fn parse(text: &str) -> Self {
        Self::parse_with::<OwnTables>(text)
    }

    /// The same with tables of one's own.
    pub fn parse_with<U: Unicode>(text: &str) -> Self {
        let words = text
            .split_whitespace()
            .map(|word| {
                let mut forms = Vec::with_capacity(3);
                let base = fold::<U>(word, false);
                let short = collapse(&base);
                // A trailing `ue` may be the start of a longer word: `mue` is not yet `mü`.
                let finished =
                    !(base.ends_with("ae") || base.ends_with("oe") || base.ends_with("ue"));
                push_form(&mut forms, base);
                push_form(&mut forms, fold::<U>(word, true));
                if finished {
                    push_form(&mut forms, short);
                }
                forms
            })
            .filter(|forms| !forms.is_empty())
            .take(MAX_QUERY_WORDS)
            .collect();
        Self { words }
    }

    /// Whether nothing is asked for, so that everyone matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a stored [`search_text`] matches: the reference for what both databases must find.
    pub fn matches(&self, search_text: &str) -> bool {
        self.words
            .iter()
            .all(|forms| forms.iter().any(|form| search_text.contains(form.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(query: &str, last: &str, first: &str) -> bool {
        Query::parse(query).matches(&search_text(
            last,
            first,
            Some("x.y@example.org"),
            Some("E-0042"),
        ))
    }

    #[test]
    fn examples_of_the_specification() {
        for query in [
            "mull",
            "mueller",
            "MÜLLER anna",
            "anna mul",
            "Müller",
            "muller",
            "mue",
            "muel",
        ] {
            assert!(finds(query, "Müller", "Anna"), "{query}");
        }
        assert!(finds("oneill", "O’Neill", "Sean"));
        assert!(finds("o'neill", "O’Neill", "Sean"));
        assert!(finds("ozturk", "Öztürk", "Elif"));
        assert!(finds("oeztuerk", "Öztürk", "Elif"));
    }

    #[test]
    fn spellings_meet_from_both_sides() {
        assert!(finds("müller", "Mueller", "Jan"));
        assert!(finds("muller", "Mueller", "Jan"));
        assert!(finds("strasse", "Straße", "Jan"));
        assert!(finds("straße", "Strasse", "Jan"));
        assert!(finds("jean-pierre", "Martin", "Jean Pierre"));
        assert!(finds("jeanpierre", "Martin", "Jean-Pierre"));
        assert!(finds("de la cruz", "de la Cruz", "Ana"));
        assert!(finds("lukasz", "Łukasz", "Jan"));
        assert!(finds("yilmaz", "Yılmaz", "Elif"));
        assert!(finds("ISTANBUL", "İstanbul", "Ali"));
        assert!(finds("soren", "Sørensen", "Mads"));
        assert!(finds("e-0042", "A", "B"));
        assert!(finds("x.y@example", "A", "B"));
        assert!(finds("محمد", "الأحمد", "محمد"));
        assert!(
            finds("el", "Samuel", "B"),
            "any part, also inside a digraph"
        );
    }

    #[test]
    fn it_does_not_find_others() {
        assert!(!finds("mull bob", "Müller", "Anna"));
        assert!(!finds("mue", "Muñoz", "Ana"));
        assert!(
            !finds("annamull", "Müller", "Anna"),
            "no match across fields"
        );
    }

    #[test]
    fn punctuation_alone_asks_for_nothing() {
        assert!(Query::parse(" ' - ").is_empty());
    }

    proptest! {
        #[test]
        fn folded_text_is_letters_and_digits(text in "\\PC{0,20}") {
            prop_assert!(plain(&text).chars().all(char::is_alphanumeric));
            prop_assert!(expanded(&text).chars().all(char::is_alphanumeric));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
            let once = plain(&text);
            prop_assert_eq!(plain(&once), once);
        }

        #[test]
        fn a_person_is_found_by_the_own_name(last in "\\PC{1,12}", first in "\\PC{1,12}") {
            let stored = search_text(&last, &first, None, None);
            let query = format!("{first} {last}");
            prop_assert!(Query::parse(&query).matches(&stored) || Query::parse(&query).words.len() == MAX_QUERY_WORDS);
        }
    }
}
