//! Addresses as people paste them: a column of a spreadsheet, the recipients of a mail, or what they typed.

/// More addresses than this in one text are refused: files are imported.
pub const MAX_ENTRIES: usize = 5_000;
/// More bytes than this in one text are refused.
pub const MAX_BYTES: usize = 512 * 1024;

/// One address of a pasted text, good or bad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The line it stands on, from 1.
    pub line: u32,
    /// What is taken for the address: an e-mail or a mobile, not looked at yet.
    pub address: String,
    /// First name, if a name stands beside the address.
    pub first_name: String,
    /// Last name, if a name stands beside the address.
    pub last_name: String,
}

/// The addresses of a text, in their order: one a line, or separated by commas, semicolons or tabs; e-mails by spaces too. A name may stand
/// before an address in angle brackets, as mail programs write it: `Anna Müller <anna@x.org>`, `"Müller, Anna" <anna@x.org>`.
pub fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        for part in content.split([';', '\t']) {
            if part.contains('<') {
                bracketed(part, line, &mut entries);
            } else {
                for piece in part.split(',') {
                    bare(piece, line, &mut entries);
                }
            }
        }
    }
    entries
}

/// `Name <address>, Name <address>`: what stands between two brackets is the next one's name.
fn bracketed(part: &str, line: u32, entries: &mut Vec<Entry>) {
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('<') {
        let (address, following) = after.split_once('>').unwrap_or((after, ""));
        let mut name = before.trim_matches(|c: char| c == ',' || c.is_whitespace());
        // An address without brackets may stand before one with them: `a@x.org, Anna <b@x.org>`.
        while let Some((first, others)) = name.split_once(',') {
            if !first.contains('@') {
                break;
            }
            bare(first, line, entries);
            name = others.trim();
        }
        let (first_name, last_name) = names(name);
        entries.push(Entry {
            line,
            address: address.trim().to_owned(),
            first_name,
            last_name,
        });
        rest = following;
    }
    for piece in rest.split(',') {
        bare(piece, line, entries);
    }
}

/// An address without a name. Spaces separate e-mails, and stand within mobiles.
fn bare(piece: &str, line: u32, entries: &mut Vec<Entry>) {
    let clean = |text: &str| {
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'))
            .to_owned()
    };
    let mut push = |address: String| {
        if !address.is_empty() {
            entries.push(Entry {
                line,
                address,
                ..Entry::default()
            });
        }
    };
    if piece.matches('@').count() > 1 {
        piece.split_whitespace().map(clean).for_each(push);
    } else {
        push(clean(piece));
    }
}

/// First and last name: `Müller, Anna` the other way round than `Anna Müller`.
fn names(name: &str) -> (String, String) {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let (first, last) = match name.split_once(',') {
        Some((last, first)) => (first, last),
        None => name.rsplit_once(char::is_whitespace).unwrap_or(("", name)),
    };
    (first.trim().to_owned(), last.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(u32, String, String, String)> {
        entries(text)
            .into_iter()
            .map(|e| (e.line, e.address, e.first_name, e.last_name))
            .collect()
    }

    fn addresses(text: &str) -> Vec<String> {
        entries(text).into_iter().map(|e| e.address).collect()
    }

    #[test]
    fn lines_commas_semicolons_tabs_and_spaces_separate() {
        assert_eq!(
            addresses("a@x.org\r\nb@x.org, c@x.org;d@x.org\te@x.org\n\n f@x.org g@x.org \n"),
            [
                "a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org", "f@x.org", "g@x.org"
            ]
        );
        assert_eq!(
            addresses("+33 6 39 98 12 34, 06.39.98.12.35"),
            ["+33 6 39 98 12 34", "06.39.98.12.35"]
        );
        assert_eq!(addresses(" \n,;,\n\t"), Vec::<String>::new());
    }

    #[test]
    fn names_are_read_as_mail_programs_write_them() {
        let one = |text: &str| {
            let all = read(text);
            assert_eq!(all.len(), 1, "{all:?}");
            let (_, address, first, last) = all.into_iter().next().expect("one");
            assert_eq!(address, "anna@x.org");
            (first, last)
        };
        let anna = ("Anna".to_owned(), "Müller".to_owned());
        assert_eq!(one("Anna Müller <anna@x.org>"), anna);
        assert_eq!(one("\"Müller, Anna\" <anna@x.org>"), anna);
        assert_eq!(one("Müller, Anna <anna@x.org>"), anna);
        assert_eq!(one("<anna@x.org>"), (String::new(), String::new()));
        assert_eq!(one("'anna@x.org'"), (String::new(), String::new()));
        assert_eq!(
            one("Anna Maria O’Neill <anna@x.org>"),
            ("Anna Maria".to_owned(), "O’Neill".to_owned())
        );
    }

    #[test]
    fn several_with_names_on_one_line() {
        let found =
            read("1@x.org, Müller, Anna <2@x.org>, Marc Petit <3@x.org>; <4@x.org>, 5@x.org");
        let expected = [
            ("1@x.org", "", ""),
            ("2@x.org", "Anna", "Müller"),
            ("3@x.org", "Marc", "Petit"),
            ("4@x.org", "", ""),
            ("5@x.org", "", ""),
        ];
        let expected = expected.map(|(a, f, l)| (1, a.to_owned(), f.to_owned(), l.to_owned()));
        assert_eq!(found, expected);
    }

    proptest! {
        /// Whatever is pasted, no address is lost, and none is empty.
        #[test]
        fn every_address_is_found(words in prop::collection::vec("[a-z]{1,8}", 1..20), separators in prop::collection::vec(prop::sample::select(vec![",", ";", "\n", "\t", ", ", " ; ", "\r\n", " "]), 20)) {
            let addresses: Vec<String> = words.iter().map(|w| format!("{w}@x.org")).collect();
            let mut text = String::new();
            for (address, separator) in addresses.iter().zip(&separators) {
                text.push_str(address);
                text.push_str(separator);
            }
            prop_assert_eq!(super::entries(&text).into_iter().map(|e| e.address).collect::<Vec<_>>(), addresses);
        }

        #[test]
        fn nothing_makes_it_fail(text in "\\PC*") {
            for entry in entries(&text) {
                prop_assert!(entry.line >= 1);
            }
        }
    }
}
