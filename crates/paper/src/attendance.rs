//! Attendance sheets: everybody of a training, and one person's.

use crate::PaperError;
use crate::canvas::{Canvas, INK, MUTED, SOFT};
use crate::text::{BOLD, REGULAR};
use convoke_domain::attendance::Signature;
use krilla::Document;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;

/// A4, in points.
const A4: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 36.0;
/// Between the foot of the head and the table.
const GAP: f32 = 10.0;
/// What the foot of a page takes.
const FOOT: f32 = 24.0;

/// What stands above every table.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Language of the words: `en`, `fr`.
    pub language: String,
    /// Name of the organisation.
    pub organisation: String,
    /// "Attendance sheet".
    pub kind: String,
    /// Title of the training.
    pub title: String,
    /// When, where, by whom.
    pub facts: Vec<Fact>,
    /// "Made on 9 December 2026, 17:05".
    pub made: String,
    /// "Page # of %": the page stands for `#`, their number for `%`.
    pub page: String,
}

/// Something that is known of the training.
#[derive(Clone, Debug)]
pub struct Fact {
    /// "Place".
    pub label: String,
    /// "Room 2.14".
    pub value: String,
}

/// A half-day.
#[derive(Clone, Debug)]
pub struct Column {
    /// "Wednesday 9 December".
    pub day: String,
    /// "Morning".
    pub half: String,
}

/// What is known of a person on a half-day.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// "Present"; empty when nothing is.
    pub word: String,
    /// "08:52", "declared: Anna Müller"; perhaps empty.
    pub detail: String,
    /// What they drew.
    pub signature: Option<Signature>,
}

/// A person of a sheet.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Their name.
    pub name: String,
    /// A mark for each half-day.
    pub marks: Vec<Mark>,
}

/// The sheet of a training.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What stands above.
    pub head: Head,
    /// "Name".
    pub name_label: String,
    /// "Trainer's signature".
    pub trainer_label: String,
    /// The half-days.
    pub columns: Vec<Column>,
    /// The people.
    pub rows: Vec<PersonRow>,
}

/// A half-day of one person.
#[derive(Clone, Debug)]
pub struct Line {
    /// The half-day.
    pub column: Column,
    /// What is known.
    pub mark: Mark,
}

/// The sheet of one person.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// What stands above.
    pub head: Head,
    /// Their name.
    pub name: String,
    /// "Present on 4 of 4 half-days."
    pub sum: String,
    /// Heads of the columns: half-day, attendance, signature.
    pub labels: [String; 3],
    /// "For the organisation".
    pub sign_label: String,
    /// The half-days.
    pub lines: Vec<Line>,
}

fn document(head: &Head) -> Document {
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(format!("{} – {}", head.kind, head.title))
            .language(head.language.clone())
            .authors(vec![head.organisation.clone()])
            .creator("Convoke".to_owned()),
    );
    document
}

fn finish(document: Document) -> Result<Vec<u8>, PaperError> {
    document
        .finish()
        .map_err(|cause| PaperError(format!("{cause:?}")))
}

/// One page: draws its head and foot, and what `inside` draws, from the height that it is given.
fn page(
    document: &mut Document,
    (width, height): (f32, f32),
    head: &Head,
    (number, all): (usize, usize),
    inside: impl FnOnce(&mut Canvas<'_>, f32),
) {
    let Some(settings) = PageSettings::from_wh(width, height) else {
        return;
    };
    let mut page = document.start_page_with(settings);
    let mut canvas = Canvas::new(page.surface());
    let top = draw_head(&mut canvas, head, width);
    inside(&mut canvas, top);
    let foot = height - MARGIN + 8.0;
    canvas.text(&REGULAR, &head.made, 7.5, (MARGIN, foot), MUTED);
    let numbers = head
        .page
        .replace('#', &number.to_string())
        .replace('%', &all.to_string());
    let line = REGULAR.set(&numbers);
    let left = width - MARGIN - line.width * 7.5;
    canvas.line(&REGULAR, &line, 7.5, (left, foot), MUTED);
    canvas.finish();
    page.finish();
}

/// Draws the head; gives the height at which it ends.
fn draw_head(canvas: &mut Canvas<'_>, head: &Head, width: f32) -> f32 {
    let inner = width - 2.0 * MARGIN;
    canvas.text(
        &BOLD,
        &head.organisation,
        9.0,
        (MARGIN, MARGIN + 9.0),
        MUTED,
    );
    let kind = BOLD.set(&head.kind);
    let left = width - MARGIN - kind.width * 9.0;
    canvas.line(&BOLD, &kind, 9.0, (left, MARGIN + 9.0), MUTED);
    let mut y = MARGIN + 14.0;
    for line in BOLD.wrap(&head.title, 16.0, inner).iter().take(3) {
        y += 19.0;
        canvas.line(&BOLD, line, 16.0, (MARGIN, y), INK);
    }
    y += 4.0;
    for fact in &head.facts {
        let label = format!("{} ", fact.label);
        let label = BOLD.set(&label);
        let indent = label.width * 8.5;
        y += 12.0;
        canvas.line(&BOLD, &label, 8.5, (MARGIN, y), MUTED);
        for (n, line) in REGULAR
            .wrap(&fact.value, 8.5, inner - indent)
            .iter()
            .take(3)
            .enumerate()
        {
            if n > 0 {
                y += 11.0;
            }
            canvas.line(&REGULAR, line, 8.5, (MARGIN + indent, y), INK);
        }
    }
    y + GAP
}

/// How high the head is.
fn head_height(head: &Head, width: f32) -> f32 {
    let inner = width - 2.0 * MARGIN;
    let title = BOLD.wrap(&head.title, 16.0, inner).len().min(3);
    let facts: f32 = head
        .facts
        .iter()
        .map(|fact| {
            let indent = BOLD.set(&format!("{} ", fact.label)).width * 8.5;
            let lines = REGULAR.wrap(&fact.value, 8.5, inner - indent).len();
            12.0 + 11.0 * small(lines.clamp(1, 3) - 1)
        })
        .sum();
    MARGIN + 14.0 + 19.0 * small(title) + 4.0 + facts + GAP
}

/// A small number.
fn small(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

impl Sheet {
    /// The width of the names.
    const NAMES: f32 = 170.0;
    /// The most half-days side by side.
    const SIDE_BY_SIDE: usize = 6;
    const TABLE_HEAD: f32 = 30.0;
    const SIGNING: f32 = 40.0;

    /// How high a row is: signatures need room.
    fn row_height(&self) -> f32 {
        let signed = |row: &PersonRow| row.marks.iter().any(|mark| mark.signature.is_some());
        if self.rows.iter().any(signed) {
            34.0
        } else {
            24.0
        }
    }

    /// The PDF: landscape, as many pages as it takes.
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        let (width, height) = (A4.1, A4.0);
        let row_height = self.row_height();
        let room = height
            - head_height(&self.head, width)
            - Self::TABLE_HEAD
            - Self::SIGNING
            - MARGIN
            - FOOT;
        let mut per_page = 1;
        while small(per_page + 1) * row_height <= room {
            per_page += 1;
        }
        let sets = self.columns.len().div_ceil(Self::SIDE_BY_SIDE).max(1);
        // Evenly, rather than one alone on the last page.
        let per_set = self.columns.len().div_ceil(sets).max(1);
        let sets: Vec<(usize, usize)> = (0..sets)
            .map(|set| {
                let from = (set * per_set).min(self.columns.len());
                (from, (from + per_set).min(self.columns.len()))
            })
            .collect();
        let chunks: Vec<&[PersonRow]> = if self.rows.is_empty() {
            vec![&[]]
        } else {
            self.rows.chunks(per_page).collect()
        };
        let all = chunks.len() * sets.len();
        let mut document = document(&self.head);
        let mut number = 0;
        for set in &sets {
            for rows in &chunks {
                number += 1;
                page(
                    &mut document,
                    (width, height),
                    &self.head,
                    (number, all),
                    |canvas, top| {
                        let at = (top, width, height);
                        self.draw(canvas, at, *set, rows, row_height);
                    },
                );
            }
        }
        finish(document)
    }

    fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        (top, width, height): (f32, f32, f32),
        (from, to): (usize, usize),
        rows: &[PersonRow],
        row_height: f32,
    ) {
        let right = width - MARGIN;
        let columns = &self.columns[from..to];
        let each = (right - MARGIN - Self::NAMES) / small(columns.len().max(1));
        let left_of = |n: usize| MARGIN + Self::NAMES + each * small(n);
        canvas.block((MARGIN, top, right - MARGIN, Self::TABLE_HEAD), SOFT);
        canvas.text(
            &BOLD,
            &self.name_label,
            8.5,
            (MARGIN + 4.0, top + 18.0),
            INK,
        );
        for (n, column) in columns.iter().enumerate() {
            let place = |y| (left_of(n) + 3.0, top + y, each - 6.0);
            canvas.centred(&BOLD, &column.day, 8.0, place(13.0), INK);
            canvas.centred(&REGULAR, &column.half, 8.0, place(24.0), MUTED);
        }
        let mut y = top + Self::TABLE_HEAD;
        for row in rows {
            draw_name(
                canvas,
                &row.name,
                (MARGIN + 4.0, y, Self::NAMES - 8.0),
                row_height,
            );
            for (n, mark) in row.marks[from..to].iter().enumerate() {
                draw_mark(canvas, mark, (left_of(n) + 3.0, y, each - 6.0, row_height));
            }
            y += row_height;
            canvas.rule((MARGIN, y), (right, y));
        }
        for n in 0..=columns.len() {
            canvas.rule((left_of(n), top), (left_of(n), y));
        }
        canvas.rule((MARGIN, top), (MARGIN, y));
        canvas.rule((MARGIN, top), (right, top));
        let signing = height - MARGIN - FOOT;
        canvas.text(&BOLD, &self.trainer_label, 8.5, (MARGIN, signing), INK);
        let after = BOLD.set(&self.trainer_label).width * 8.5 + 8.0;
        canvas.rule(
            (MARGIN + after, signing + 2.0),
            (MARGIN + after + 220.0, signing + 2.0),
        );
    }
}

/// A name in at most two lines.
fn draw_name(canvas: &mut Canvas<'_>, name: &str, (x, y, width): (f32, f32, f32), height: f32) {
    let lines = REGULAR.wrap(name, 9.0, width);
    // What does not go in two lines goes in one that is as small as it takes.
    if lines.len() > 2 || lines.iter().any(|line| line.width * 9.0 > width) {
        let line = REGULAR.set(name);
        let size = (width / line.width).min(9.0);
        canvas.line(&REGULAR, &line, size, (x, y + height / 2.0 + 3.0), INK);
        return;
    }
    let first = y + height / 2.0 + 3.0 - 5.0 * small(lines.len().saturating_sub(1));
    for (n, line) in lines.iter().enumerate() {
        canvas.line(&REGULAR, line, 9.0, (x, first + 10.0 * small(n)), INK);
    }
}

fn draw_mark(canvas: &mut Canvas<'_>, mark: &Mark, (x, y, width, height): (f32, f32, f32, f32)) {
    let words = match (mark.word.is_empty(), mark.detail.is_empty()) {
        (true, _) => return,
        (false, true) => mark.word.clone(),
        (false, false) => format!("{} · {}", mark.word, mark.detail),
    };
    match &mark.signature {
        Some(signature) => {
            canvas.signature(signature, (x, y + 2.0, width, height - 13.0));
            canvas.centred(&REGULAR, &words, 6.5, (x, y + height - 4.0, width), MUTED);
        }
        None => canvas.centred(
            &REGULAR,
            &words,
            8.0,
            (x, y + height / 2.0 + 3.0, width),
            INK,
        ),
    }
}

impl Certificate {
    const COLUMNS: [f32; 2] = [190.0, 170.0];
    const ROW: f32 = 36.0;
    const TABLE_HEAD: f32 = 22.0;
    /// Name and sum.
    const PERSON: f32 = 58.0;
    const SIGNING: f32 = 60.0;

    /// The PDF: upright.
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        let (width, height) = A4;
        let room = height
            - head_height(&self.head, width)
            - Self::PERSON
            - Self::TABLE_HEAD
            - Self::SIGNING
            - MARGIN
            - FOOT;
        let mut per_page = 1;
        while small(per_page + 1) * Self::ROW <= room {
            per_page += 1;
        }
        let chunks: Vec<&[Line]> = if self.lines.is_empty() {
            vec![&[]]
        } else {
            self.lines.chunks(per_page).collect()
        };
        let mut document = document(&self.head);
        for (n, lines) in chunks.iter().enumerate() {
            let of = (n + 1, chunks.len());
            page(&mut document, A4, &self.head, of, |canvas, top| {
                self.draw(canvas, top, lines);
            });
        }
        finish(document)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, top: f32, lines: &[Line]) {
        let right = A4.0 - MARGIN;
        let name = BOLD.set(&self.name);
        let size = ((right - MARGIN) / name.width).min(15.0);
        canvas.line(&BOLD, &name, size, (MARGIN, top + 20.0), INK);
        canvas.text(&REGULAR, &self.sum, 9.5, (MARGIN, top + 38.0), INK);
        let top = top + Self::PERSON;
        let lefts = [
            MARGIN,
            MARGIN + Self::COLUMNS[0],
            MARGIN + Self::COLUMNS[0] + Self::COLUMNS[1],
            right,
        ];
        canvas.block((MARGIN, top, right - MARGIN, Self::TABLE_HEAD), SOFT);
        for (label, left) in self.labels.iter().zip(lefts) {
            canvas.text(&BOLD, label, 8.5, (left + 4.0, top + 14.0), INK);
        }
        let mut y = top + Self::TABLE_HEAD;
        for line in lines {
            let foot = y + Self::ROW / 2.0;
            canvas.text(
                &REGULAR,
                &line.column.day,
                9.0,
                (lefts[0] + 4.0, foot - 2.0),
                INK,
            );
            canvas.text(
                &REGULAR,
                &line.column.half,
                8.0,
                (lefts[0] + 4.0, foot + 9.0),
                MUTED,
            );
            canvas.text(
                &REGULAR,
                &line.mark.word,
                9.0,
                (lefts[1] + 4.0, foot - 2.0),
                INK,
            );
            draw_detail(canvas, &line.mark.detail, (lefts[1] + 4.0, foot + 9.0));
            if let Some(signature) = &line.mark.signature {
                let width = right - lefts[2] - 8.0;
                let place = (lefts[2] + 4.0, y + 3.0, width, Self::ROW - 6.0);
                canvas.signature(signature, place);
            }
            y += Self::ROW;
            canvas.rule((MARGIN, y), (right, y));
        }
        for left in lefts {
            canvas.rule((left, top), (left, y));
        }
        canvas.rule((MARGIN, top), (right, top));
        let signing = A4.1 - MARGIN - FOOT;
        canvas.text(&BOLD, &self.sign_label, 8.5, (MARGIN, signing), INK);
        let after = BOLD.set(&self.sign_label).width * 8.5 + 8.0;
        canvas.rule((MARGIN + after, signing + 2.0), (right, signing + 2.0));
    }
}

/// What is known more, as small as it takes.
fn draw_detail(canvas: &mut Canvas<'_>, text: &str, at: (f32, f32)) {
    let line = REGULAR.set(text);
    let size = ((Certificate::COLUMNS[1] - 8.0) / line.width.max(0.1)).min(8.0);
    canvas.line(&REGULAR, &line, size, at, MUTED);
}
