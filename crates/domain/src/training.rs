//! What a training is made of, and what a form must hold before it is one.

use crate::person::text_enum;
use crate::{FieldError, UserId};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where a training stands on the calendar.
    Phase {
        /// Starts later.
        Upcoming = "upcoming",
        /// Has started, has not ended.
        Running = "running",
        /// Has ended.
        Past = "past",
    }
}

/// A training as it is typed in the form; times are local to `time_zone`, as `datetime-local` inputs give them
/// (`2026-12-09T09:00`). Numbers are text, so that nothing typed is lost when it is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingForm {
    /// Title, required.
    pub title: String,
    /// What it is about, plain text with line breaks.
    pub description: String,
    /// First moment, local time, required.
    pub start: String,
    /// Last moment, local time, required.
    pub end: String,
    /// IANA name, for example `Europe/Paris`.
    pub time_zone: String,
    /// Days really taught, whole number or empty.
    pub days_taught: String,
    /// Where it happens.
    pub place: String,
    /// Number of seats or empty.
    pub seats: String,
    /// Last moment to answer, local time, or empty.
    pub answer_deadline: String,
    /// Who teaches it.
    pub trainers: Vec<UserId>,
}

/// Longest title, in characters.
pub const MAX_TITLE: usize = 200;
/// Longest description, in characters.
pub const MAX_DESCRIPTION: usize = 10_000;
/// Most trainers.
pub const MAX_TRAINERS: usize = 50;

impl TrainingForm {
    /// The checks that need no clock and no time zones; the server adds those. Local times compare as text.
    pub fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let mut refuse = |field: &str, text: &str| problems.push(FieldError::new(field, text));
        if self.title.trim().is_empty() {
            refuse("title", "error-required");
        } else if self.title.chars().count() > MAX_TITLE {
            refuse("title", "error-too-long");
        }
        if self.description.chars().count() > MAX_DESCRIPTION {
            refuse("description", "error-too-long");
        }
        if self.place.chars().count() > MAX_TITLE {
            refuse("place", "error-too-long");
        }
        if self.start.is_empty() {
            refuse("start", "error-required");
        }
        if self.end.is_empty() {
            refuse("end", "error-required");
        } else if !self.start.is_empty() && self.end <= self.start {
            refuse("end", "error-end-before-start");
        }
        if !self.answer_deadline.is_empty()
            && !self.end.is_empty()
            && self.answer_deadline > self.end
        {
            refuse("answer_deadline", "error-deadline-after-end");
        }
        if self.trainers.len() > MAX_TRAINERS {
            refuse("trainers", "conflict-too-many-trainers");
        }
        for (field, value) in [("seats", &self.seats), ("days_taught", &self.days_taught)] {
            let value = value.trim();
            if !value.is_empty()
                && !value
                    .parse::<u32>()
                    .is_ok_and(|n| (1..=100_000).contains(&n))
            {
                refuse(field, "error-whole-number");
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> TrainingForm {
        TrainingForm {
            title: "Fire Safety".into(),
            start: "2026-12-09T09:00".into(),
            end: "2026-12-10T17:00".into(),
            time_zone: "Europe/Paris".into(),
            ..TrainingForm::default()
        }
    }

    fn fields(form: &TrainingForm) -> Vec<String> {
        form.problems().into_iter().map(|p| p.field).collect()
    }

    #[test]
    fn a_good_form_has_no_problem() {
        assert!(form().problems().is_empty());
    }

    #[test]
    fn every_problem_names_its_field() {
        assert_eq!(fields(&TrainingForm::default()), ["title", "start", "end"]);
        assert_eq!(
            fields(&TrainingForm {
                end: "2026-12-09T08:00".into(),
                ..form()
            }),
            ["end"]
        );
        assert_eq!(
            fields(&TrainingForm {
                seats: "twelve".into(),
                ..form()
            }),
            ["seats"]
        );
        assert_eq!(
            fields(&TrainingForm {
                seats: "0".into(),
                ..form()
            }),
            ["seats"]
        );
        assert_eq!(
            fields(&TrainingForm {
                answer_deadline: "2027-01-01T00:00".into(),
                ..form()
            }),
            ["answer_deadline"]
        );
    }
}
