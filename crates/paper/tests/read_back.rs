//! Sheets are read back with `pdftotext` (poppler), as a reader of PDF would: names of any direction, pages, signatures.

use convoke_domain::attendance::Signature;
use convoke_paper::{Certificate, Column, Fact, Head, Line, Mark, PersonRow, Sheet};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The text of a PDF, in reading order of its lines.
fn text(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is there: apt-get install poppler-utils");
    let mut stdin = reader.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes).unwrap());
    let output = reader.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "no PDF");
    // Readers mark the direction of a part with characters of their own.
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.replace(
        ['\u{202a}', '\u{202b}', '\u{202c}', '\u{200e}', '\u{200f}'],
        "",
    );
    // Poppler turns right-to-left text around letter by letter, and with it the two letters that one sign stands for (lam and alef).
    text.replace("أل", "لأ")
}

fn head() -> Head {
    Head {
        language: "en".to_owned(),
        organisation: "Acme Académie".to_owned(),
        kind: "Attendance sheet".to_owned(),
        title: "Fire Safety".to_owned(),
        facts: vec![Fact {
            label: "Where:".to_owned(),
            value: "Room 2.14".to_owned(),
        }],
        made: "Made on 9 December 2026, 17:05".to_owned(),
        page: "Page # of %".to_owned(),
    }
}

fn columns(count: usize) -> Vec<Column> {
    (0..count)
        .map(|n| Column {
            day: format!("Day {}", n / 2 + 1),
            half: if n % 2 == 0 { "Morning" } else { "Afternoon" }.to_owned(),
        })
        .collect()
}

fn mark(word: &str, detail: &str, drawn: &str) -> Mark {
    Mark {
        word: word.to_owned(),
        detail: detail.to_owned(),
        signature: drawn.parse::<Signature>().ok(),
    }
}

fn sheet(names: &[&str], half_days: usize) -> Sheet {
    Sheet {
        head: head(),
        name_label: "Name".to_owned(),
        trainer_label: "Trainer’s signature:".to_owned(),
        columns: columns(half_days),
        rows: names
            .iter()
            .map(|name| PersonRow {
                name: (*name).to_owned(),
                marks: vec![mark("Present", "08:52", "100,100 200,50 -100,40"); half_days],
            })
            .collect(),
    }
}

#[test]
fn names_are_read_as_they_are_written() {
    let names = [
        "Zoé Müller-Nguyễn",
        "Łukasz Żółć",
        "Şeyma Öztürk",
        "Ελένη Παπαδοπούλου",
        "Сергей Ёлкин",
        "محمد الأمين",
        "דוד כהן",
    ];
    let text = text(&sheet(&names, 4).pdf().unwrap());
    for name in names {
        for word in name.split(' ') {
            assert!(text.contains(word), "{word} is not in\n{text}");
        }
    }
    for word in [
        "Acme Académie",
        "Attendance sheet",
        "Where:",
        "Room 2.14",
        "Day 2",
        "Afternoon",
        "Present · 08:52",
        "Trainer’s signature:",
        "Page 1 of 1",
    ] {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
}

#[test]
fn three_hundred_people_and_ten_half_days_take_pages() {
    let names: Vec<String> = (0..300).map(|n| format!("Person {n:03} Family")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let begun = std::time::Instant::now();
    let pdf = sheet(&names, 10).pdf().unwrap();
    println!("{} bytes in {:?}", pdf.len(), begun.elapsed());
    let text = text(&pdf);
    let pages = text.matches('\u{c}').count();
    assert!(pages > 20, "{pages} pages");
    assert!(text.contains(&format!("Page {pages} of {pages}")), "{text}");
    for name in names {
        assert_eq!(
            text.matches(name).count(),
            2,
            "{name}: once for each set of half-days"
        );
    }
    assert_eq!(text.matches("Present · 08:52").count(), 3_000);
    assert!(pdf.len() < 3_000_000, "{} bytes", pdf.len());
}

#[test]
fn an_empty_sheet_is_a_page() {
    let text = text(&sheet(&[], 0).pdf().unwrap());
    assert!(
        text.contains("Fire Safety") && text.contains("Page 1 of 1"),
        "{text}"
    );
}

#[test]
fn a_signature_is_drawn() {
    let with = sheet(&["Anna"], 1).pdf().unwrap();
    let mut without = sheet(&["Anna"], 1);
    without.rows[0].marks[0].signature = None;
    let without = without.pdf().unwrap();
    assert_ne!(with, without);
    assert_eq!(
        text(&with).split_whitespace().count(),
        text(&without).split_whitespace().count()
    );
}

#[test]
fn the_sheet_of_one_person() {
    let certificate = Certificate {
        head: head(),
        name: "سارة Müller".to_owned(),
        sum: "Present on 3 of 4 half-days.".to_owned(),
        labels: ["Half-day", "Attendance", "Signature"].map(str::to_owned),
        sign_label: "For the organisation:".to_owned(),
        lines: columns(4)
            .into_iter()
            .enumerate()
            .map(|(n, column)| Line {
                column,
                mark: match n {
                    0 => mark("Present", "08:52", "100,100 200,50"),
                    1 => mark("Present", "13:58 · signed as سارة", ""),
                    2 => mark("Excused", "", ""),
                    _ => Mark::default(),
                },
            })
            .collect(),
    };
    let text = text(&certificate.pdf().unwrap());
    for word in [
        "سارة",
        "Müller",
        "Present on 3 of 4 half-days.",
        "Excused",
        "signed as",
        "For the organisation:",
    ] {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
}
