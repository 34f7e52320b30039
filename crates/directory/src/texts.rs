//! Many short texts in one piece of memory, so that a search runs through them at the speed of memory.

use crate::bits::Bits;
use memchr::memmem;

/// Texts in their order, each ended by a line break, which no folded text holds.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    all: Vec<u8>,
    /// Where each ends, behind its line break.
    ends: Vec<u32>,
}

impl Texts {
    /// None yet, with room for what `like` holds and `more` texts.
    pub fn with_room(like: &Self, more: usize) -> Self {
        Self {
            all: Vec::with_capacity(like.all.len() + more * 128),
            ends: Vec::with_capacity(like.ends.len() + more),
        }
    }

    /// Gives back the room that was not needed.
    pub fn settle(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Appends one.
    pub fn push(&mut self, text: &[u8]) {
        self.all.extend_from_slice(text);
        self.all.push(b'\n');
        #[expect(clippy::cast_possible_truncation, reason = "four gigabytes of names")]
        self.ends.push(self.all.len() as u32);
    }

    /// How many there are.
    #[expect(clippy::cast_possible_truncation, reason = "fewer than bytes")]
    pub fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// One of them.
    pub fn get(&self, row: u32) -> &[u8] {
        let row = row as usize;
        let start = if row == 0 {
            0
        } else {
            self.ends[row - 1] as usize
        };
        &self.all[start..self.ends[row] as usize - 1]
    }

    /// Adds the rows that hold `needle` to `found`.
    pub fn find(&self, needle: &[u8], found: &mut Bits) {
        let finder = memmem::Finder::new(needle);
        let mut at = 0;
        let mut row = 0;
        while let Some(hit) = finder.find(&self.all[at..]) {
            row = self.row_of(at + hit, row);
            found.insert(row);
            at = self.ends[row as usize] as usize;
        }
    }

    /// Adds the rows that hold `needle` to `found`, and those that do but for one typing error if one is forgiven in it.
    ///
    /// An error spoils one half at most, but for two letters that changed places across the middle: rows that hold a half are looked at closely.
    pub fn find_nearly(&self, needle: &[u8], found: &mut Bits) {
        if !crate::typo::is_forgiven(needle) {
            self.find(needle, found);
            return;
        }
        let middle = needle.len() / 2;
        let mut swapped = needle.to_vec();
        swapped.swap(middle - 1, middle);
        self.find(&swapped, found);
        let mut candidates = Bits::none(self.len());
        self.find(&needle[..middle], &mut candidates);
        self.find(&needle[middle..], &mut candidates);
        for row in candidates.iter() {
            if crate::typo::holds(self.get(row), needle) {
                found.insert(row);
            }
        }
    }

    /// The row that a byte belongs to, at or after `from`: a gallop, since the next hit is mostly near.
    fn row_of(&self, at: usize, from: u32) -> u32 {
        let from = from as usize;
        let ends = &self.ends[from..];
        let mut step = 1;
        while step < ends.len() && ends[step] as usize <= at {
            step *= 2;
        }
        let low = step / 2;
        let high = (step + 1).min(ends.len());
        let beyond = ends[low..high].partition_point(|end| *end as usize <= at);
        #[expect(clippy::cast_possible_truncation, reason = "rows are a u32")]
        let row = (from + low + beyond) as u32;
        row
    }
}
