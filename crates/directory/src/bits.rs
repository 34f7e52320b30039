//! A set of rows, one bit each.

use convoke_domain::view::Range;

/// A set of the rows `0..len`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    /// No row of `len`.
    pub fn none(len: u32) -> Self {
        Self {
            words: vec![0; (len as usize).div_ceil(64)],
            len,
        }
    }

    /// Every row of `len`.
    pub fn all(len: u32) -> Self {
        let mut bits = Self {
            words: vec![u64::MAX; (len as usize).div_ceil(64)],
            len,
        };
        bits.trim();
        bits
    }

    /// These rows of `len`.
    pub fn of(len: u32, rows: impl IntoIterator<Item = u32>) -> Self {
        let mut bits = Self::none(len);
        for row in rows {
            bits.insert(row);
        }
        bits
    }

    /// The bits beyond the last row stay clear, so that whole words can be counted and compared.
    fn trim(&mut self) {
        let used = self.len % 64;
        if used != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }

    /// How many rows there are, in the set or not.
    pub const fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are no rows at all.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts a row in.
    pub fn insert(&mut self, row: u32) {
        self.words[row as usize / 64] |= 1 << (row % 64);
    }

    /// Takes a row out.
    pub fn remove(&mut self, row: u32) {
        self.words[row as usize / 64] &= !(1 << (row % 64));
    }

    /// Whether a row is in the set.
    pub fn contains(&self, row: u32) -> bool {
        self.words[row as usize / 64] & (1 << (row % 64)) != 0
    }

    /// How many rows are in the set.
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// How many rows are in both sets.
    pub fn count_with(&self, other: &Self) -> u32 {
        let both = self.words.iter().zip(&other.words).map(|(a, b)| a & b);
        both.map(u64::count_ones).sum()
    }

    /// Keeps what is in `other` too.
    pub fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds what is in `other`.
    pub fn or(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out what is in `other`.
    pub fn and_not(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// The rows of the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.words).flat_map(|(n, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros();
                left &= left - 1;
                Some(n * 64 + bit)
            })
        })
    }

    /// The rows of consecutive places in a list of two sets, one after the other.
    pub fn window_of([first, then]: [&Self; 2], range: Range) -> Vec<u32> {
        let mut rows = first.window(range.offset, range.limit);
        #[expect(clippy::cast_possible_truncation, reason = "no more than the limit")]
        let missing = range.limit - rows.len() as u32;
        if missing > 0 {
            rows.extend(then.window(range.offset.saturating_sub(first.count()), missing));
        }
        rows
    }

    /// `limit` rows of the set, after the first `offset`. Passes over whole words.
    fn window(&self, offset: u32, limit: u32) -> Vec<u32> {
        let mut skip = offset;
        let mut rows = Vec::with_capacity(limit.min(self.len) as usize);
        for (n, word) in (0_u32..).zip(&self.words) {
            let ones = word.count_ones();
            if skip >= ones {
                skip -= ones;
                continue;
            }
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                if rows.len() == limit as usize {
                    return rows;
                }
                rows.push(n * 64 + bit);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn bits(len: u32, rows: &BTreeSet<u32>) -> Bits {
        let mut bits = Bits::none(len);
        for row in rows {
            bits.insert(*row);
        }
        bits
    }

    proptest! {
        #[test]
        fn they_are_plain_sets(len in 1_u32..300, one in prop::collection::btree_set(0_u32..300, 0..80), two in prop::collection::btree_set(0_u32..300, 0..80), offset in 0_u32..90, limit in 0_u32..90) {
            let one: BTreeSet<u32> = one.into_iter().filter(|n| *n < len).collect();
            let two: BTreeSet<u32> = two.into_iter().filter(|n| *n < len).collect();
            let set = |f: fn(&mut Bits, &Bits)| {
                let mut bits_one = bits(len, &one);
                f(&mut bits_one, &bits(len, &two));
                bits_one.iter().collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(set(Bits::and), one.intersection(&two).copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(set(Bits::or), one.union(&two).copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(set(Bits::and_not), one.difference(&two).copied().collect::<BTreeSet<_>>());
            let bits = bits(len, &one);
            prop_assert_eq!(bits.count() as usize, one.len());
            prop_assert_eq!(Bits::all(len).count(), len);
            let window: Vec<u32> = one.iter().copied().skip(offset as usize).take(limit as usize).collect();
            prop_assert_eq!(bits.window(offset, limit), window);
        }
    }
}
