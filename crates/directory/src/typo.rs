//! One typing error: a letter too many, too few, another one, or two that changed places.

/// Words shorter than this have to be typed right.
const LETTERS: usize = 5;

/// Whether an error in this word is forgiven: it is long enough, and has no digits. The next number is somebody else's.
pub fn is_forgiven(word: &[u8]) -> bool {
    word.len() >= LETTERS && !word.iter().any(u8::is_ascii_digit)
}

/// Whether `text` has a part that is `word` with at most one error. Both are folded: bytes stand for letters but for scripts beyond ASCII, where
/// an error may cost up to three bytes and is not forgiven.
pub fn holds(text: &[u8], word: &[u8]) -> bool {
    // An error stands in one half; the other half is there as typed.
    let (left, right) = word.split_at(word.len() / 2);
    places(text, left).any(|at| begins(&text[at + left.len()..], right))
        || places(text, right).any(|at| ends(&text[..at], left))
        || transposed(text, word)
}

/// Where `part` stands in `text`, overlapping ones too.
fn places<'a>(text: &'a [u8], part: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + memchr::memmem::find(&text[from..], part)?;
        from = at + 1;
        Some(at)
    })
}

/// Whether `text` begins with `word` but for one error.
fn begins(text: &[u8], word: &[u8]) -> bool {
    let same = text.iter().zip(word).take_while(|(a, b)| a == b).count();
    if same == word.len() {
        return true;
    }
    let rest = &word[same + 1..];
    let after = |skip: usize| text.get(same + skip..).unwrap_or_default();
    // Another letter, one too few in the text, one too many in the text.
    after(1).starts_with(rest) && text.len() > same
        || after(0).starts_with(rest)
        || after(1).starts_with(&word[same..]) && text.len() > same
}

/// Whether `text` ends with `word` but for one error.
fn ends(text: &[u8], word: &[u8]) -> bool {
    let same = text
        .iter()
        .rev()
        .zip(word.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    if same == word.len() {
        return true;
    }
    let rest = &word[..word.len() - same - 1];
    let before = |skip: usize| text.len().checked_sub(same + skip).map(|end| &text[..end]);
    before(1).is_some_and(|text| text.ends_with(rest))
        || before(0).is_some_and(|text| text.ends_with(rest))
        || before(1).is_some_and(|text| text.ends_with(&word[..word.len() - same]))
}

/// Two letters at the middle that changed places spoil both halves.
fn transposed(text: &[u8], word: &[u8]) -> bool {
    let middle = word.len() / 2;
    let mut swapped = word.to_vec();
    swapped.swap(middle - 1, middle);
    memchr::memmem::find(text, &swapped).is_some() || {
        // Changed places within a half: the other half is as typed.
        (0..word.len() - 1).any(|at| {
            let mut swapped = word.to_vec();
            swapped.swap(at, at + 1);
            memchr::memmem::find(text, &swapped).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By the book: the least distance of the word to any part of the text (optimal string alignment).
    fn distance(text: &[u8], word: &[u8]) -> usize {
        let n = text.len();
        let mut rows = vec![vec![0; n + 1]; word.len() + 1];
        for (i, row) in rows.iter_mut().enumerate() {
            row[0] = i;
        }
        for i in 1..=word.len() {
            for j in 1..=n {
                let change = usize::from(word[i - 1] != text[j - 1]);
                let mut best = (rows[i - 1][j] + 1)
                    .min(rows[i][j - 1] + 1)
                    .min(rows[i - 1][j - 1] + change);
                if i > 1 && j > 1 && word[i - 1] == text[j - 2] && word[i - 2] == text[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                rows[i][j] = best;
            }
        }
        rows[word.len()].iter().copied().min().unwrap_or(usize::MAX)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn as_by_the_book(text in "[ab ]{0,14}", word in "[ab]{5,8}") {
            prop_assert_eq!(holds(text.as_bytes(), word.as_bytes()), distance(text.as_bytes(), word.as_bytes()) <= 1);
        }

        #[test]
        fn as_by_the_book_with_more_letters(text in "[abcd]{0,12}", word in "[abcd]{5,8}") {
            prop_assert_eq!(holds(text.as_bytes(), word.as_bytes()), distance(text.as_bytes(), word.as_bytes()) <= 1);
        }
    }
}
