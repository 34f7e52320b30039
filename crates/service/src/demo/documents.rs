//! The documents of the demonstration: a plan to print, which trainees see, and a link that they do not see yet.

use super::trainings::Stage;
use convoke_domain::{DocumentId, Timestamp, TrainingId};
use convoke_storage::documents::{Content, NewDocument, StoredFile};
use convoke_storage::{StorageError, Transaction};
use std::fmt::Write;

const FILE_NAME: &str = "Evacuation plan, building B.pdf";

/// What the plan says; an empty line is a gap.
const LINES: [&str; 10] = [
    "Stay calm. Press the nearest alarm button.",
    "Call 18 or 112: who you are, where it burns, what burns.",
    "Close doors and windows. Do not use the lifts.",
    "Leave by the green signs; staircase B2 is the way out of room B204.",
    "Help whoever needs help. Nobody goes back for anything.",
    "Assembly point: car park P3, beside the flagpoles.",
    "Stay there until your name has been called.",
    "",
    "Extinguishers: on every landing. Water for paper and wood,",
    "carbon dioxide for anything with a plug.",
];

/// Adds them.
pub(super) async fn add(
    stage: &Stage<'_>,
    work: &mut Transaction,
    training: TrainingId,
    at: Timestamp,
) -> Result<(), StorageError> {
    let service = stage.service;
    let new = |id: DocumentId, title: &str, content: Content, shared: bool| NewDocument {
        id,
        organisation_id: stage.organisation_id,
        training_id: training,
        title: title.to_owned(),
        content,
        shared,
        by: Some(stage.administrator),
        at,
    };
    let id: DocumentId = service.id();
    let pdf = pdf("Evacuation plan, building B", &LINES);
    let file = StoredFile {
        name: FILE_NAME.to_owned(),
        media_type: "application/pdf".to_owned(),
        size: u64::try_from(pdf.len()).unwrap_or_default(),
        storage_key: format!("{}/{training}/{id}", stage.organisation_id),
    };
    // Commands and tests that opened no place for files have a demonstration without one.
    if service.files.is_open() {
        match service.files.put(&file.storage_key, pdf).await {
            Ok(()) => {
                let plan = new(id, FILE_NAME, Content::File(file), true);
                work.insert_document(&plan).await?;
            }
            Err(cause) => tracing::warn!(%cause, "the document of the demonstration is left out"),
        }
    }
    let address = Content::Link("https://example.org/films/which-extinguisher".to_owned());
    let link = new(
        service.id(),
        "Film: which extinguisher for which fire",
        address,
        false,
    );
    work.insert_document(&link).await
}

/// A PDF of one A4 page: a title and lines of ASCII text.
fn pdf(title: &str, lines: &[&str]) -> Vec<u8> {
    let mut page = String::new();
    // A green bar, the title on it in white, the lines below.
    let _ = writeln!(page, "0.05 0.45 0.25 rg 0 752 595 90 re f");
    let _ = writeln!(
        page,
        "BT /F2 26 Tf 1 1 1 rg 56 786 Td ({}) Tj ET",
        escaped(title)
    );
    let _ = writeln!(page, "BT /F1 14 Tf 0.1 0.1 0.1 rg 56 710 Td 26 TL");
    for line in lines {
        let _ = writeln!(page, "({}) Tj T*", escaped(line));
    }
    page.push_str("ET\n");
    let font = |name: &str| {
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R \
         /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>"
            .to_owned(),
        font("Helvetica"),
        font("Helvetica-Bold"),
        format!("<< /Length {} >>\nstream\n{page}endstream", page.len()),
        format!("<< /Title ({}) >>", escaped(title)),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, count) = (out.len(), objects.len() + 1);
    let _ = write!(
        out,
        "xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R /Info {} 0 R >>\n\
         startxref\n{start}\n%%EOF\n",
        objects.len()
    );
    out.into_bytes()
}

/// A text inside the parentheses of PDF.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('(', "\\(")
        .replace(')', "\\)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_a_pdf_leads_to_its_objects() {
        let pdf = String::from_utf8(pdf("A (test)", &["one", "", "two"])).unwrap();
        let (_, start) = pdf.rsplit_once("startxref\n").unwrap();
        let start: usize = start.lines().next().unwrap().parse().unwrap();
        let table = &pdf[start..];
        assert!(table.starts_with("xref\n0 8\n"));
        for (number, line) in (1..8).zip(table.lines().skip(3)) {
            let at: usize = line[..10].parse().unwrap();
            assert_eq!(line.len(), 19, "with its line end 20 bytes");
            assert!(pdf[at..].starts_with(&format!("{number} 0 obj\n")));
        }
        assert!(pdf.contains("(A \\(test\\)) Tj"));
    }
}
