//! The arithmetic of long lists: which rows are on screen at a scroll position, where they are drawn, and
//! which pages of rows have to be asked for. No DOM here; [`crate::components::windowed_list`] draws it.
//!
//! A list of a million rows would be taller than browsers can lay out (about 17 million pixels in Firefox,
//! 33 million in Chromium). Beyond [`MAX_CANVAS`] the scroll bar stands for the list in proportion: a pixel of
//! scrolling is a few pixels of list, and the rows are drawn where the scroll position is.

use convoke_domain::view::Range;

/// The tallest canvas that is laid out, in CSS pixels: below every browser's limit, and below 2^24, up to which a
/// 32-bit float holds every pixel.
pub const MAX_CANVAS: f64 = 15_000_000.0;

/// Rows of one page: the unit in which rows are asked for and kept.
pub const PAGE: u32 = 50;

/// Consecutive rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Index of the first.
    pub first: u32,
    /// How many.
    pub count: u32,
}

impl Rows {
    /// The index behind the last row.
    pub const fn end(self) -> u32 {
        self.first + self.count
    }

    /// Whether the row `index` is one of them.
    pub const fn contains(self, index: u32) -> bool {
        self.first <= index && index < self.end()
    }
}

impl Rows {
    /// These rows and half a page before and after them: asked for together, so that slow scrolling meets loaded rows.
    #[must_use]
    pub fn with_neighbours(self, total: u32) -> Self {
        let first = self.first.saturating_sub(PAGE / 2);
        let end = self.end().saturating_add(PAGE / 2).min(total);
        Self {
            first,
            count: end.saturating_sub(first),
        }
    }

    /// Whether `other` is so far away that what lies between was not read: the scroll bar is being dragged.
    pub fn is_far_from(self, other: Self) -> bool {
        self.first.abs_diff(other.first) > 2 * self.count.max(other.count).max(10)
    }
}

/// A scrolled list. Lengths are CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListWindow {
    /// Number of rows.
    pub total: u32,
    /// Height of each row.
    pub row_height: f64,
    /// Height of the part on screen.
    pub viewport: f64,
    /// How far the browser has scrolled.
    pub scroll_top: f64,
    /// Rows drawn beyond each edge, so that quick scrolling meets rows.
    pub overscan: u32,
}

impl ListWindow {
    fn full_height(&self) -> f64 {
        f64::from(self.total) * self.row_height
    }

    /// The height of the element that is scrolled.
    pub fn canvas_height(&self) -> f64 {
        self.full_height().min(MAX_CANVAS.max(self.viewport))
    }

    fn max_scroll(&self) -> f64 {
        (self.canvas_height() - self.viewport).max(0.0)
    }

    fn max_top(&self) -> f64 {
        (self.full_height() - self.viewport).max(0.0)
    }

    /// How many pixels of list one pixel of scrolling is; 1 unless the list is taller than [`MAX_CANVAS`].
    fn ratio(&self) -> f64 {
        let scroll = self.max_scroll();
        if scroll > 0.0 {
            self.max_top() / scroll
        } else {
            1.0
        }
    }

    fn scroll(&self) -> f64 {
        self.scroll_top.clamp(0.0, self.max_scroll())
    }

    /// The pixel of the list that is at the upper edge of the screen.
    fn top(&self) -> f64 {
        (self.scroll() * self.ratio()).min(self.max_top())
    }

    /// The rows to draw.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=total, which is a u32"
    )]
    pub fn rows(&self) -> Rows {
        if self.total == 0 || self.row_height <= 0.0 {
            return Rows::default();
        }
        let limit = f64::from(self.total);
        let first = (self.top() / self.row_height).floor().clamp(0.0, limit) as u32;
        let end = ((self.top() + self.viewport.max(0.0)) / self.row_height)
            .ceil()
            .clamp(0.0, limit) as u32;
        let first = first.saturating_sub(self.overscan);
        let end = end.saturating_add(self.overscan).min(self.total);
        Rows {
            first,
            count: end.saturating_sub(first),
        }
    }

    /// The rows to draw, and as many beyond the end of the list as a longer one would show from the same row on.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a screen has few rows"
    )]
    pub fn rows_and_spare(&self) -> Rows {
        let rows = self.rows();
        if self.row_height <= 0.0 {
            return rows;
        }
        let screenful = (self.viewport.max(0.0) / self.row_height).ceil() as u32;
        Rows {
            first: rows.first,
            count: rows.count.max(screenful + self.overscan),
        }
    }

    /// Where the first drawn row stands, from the upper edge of the canvas.
    pub fn layer_top(&self) -> f64 {
        f64::from(self.rows().first) * self.row_height + self.scroll() - self.top()
    }

    /// The scroll position that shows the row `index` whole and is nearest to the present one; `None` when it is on screen.
    pub fn scroll_to_show(&self, index: u32) -> Option<f64> {
        let upper = f64::from(index.min(self.total.saturating_sub(1))) * self.row_height;
        let lower = upper + self.row_height;
        let top = self.top();
        let wanted = if upper < top {
            upper
        } else if lower > top + self.viewport {
            lower - self.viewport
        } else {
            return None;
        };
        Some((wanted.clamp(0.0, self.max_top()) / self.ratio()).min(self.max_scroll()))
    }

    /// How many rows Page Up and Page Down move: those wholly on screen, at least one.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a screen has few rows"
    )]
    pub fn page_rows(&self) -> u32 {
        ((self.viewport / self.row_height).floor().max(2.0) as u32).saturating_sub(1)
    }
}

/// The page that the row `index` is on.
pub const fn page_of(index: u32) -> u32 {
    index / PAGE
}

/// The ranges to ask for so that `rows` are there: whole pages, only those for which `wanted` answers yes, neighbours
/// in one range, none longer than [`Range::MAX`].
pub fn fetch_ranges(rows: Rows, total: u32, wanted: impl Fn(u32) -> bool) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    let end = rows.end().min(total);
    if rows.first >= end {
        return ranges;
    }
    for page in (page_of(rows.first)..=page_of(end - 1)).filter(|page| wanted(*page)) {
        let offset = page * PAGE;
        match ranges.last_mut() {
            Some(last) if last.offset + last.limit == offset && last.limit + PAGE <= Range::MAX => {
                last.limit += PAGE;
            }
            _ => ranges.push(Range::new(offset, PAGE)),
        }
    }
    ranges
}

/// The one page-aligned range around `rows`, from their first page on, at most [`Range::MAX`] long.
pub fn covering(rows: Rows) -> Range {
    let offset = page_of(rows.first) * PAGE;
    let pages = page_of(rows.end().max(rows.first + 1) - 1) - page_of(rows.first) + 1;
    Range::new(offset, pages * PAGE).bounded()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn window(total: u32, scroll_top: f64) -> ListWindow {
        ListWindow {
            total,
            row_height: 48.0,
            viewport: 600.0,
            scroll_top,
            overscan: 6,
        }
    }

    #[test]
    fn the_first_rows_and_a_few_more() {
        assert_eq!(
            window(1_000, 0.0).rows(),
            Rows {
                first: 0,
                count: 19
            }
        );
        assert_eq!(window(3, 0.0).rows(), Rows { first: 0, count: 3 });
        assert_eq!(window(0, 0.0).rows(), Rows::default());
    }

    #[test]
    fn a_short_list_is_drawn_in_its_true_height() {
        let w = window(1_000, 4_800.0);
        assert!((w.canvas_height() - 48_000.0).abs() < 1e-9);
        assert!((w.layer_top() - f64::from(w.rows().first) * 48.0).abs() < 1e-9);
    }

    #[test]
    fn a_million_rows_reach_their_last_one() {
        let mut w = window(1_000_000, 0.0);
        assert!((w.canvas_height() - MAX_CANVAS).abs() < 1e-9);
        w.scroll_top = MAX_CANVAS - 600.0;
        assert_eq!(w.rows().end(), 1_000_000);
        let foot = w.layer_top() + f64::from(w.rows().count) * 48.0;
        assert!((foot - MAX_CANVAS).abs() < 1e-3, "{foot}");
    }

    #[test]
    fn whole_pages_are_asked_for() {
        let rows = Rows {
            first: 60,
            count: 100,
        };
        assert_eq!(
            fetch_ranges(rows, 1_000, |_| true),
            vec![Range::new(50, 150)]
        );
        assert_eq!(
            fetch_ranges(rows, 1_000, |page| page != 2),
            vec![Range::new(50, 50), Range::new(150, 50)]
        );
        assert_eq!(fetch_ranges(rows, 40, |_| true), vec![]);
        assert_eq!(covering(rows), Range::new(50, 150));
        assert_eq!(covering(Rows::default()), Range::new(0, 50));
    }

    #[test]
    fn neighbours_are_within_the_list() {
        let rows = Rows {
            first: 10,
            count: 20,
        };
        let wide = rows.with_neighbours(40);
        assert_eq!((wide.first, wide.end()), (0, 40));
        assert_eq!(rows.with_neighbours(1_000).end(), 55);
        assert_eq!(
            Rows {
                first: 90,
                count: 9
            }
            .with_neighbours(20)
            .count,
            0
        );
    }

    #[test]
    fn a_jump_is_far_and_a_turn_of_the_wheel_is_not() {
        let rows = |first| Rows { first, count: 30 };
        assert!(rows(0).is_far_from(rows(500)) && rows(500).is_far_from(rows(0)));
        assert!(!rows(100).is_far_from(rows(108)));
    }

    proptest! {
        /// At every position of every list: what is on screen is drawn, where it belongs, by a bounded number of rows.
        #[test]
        fn what_is_on_screen_is_drawn(total in 0_u32..3_000_000, viewport in 0.0_f64..2_000.0, part in 0.0_f64..1.0) {
            let mut w = window(total, 0.0);
            w.viewport = viewport;
            w.scroll_top = part * w.max_scroll();
            let rows = w.rows();
            prop_assert!(rows.end() <= total);
            let spare = w.rows_and_spare();
            prop_assert!(spare.first == rows.first && spare.count >= rows.count);
            prop_assert!(f64::from(spare.count) <= viewport / 48.0 + 2.0 + 12.0 + 1.0);
            prop_assert!(f64::from(rows.count) <= viewport / 48.0 + 2.0 + 12.0 + 1.0);
            prop_assert!(w.canvas_height() <= MAX_CANVAS);
            if total > 0 {
                let upper = w.layer_top();
                let lower = upper + f64::from(rows.count) * 48.0;
                let seen_to = (w.scroll_top + viewport).min(w.canvas_height());
                prop_assert!(upper <= w.scroll_top + 1e-3, "{} > {}", upper, w.scroll_top);
                prop_assert!(lower >= seen_to - 1e-3, "{} < {}", lower, seen_to);
            }
        }

        /// After scrolling to show a row, it is on screen, whole.
        #[test]
        fn a_row_can_be_shown(total in 1_u32..3_000_000, part in 0.0_f64..1.0, row in 0.0_f64..1.0) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let index = (row * f64::from(total - 1)) as u32;
            let mut w = window(total, 0.0);
            w.scroll_top = part * w.max_scroll();
            if let Some(scroll) = w.scroll_to_show(index) {
                prop_assert!(scroll >= 0.0 && scroll <= w.max_scroll() + 1e-6);
                w.scroll_top = scroll;
            }
            prop_assert!(f64::from(index) * 48.0 >= w.top() - 1e-2);
            prop_assert!(f64::from(index + 1) * 48.0 <= w.top() + w.viewport + 1e-2);
        }

        /// Every row of a wanted page is asked for once; nothing else is; no range is too long.
        #[test]
        fn ranges_cover_exactly_the_wanted_pages(first in 0_u32..2_000, count in 0_u32..600, total in 0_u32..2_500, odd in any::<bool>()) {
            let rows = Rows { first, count };
            let wanted = |page: u32| !odd || page % 2 == 1;
            let ranges = fetch_ranges(rows, total, wanted);
            for range in &ranges {
                prop_assert!(range.limit <= Range::MAX && range.limit > 0);
                prop_assert_eq!(range.offset % PAGE, 0);
            }
            for index in 0..total {
                let asked = ranges.iter().filter(|r| r.offset <= index && index < r.offset + r.limit).count();
                let needed = rows.contains(index) && wanted(page_of(index));
                prop_assert!(asked <= 1);
                if needed { prop_assert_eq!(asked, 1, "row {}", index); }
                if asked == 1 { prop_assert!(wanted(page_of(index))); }
            }
        }
    }
}
