//! Drawing on a page, in points from its upper left corner.

use crate::text::{Setting, Weight};
use convoke_domain::attendance::{PAPER, Signature};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;

/// Text.
pub const INK: (u8, u8, u8) = (0x1d, 0x23, 0x30);
/// Text that says less.
pub const MUTED: (u8, u8, u8) = (0x5b, 0x64, 0x75);
/// Lines.
pub const LINE: (u8, u8, u8) = (0xc9, 0xc7, 0xc0);
/// Behind the heads of tables.
pub const SOFT: (u8, u8, u8) = (0xf3, 0xf2, 0xee);

/// What is drawn on.
pub struct Canvas<'a> {
    surface: Surface<'a>,
}

impl<'a> Canvas<'a> {
    /// Draws on a page.
    pub const fn new(surface: Surface<'a>) -> Self {
        Self { surface }
    }

    /// The page is done.
    pub fn finish(self) {
        self.surface.finish();
    }

    fn fill(&mut self, (r, g, b): (u8, u8, u8)) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(r, g, b).into(),
            ..Fill::default()
        }));
    }

    fn pen(&mut self, (r, g, b): (u8, u8, u8), width: f32) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: rgb::Color::new(r, g, b).into(),
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        }));
    }

    /// Draws a line of text with its left end at `x`, its foot at `y`.
    pub fn line(
        &mut self,
        weight: &Weight,
        line: &Setting,
        size: f32,
        (x, y): (f32, f32),
        colour: (u8, u8, u8),
    ) {
        self.fill(colour);
        let mut left = x;
        for run in &line.runs {
            self.surface.draw_glyphs(
                Point::from_xy(left, y),
                &run.glyphs,
                weight.font.clone(),
                &line.text,
                size,
                false,
            );
            left += run.width * size;
        }
    }

    /// Draws a text.
    pub fn text(
        &mut self,
        weight: &Weight,
        text: &str,
        size: f32,
        at: (f32, f32),
        colour: (u8, u8, u8),
    ) {
        self.line(weight, &weight.set(text), size, at, colour);
    }

    /// Draws a text in the middle of a width, smaller where it is too wide.
    pub fn centred(
        &mut self,
        weight: &Weight,
        text: &str,
        size: f32,
        (x, y, width): (f32, f32, f32),
        colour: (u8, u8, u8),
    ) {
        let line = weight.set(text);
        let fitting = if line.width * size > width {
            width / line.width
        } else {
            size
        };
        let left = x + (width - line.width * fitting) / 2.0;
        self.line(weight, &line, fitting, (left, y), colour);
    }

    /// Fills a rectangle.
    pub fn block(&mut self, (x, y, width, height): (f32, f32, f32, f32), colour: (u8, u8, u8)) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.fill(colour);
            self.surface.draw_path(&path);
        }
    }

    /// Draws a straight line.
    pub fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        if let Some(path) = path.finish() {
            self.pen(LINE, 0.6);
            self.surface.draw_path(&path);
        }
    }

    /// Draws a signature as large as it fits into a rectangle, in its middle.
    pub fn signature(
        &mut self,
        signature: &Signature,
        (x, y, width, height): (f32, f32, f32, f32),
    ) {
        let (paper_width, paper_height) = (f32::from(PAPER.0), f32::from(PAPER.1));
        let scale = (width / paper_width).min(height / paper_height);
        let left = x + (width - paper_width * scale) / 2.0;
        let top = y + (height - paper_height * scale) / 2.0;
        let place = |(x, y): (u16, u16)| (left + f32::from(x) * scale, top + f32::from(y) * scale);
        let mut path = PathBuilder::new();
        for stroke in signature.strokes() {
            let Some(first) = stroke.first() else {
                continue;
            };
            let (x, y) = place(*first);
            path.move_to(x, y);
            if stroke.len() == 1 {
                // A dot.
                path.line_to(x + 0.1, y);
            }
            for point in &stroke[1..] {
                let (x, y) = place(*point);
                path.line_to(x, y);
            }
        }
        if let Some(path) = path.finish() {
            self.pen(INK, 0.8);
            self.surface.draw_path(&path);
        }
    }
}
