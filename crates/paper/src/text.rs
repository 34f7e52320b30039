//! Setting text: the right glyphs in the right order, for names of any direction and with any accents.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use std::ops::Range;
use std::sync::LazyLock;
use unicode_bidi::BidiInfo;

/// A weight of the font.
pub struct Weight {
    /// For the PDF.
    pub font: Font,
    face: Face<'static>,
    /// Units of the font's own grid in the size of the font.
    units: f32,
}

/// `DejaVu Sans Condensed`: one file has the letters of Europe, Arabic and Hebrew.
pub static REGULAR: LazyLock<Weight> =
    LazyLock::new(|| Weight::new(include_bytes!("../fonts/DejaVuSansCondensed.ttf")));
/// The same, bold.
pub static BOLD: LazyLock<Weight> =
    LazyLock::new(|| Weight::new(include_bytes!("../fonts/DejaVuSansCondensed-Bold.ttf")));

impl Weight {
    fn new(data: &'static [u8]) -> Self {
        let face = Face::from_slice(data, 0).expect("the font is a part of the program");
        let font = Font::new(data.to_vec().into(), 0).expect("the font is a part of the program");
        #[expect(clippy::cast_precision_loss, reason = "2048")]
        let units = face.units_per_em() as f32;
        Self { font, face, units }
    }

    /// Sets a text as one line.
    pub fn set(&self, text: &str) -> Setting {
        let text: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let bidi = BidiInfo::new(&text, None);
        let mut runs = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for range in ranges {
                let rtl = levels[range.start].is_rtl();
                runs.push(self.run(&text, range, rtl));
            }
        }
        let width = runs.iter().map(|run| run.width).sum();
        Setting { text, runs, width }
    }

    fn run(&self, text: &str, range: Range<usize>, rtl: bool) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[range.clone()]);
        buffer.guess_segment_properties();
        buffer.set_direction(if rtl {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let infos = shaped.glyph_infos();
        // The clusters in the order of the text: each ends where the next begins.
        let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let end_of = |start: usize| {
            let next = starts.partition_point(|other| *other <= start);
            starts.get(next).copied().unwrap_or(range.len())
        };
        #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
        let em = |units: i32| units as f32 / self.units;
        let mut width = 0.0;
        let glyphs = infos
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, position)| {
                width += em(position.x_advance);
                let start = info.cluster as usize;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    em(position.x_advance),
                    em(position.x_offset),
                    em(position.y_offset),
                    em(position.y_advance),
                    range.start + start..range.start + end_of(start),
                    None,
                )
            })
            .collect();
        Run { glyphs, width }
    }

    /// Sets a text as lines that are at most so wide, broken between words; a word that is wider stays whole.
    pub fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<Setting> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if line.is_empty() || self.set(&longer).width * size <= width {
                line = longer;
            } else {
                lines.push(self.set(&line));
                word.clone_into(&mut line);
            }
        }
        if !line.is_empty() {
            lines.push(self.set(&line));
        }
        lines
    }
}

/// A line of text.
pub struct Setting {
    /// The text, which the glyphs name parts of.
    pub text: String,
    /// Its parts, from left to right.
    pub runs: Vec<Run>,
    /// How wide it is, in sizes of the font.
    pub width: f32,
}

/// A part of a line that goes in one direction.
pub struct Run {
    /// From left to right.
    pub glyphs: Vec<KrillaGlyph>,
    /// How wide it is, in sizes of the font.
    pub width: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_stand_as_they_are_read() {
        let line = REGULAR.set("Anna דוד بابك");
        assert_eq!(line.runs.len(), 2, "left to right, then right to left");
        // The last letter of the whole is the leftmost of the right part.
        let leftmost = &line.runs[1].glyphs[0];
        assert_eq!(&line.text[leftmost.text_range.clone()], "ك");
        assert!(
            line.runs
                .iter()
                .flat_map(|r| &r.glyphs)
                .all(|g| g.glyph_id.to_u32() != 0)
        );
    }

    #[test]
    fn long_names_are_broken_between_words() {
        let lines = REGULAR.wrap(
            "María de los Ángeles Fernández-Villanueva y Ortiz",
            9.0,
            90.0,
        );
        assert!(lines.len() > 2);
        let together: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            together.join(" "),
            "María de los Ángeles Fernández-Villanueva y Ortiz"
        );
        assert!(REGULAR.wrap(" ", 9.0, 90.0).is_empty());
    }
}
