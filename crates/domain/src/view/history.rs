use super::{MessageRow, TrainingChoice};
use crate::person::text_enum;
use crate::{TrainingId, UserId};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a line of the history is about.
    HistoryArea {
        /// People, groups and user types.
        People = "people",
        /// Trainings and their documents.
        Trainings = "trainings",
        /// Choosing, sending, answering.
        Invitations = "invitations",
        /// Registering oneself, and the training space.
        Registration = "registration",
        /// Who is there.
        Presence = "presence",
        /// The organisation's settings, and the data of a demonstration.
        Settings = "settings",
        /// Signing in and out.
        Sessions = "sessions",
    }
}

impl HistoryArea {
    /// How the events of the area begin.
    pub const fn events(self) -> &'static [&'static str] {
        match self {
            Self::People => &["user.", "users.", "group.", "user_type."],
            Self::Trainings => &["training.", "document."],
            Self::Invitations => &[
                "selection.",
                "invitation.",
                "invitations.",
                "reminder.",
                "change.",
            ],
            Self::Registration => &["registration.", "space."],
            Self::Presence => &["presence."],
            Self::Settings => &["settings.", "retention.", "text.", "demo."],
            Self::Sessions => &["session."],
        }
    }
}

/// The filters of the history, combined with AND; an empty part asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryFilter {
    /// Words that the person who did it, the person concerned or the training is called; see [`crate::fold::Query`].
    pub text: String,
    /// What it is about.
    pub area: Option<HistoryArea>,
    /// Not before this day (`2026-01-31`, in the organisation's time zone); empty for any.
    pub from: String,
    /// Not after this day.
    pub until: String,
}

/// A line of the history, or of a person's story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// "22 November 2026, 09:14", in the organisation's time zone; in a story in the training's.
    pub when: String,
    /// Who did it, as they were called then.
    pub who: String,
    /// The address of the network that they acted from; empty for the command line, the system, and where it is not known or not the reader's to see.
    pub from: String,
    /// What they did, in the reader's language.
    pub what: String,
    /// The person concerned, as they are called now; nobody in a story, whose lines are all about one.
    pub person: Option<(UserId, String)>,
    /// The training concerned.
    pub training: Option<(TrainingId, String)>,
    /// The message that was written, in a story.
    pub message: Option<MessageRow>,
}

/// Whose story it is, and what it can be narrowed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryHead {
    /// The person's name.
    pub name: String,
    /// The trainings that the story is about, the latest first.
    pub trainings: Vec<TrainingChoice>,
}
