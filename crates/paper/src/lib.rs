//! What is printed: sheets as PDF. Words come ready made, in the reader's language; here they are only set on paper.
//!
//! The font is a part of the program, so a sheet looks the same wherever it is made and read; what is not in it (Chinese, Japanese, Korean) is an
//! empty box.

mod attendance;
mod canvas;
mod text;

pub use attendance::{Certificate, Column, Fact, Head, Line, Mark, PersonRow, Sheet};

/// A sheet could not be made.
#[derive(Debug, thiserror::Error)]
#[error("a PDF could not be made: {0}")]
pub struct PaperError(String);
