//! The loaded part of a long list: a bounded number of pages, of which each knows whether it is still current.
//!
//! When the list changes, [`PageCache::invalidate`] makes every page stale: it is still shown until its new rows
//! arrive, so nothing flickers, and answers to questions asked before are ignored.

use super::list_window::{PAGE, Rows, fetch_ranges, page_of};
use convoke_domain::view::{Range, Window};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
struct Page<T> {
    rows: Vec<T>,
    version: u32,
    used: u64,
}

/// The pages of one list.
#[derive(Clone, Debug)]
pub struct PageCache<T> {
    total: Option<u32>,
    version: u32,
    pages: BTreeMap<u32, Page<T>>,
    asked: Vec<(u32, Range)>,
    clock: u64,
    keep: usize,
}

impl<T: Clone> PageCache<T> {
    /// An empty cache that keeps at most `keep` pages.
    pub const fn new(keep: usize) -> Self {
        Self {
            total: None,
            version: 0,
            pages: BTreeMap::new(),
            asked: Vec::new(),
            clock: 0,
            keep,
        }
    }

    /// Length of the list; `None` before the first answer.
    pub const fn total(&self) -> Option<u32> {
        self.total
    }

    /// The version that questions asked now belong to; pass it to [`Self::arrived`].
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The row at `index`, if it is loaded.
    pub fn get(&self, index: u32) -> Option<&T> {
        self.pages
            .get(&page_of(index))?
            .rows
            .get((index % PAGE) as usize)
    }

    /// Number of pages held.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// What has to be asked for so that `rows` are there and current; it counts as asked from now on.
    pub fn ask(&mut self, rows: Rows) -> Vec<Range> {
        let total = self.total.unwrap_or(u32::MAX);
        // Before the first answer nobody knows the length: the first page tells.
        let rows = if self.total.is_none() || total == 0 {
            Rows { first: 0, count: 1 }
        } else {
            Rows {
                first: rows.first.min(total - 1),
                count: rows.count.max(1),
            }
        };
        self.clock += 1;
        for page in page_of(rows.first)..=page_of(rows.end() - 1) {
            if let Some(page) = self.pages.get_mut(&page) {
                page.used = self.clock;
            }
        }
        let version = self.version;
        let wide = rows.with_neighbours(total.max(1));
        let ranges = fetch_ranges(wide, total.max(1), |page| {
            let current = self.pages.get(&page).is_some_and(|p| p.version == version);
            let offset = page * PAGE;
            let under_way = self
                .asked
                .iter()
                .any(|(v, r)| *v == version && r.offset <= offset && offset < r.offset + r.limit);
            !current && !under_way
        });
        self.asked.extend(ranges.iter().map(|r| (version, *r)));
        ranges
    }

    /// Takes an answer in, whose first row is the first of a page; `false` when it is about an older state of the list and was ignored.
    #[allow(clippy::cast_possible_truncation, reason = "a page has few rows")]
    pub fn arrived(&mut self, version: u32, range: Range, window: Window<T>) -> bool {
        self.asked.retain(|asked| *asked != (version, range));
        if version != self.version {
            return false;
        }
        self.total = Some(window.total);
        self.clock += 1;
        let first = page_of(window.offset);
        for (page, rows) in (first..).zip(window.rows.chunks(PAGE as usize)) {
            // A part of a page is shown, but the page still has to be asked for.
            let end = page * PAGE + rows.len() as u32;
            let whole = rows.len() == PAGE as usize || end >= window.total;
            self.pages.insert(
                page,
                Page {
                    rows: rows.to_vec(),
                    version: if whole {
                        version
                    } else {
                        version.wrapping_sub(1)
                    },
                    used: self.clock,
                },
            );
        }
        // Pages behind the end are gone, and of the rest the longest unused ones.
        let total = window.total;
        self.pages.retain(|page, _| page * PAGE < total);
        while self.pages.len() > self.keep {
            let oldest = self
                .pages
                .iter()
                .min_by_key(|(_, page)| page.used)
                .map(|(number, _)| *number);
            match oldest {
                Some(number) => self.pages.remove(&number),
                None => break,
            };
        }
        true
    }

    /// Says that a question brought no answer, so that it may be asked again.
    pub fn failed(&mut self, version: u32, range: Range) {
        self.asked.retain(|asked| *asked != (version, range));
    }

    /// The list has changed: what is loaded is shown until newer rows arrive, and answers under way are ignored.
    pub fn invalidate(&mut self) {
        self.version += 1;
        self.asked.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Range = Range::new(0, PAGE);

    /// The answer to a question for `range`.
    fn window(range: Range, total: u32, mark: u32) -> Window<u32> {
        Window {
            offset: range.offset,
            rows: (range.offset..total.min(range.offset + range.limit))
                .map(|n| n * 10 + mark)
                .collect(),
            total,
        }
    }

    #[test]
    fn the_first_question_is_the_first_page_and_is_asked_once() {
        let mut cache = PageCache::<u32>::new(3);
        let rows = Rows {
            first: 0,
            count: 20,
        };
        assert_eq!(cache.ask(rows), vec![FIRST]);
        assert_eq!(cache.ask(rows), vec![]);
        cache.failed(0, Range::new(0, PAGE));
        assert_eq!(cache.ask(rows), vec![Range::new(0, PAGE)]);
        assert!(cache.arrived(0, Range::new(0, PAGE), window(FIRST, 500, 1)));
        assert_eq!(cache.total(), Some(500));
        assert_eq!(cache.get(3), Some(&31));
        assert_eq!(cache.ask(rows), vec![]);
    }

    #[test]
    fn stale_rows_are_shown_until_new_ones_arrive_and_late_answers_are_ignored() {
        let mut cache = PageCache::<u32>::new(3);
        let (rows, range) = (Rows { first: 0, count: 5 }, Range::new(0, PAGE));
        cache.ask(rows);
        cache.arrived(0, range, window(FIRST, 60, 1));
        cache.invalidate();
        assert_eq!(cache.get(0), Some(&1), "nothing flickers");
        assert_eq!(cache.ask(rows), vec![range]);
        cache.invalidate();
        assert_eq!(cache.ask(rows), vec![range], "asked anew after each change");
        assert!(!cache.arrived(1, range, window(FIRST, 60, 2)), "late");
        assert_eq!(cache.get(0), Some(&1));
        assert!(cache.arrived(2, range, window(FIRST, 60, 3)));
        assert_eq!(cache.get(0), Some(&3));
    }

    #[test]
    fn the_number_of_pages_is_bounded_and_the_ones_on_screen_stay() {
        let mut cache = PageCache::<u32>::new(3);
        cache.ask(Rows::default());
        cache.arrived(0, Range::new(0, PAGE), window(FIRST, 10_000, 1));
        for page in 1..20 {
            for range in cache.ask(Rows {
                first: page * PAGE,
                count: 10,
            }) {
                cache.arrived(0, range, window(range, 10_000, 1));
            }
            assert!(cache.pages() <= 3);
            assert!(cache.get(page * PAGE).is_some());
        }
    }

    #[test]
    fn a_part_of_a_page_is_shown_and_completed() {
        let mut cache = PageCache::<u32>::new(3);
        let part = Window {
            offset: 0,
            rows: (0..20).collect(),
            total: 80,
        };
        cache.arrived(0, Range::new(0, 20), part);
        assert_eq!(cache.get(19), Some(&19));
        assert_eq!(
            cache.ask(Rows { first: 0, count: 5 }),
            vec![Range::new(0, PAGE)]
        );
    }

    #[test]
    fn a_list_that_became_shorter_loses_its_tail() {
        let mut cache = PageCache::<u32>::new(5);
        cache.ask(Rows::default());
        cache.arrived(0, Range::new(0, PAGE), window(FIRST, 120, 1));
        for range in cache.ask(Rows {
            first: 100,
            count: 10,
        }) {
            cache.arrived(0, range, window(range, 120, 1));
        }
        assert!(cache.get(110).is_some());
        cache.invalidate();
        cache.arrived(1, Range::new(0, PAGE), window(FIRST, 20, 2));
        assert_eq!(cache.get(110), None);
        assert_eq!(cache.total(), Some(20));
    }
}
