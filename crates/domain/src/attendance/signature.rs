//! A signature drawn by finger, pen or mouse: strokes on a small grid, as compact text.

use std::fmt::{self, Write as _};
use std::str::FromStr;

/// Width and height of the grid that signatures are drawn on; its origin is the upper left corner.
pub const PAPER: (u16, u16) = (600, 200);
/// The longest text of a signature, in bytes; a signature of four seconds has about a thousand.
pub const MAX_SIGNATURE_TEXT: usize = 6_000;
/// A line shorter than this is a slip of the finger and no signature; in units of the grid.
const LEAST_LENGTH: u32 = 60;

/// A point of the grid.
pub type Point = (u16, u16);

/// What somebody drew. As text: strokes with `;` between them, of each the first point and then the steps from one point to the next, with
/// spaces between them: `12,40 3,-2 5,0;90,80 0,4`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    strokes: Vec<Vec<Point>>,
}

/// Why a text is no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureProblem {
    /// Nothing was drawn, or hardly anything.
    #[error("hardly anything is drawn")]
    Empty,
    /// It is longer than [`MAX_SIGNATURE_TEXT`].
    #[error("the signature is too long")]
    TooLong,
    /// It is not of the form, or leaves the grid.
    #[error("the text is no signature")]
    Malformed,
}

impl Signature {
    /// Begins a stroke. What is outside the grid counts as its edge.
    pub fn begin(&mut self, x: f64, y: f64) {
        self.strokes.push(vec![on_grid(x, y)]);
    }

    /// Goes on with the stroke. Whether that drew anything: a step within one unit is none, and a signature has an end.
    pub fn draw(&mut self, x: f64, y: f64) -> bool {
        let point = on_grid(x, y);
        // A step takes at most ten bytes; the text is measured when it is made.
        let room = self.strokes.iter().map(Vec::len).sum::<usize>() * 10 < MAX_SIGNATURE_TEXT - 100;
        match self.strokes.last_mut() {
            Some(stroke) if room && stroke.last() != Some(&point) => {
                stroke.push(point);
                true
            }
            _ => false,
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.strokes.clear();
    }

    /// The strokes, each of at least one point.
    pub fn strokes(&self) -> &[Vec<Point>] {
        &self.strokes
    }

    /// How long the lines are together, in units of the grid, roughly.
    fn length(&self) -> u32 {
        let steps = self.strokes.iter().flat_map(|stroke| stroke.windows(2));
        steps
            .map(|step| {
                let (from, to) = (step[0], step[1]);
                u32::from(from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)))
            })
            .sum()
    }

    /// Whether it is more than a slip of the finger.
    pub fn is_drawn(&self) -> bool {
        self.length() >= LEAST_LENGTH
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the grid"
)]
fn on_grid(x: f64, y: f64) -> Point {
    let place = |at: f64, most: u16| at.round().clamp(0.0, f64::from(most)) as u16;
    (place(x, PAPER.0), place(y, PAPER.1))
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, stroke) in self.strokes.iter().enumerate() {
            if n > 0 {
                f.write_char(';')?;
            }
            let mut before = None;
            for &(x, y) in stroke {
                match before {
                    None => write!(f, "{x},{y}")?,
                    Some((left, top)) => write!(
                        f,
                        " {},{}",
                        i32::from(x) - i32::from(left),
                        i32::from(y) - i32::from(top)
                    )?,
                }
                before = Some((x, y));
            }
        }
        Ok(())
    }
}

impl FromStr for Signature {
    type Err = SignatureProblem;

    fn from_str(text: &str) -> Result<Self, SignatureProblem> {
        use SignatureProblem::{Empty, Malformed, TooLong};
        if text.len() > MAX_SIGNATURE_TEXT {
            return Err(TooLong);
        }
        if text.trim().is_empty() {
            return Err(Empty);
        }
        let mut strokes = Vec::new();
        for line in text.split(';') {
            let mut stroke: Vec<Point> = Vec::new();
            for step in line.split(' ') {
                let (x, y) = step.split_once(',').ok_or(Malformed)?;
                let (x, y): (i32, i32) = (
                    x.parse().map_err(|_| Malformed)?,
                    y.parse().map_err(|_| Malformed)?,
                );
                let (left, top) = stroke.last().copied().unwrap_or_default();
                let place = |from: u16, step: i32, most: u16| {
                    i32::from(from)
                        .checked_add(step)
                        .and_then(|at| u16::try_from(at).ok())
                        .filter(|at| *at <= most)
                        .ok_or(Malformed)
                };
                stroke.push((place(left, x, PAPER.0)?, place(top, y, PAPER.1)?));
            }
            strokes.push(stroke);
        }
        let signature = Self { strokes };
        if signature.is_drawn() {
            Ok(signature)
        } else {
            Err(Empty)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let mut drawn = Signature::default();
        assert!(!drawn.draw(1.0, 1.0), "nothing has begun");
        drawn.begin(12.2, 39.8);
        assert!(drawn.draw(15.0, 38.0));
        assert!(!drawn.draw(15.4, 38.4), "no step");
        assert!(drawn.draw(700.0, -5.0));
        drawn.begin(90.0, 80.0);
        assert!(drawn.draw(90.0, 84.0));
        let text = drawn.to_string();
        assert_eq!(text, "12,40 3,-2 585,-38;90,80 0,4");
        assert_eq!(text.parse(), Ok(drawn));
    }

    #[test]
    fn what_is_none() {
        let of = |text: &str| text.parse::<Signature>().unwrap_err();
        for text in ["", " ", "10,10", "10,10;20,20;30,30", "10,10 20,20"] {
            assert_eq!(of(text), SignatureProblem::Empty, "{text}");
        }
        for text in [
            "x",
            "1,1 a,b",
            "1,1;",
            "1,1  100,0",
            "1,1 700,0",
            "1,1 0,-2 100,0",
            "1,1 2147483647,0",
            "601,0",
            "<svg>",
            "1,1 100",
        ] {
            assert_eq!(of(text), SignatureProblem::Malformed, "{text}");
        }
        assert_eq!(
            of(&"1,1 ".repeat(MAX_SIGNATURE_TEXT)),
            SignatureProblem::TooLong
        );
    }

    #[test]
    fn whoever_draws_on_and_on_is_still_taken() {
        let mut drawn = Signature::default();
        drawn.begin(0.0, 0.0);
        let mut steps = 0;
        for n in 0..100_000 {
            let (x, y) = if n % 2 == 0 {
                (600.0, 200.0)
            } else {
                (0.0, 0.0)
            };
            steps += u32::from(drawn.draw(x, y));
        }
        assert!(steps > 500);
        assert_eq!(drawn.to_string().parse(), Ok(drawn));
    }
}
