//! Which files are taken, and under what name.

use unicode_normalization::UnicodeNormalization;

/// Longest file name, in characters.
const MAX_FILE_NAME: usize = 120;

/// A kind of file: its ending, its media type, and whether a browser may show it itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The ending, without the dot.
    pub ending: &'static str,
    /// The media type.
    pub media_type: &'static str,
    /// Pictures may be shown, everything else is downloaded. No SVG: it can hold a script. No PDF: browsers do not show one in the
    /// sandbox that a stranger's file is kept in.
    pub inline: bool,
}

const fn kind(ending: &'static str, media_type: &'static str) -> Kind {
    Kind {
        ending,
        media_type,
        inline: false,
    }
}

const fn picture(ending: &'static str, media_type: &'static str) -> Kind {
    Kind {
        ending,
        media_type,
        inline: true,
    }
}

/// Every kind that is taken.
pub const KINDS: &[Kind] = &[
    kind("pdf", "application/pdf"),
    kind("txt", "text/plain; charset=utf-8"),
    kind("md", "text/markdown; charset=utf-8"),
    kind("csv", "text/csv; charset=utf-8"),
    kind("doc", "application/msword"),
    kind(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    kind("xls", "application/vnd.ms-excel"),
    kind(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    kind("ppt", "application/vnd.ms-powerpoint"),
    kind(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    kind("odt", "application/vnd.oasis.opendocument.text"),
    kind("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    kind("odp", "application/vnd.oasis.opendocument.presentation"),
    picture("png", "image/png"),
    picture("jpg", "image/jpeg"),
    picture("jpeg", "image/jpeg"),
    picture("gif", "image/gif"),
    picture("webp", "image/webp"),
    kind("svg", "image/svg+xml"),
    kind("mp4", "video/mp4"),
    kind("webm", "video/webm"),
    kind("mp3", "audio/mpeg"),
    kind("zip", "application/zip"),
];

/// The endings for `accept`: `.pdf,.docx,…`.
pub fn accept() -> String {
    let endings: Vec<String> = KINDS.iter().map(|k| format!(".{}", k.ending)).collect();
    endings.join(",")
}

/// The kind of a file, by the ending of its name.
pub fn kind_of(name: &str) -> Option<Kind> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    KINDS.iter().copied().find(|kind| kind.ending == ending)
}

/// Whether a character is left out of names: control characters, and marks that turn the direction of writing or cannot be seen, which
/// make `exe.pdf` out of `fdp.exe`. The joiners of Persian and of emoji stay.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// A line of text as it can be shown: composed, without hidden characters, white space in single blanks.
pub fn one_line(text: &str) -> String {
    let shown: String = text
        .nfc()
        .map(|c| {
            if matches!(c, '\t' | '\n' | '\r') {
                ' '
            } else {
                c
            }
        })
        .filter(|c| !is_hidden(*c))
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name a file is kept and downloaded under: the last part of a path, on one line, with nothing in it that a file system does not take.
pub fn file_name(sent: &str) -> String {
    // Browsers write these three so in a form (HTML standard, multipart/form-data encoding).
    let sent = sent
        .replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n");
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = one_line(last)
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c => c,
        })
        .collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let Some((stem, ending)) = clean.rsplit_once('.') else {
        return clean.chars().take(MAX_FILE_NAME).collect();
    };
    let room = MAX_FILE_NAME.saturating_sub(ending.chars().count() + 1);
    let stem: String = stem.chars().take(room).collect();
    format!("{}.{ending}", stem.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_they_are_kept() {
        for (sent, kept) in [
            ("plan.pdf", "plan.pdf"),
            ("C:\\Users\\nadia\\Plan 1.PDF", "Plan 1.PDF"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("Pla\u{301}n\u{200b}.pdf", "Plán.pdf"),
            ("re%22port%0D%0AX-Evil: 1.pdf", "re_port X-Evil_ 1.pdf"),
            ("re\"port\r\nX: 1.pdf", "re_port X_ 1.pdf"),
            (" .hidden.pdf ", "hidden.pdf"),
            ("🔥 consignes.pdf", "🔥 consignes.pdf"),
            ("خطة.pdf", "خطة.pdf"),
            ("", ""),
            ("...", ""),
        ] {
            assert_eq!(file_name(sent), kept, "{sent:?}");
        }
        let long = file_name(&format!("{}.pdf", "é".repeat(300)));
        assert_eq!(long.chars().count(), MAX_FILE_NAME);
        assert!(long.ends_with("é.pdf"));
    }

    #[test]
    fn kinds_by_ending() {
        assert_eq!(kind_of("Plan.PDF").unwrap().media_type, "application/pdf");
        assert!(!kind_of("x.svg").unwrap().inline);
        for refused in [
            "x.html",
            "x.js",
            "x.exe",
            "x",
            "x.pdf.exe",
            "pdf",
            "x.xhtml",
        ] {
            assert_eq!(kind_of(refused), None, "{refused}");
        }
        assert!(accept().starts_with(".pdf,.txt,"));
    }
}
