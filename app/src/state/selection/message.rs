//! What comes into the selection panel and what goes out of it.

use crate::api::ApiError;
use crate::state::list_window::Rows;
use convoke_domain::UserId;
use convoke_domain::selection::Filter;
use convoke_domain::view::{
    Range, SelectionQuery, SelectionView, Side, ValidateOutcome, ValidateRequest,
};

/// A key that means something in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Space: selects or unselects.
    Space,
    /// Enter: moves.
    Enter,
    /// The letter A, which with Ctrl selects everything.
    A,
}

impl Key {
    /// The key of a keyboard event by its `key` value (UI Events, `KeyboardEvent` key values).
    pub fn named(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "Home" => Self::Home,
            "End" => Self::End,
            "PageUp" => Self::PageUp,
            "PageDown" => Self::PageDown,
            " " => Self::Space,
            "Enter" => Self::Enter,
            "a" | "A" => Self::A,
            _ => return None,
        })
    }
}

/// What happens to the panel.
#[derive(Clone, Debug)]
pub enum Message {
    /// The version of the saved list is known: the panel may ask for rows.
    Opened(i64),
    /// The panel could not be opened.
    OpenFailed(ApiError),
    /// Other rows are drawn now.
    Drawn(Side, Rows),
    /// So many rows fit on the screen.
    PageRows(Side, u32),
    /// Other filters; the text already waited for the typing to pause.
    FilterChanged(Filter),
    /// A row was clicked or tapped; a tap counts as with Ctrl, because a finger has no other way to select several.
    Click {
        /// The column.
        side: Side,
        /// The row.
        index: u32,
        /// With Shift.
        shift: bool,
        /// With Ctrl or Command.
        ctrl: bool,
    },
    /// A row was double-clicked.
    DoubleClick(Side, u32),
    /// A key was pressed in a column.
    KeyDown {
        /// The column.
        side: Side,
        /// The key.
        key: Key,
        /// With Shift.
        shift: bool,
        /// With Ctrl or Command.
        ctrl: bool,
    },
    /// A row begins to be dragged, and with it the selection it belongs to.
    DragStart(Side, u32),
    /// What was dragged from the first column was dropped on the second.
    Drop(Side, Side),
    /// *Add*.
    AddSelected,
    /// *Remove*.
    RemoveSelected,
    /// *Add all*.
    AddAll,
    /// *Remove all*.
    RemoveAll,
    /// These people, whose addresses were pasted, go to the right, wherever they stand.
    Pasted(Vec<UserId>),
    /// Rows and counts came.
    Loaded(Request, SelectionView),
    /// They did not.
    Failed(Request, ApiError),
    /// The people behind ranges of rows that were not loaded; the number is that of the question.
    People(u32, Vec<UserId>),
    /// They could not be had.
    PeopleFailed(u32, ApiError),
    /// Asks again for what could not be loaded.
    Retry,
    /// Whether those taken out are told.
    TellRemoved(bool),
    /// *Validate*.
    Validate,
    /// *Validate* did this.
    Validated(ValidateOutcome),
    /// *Validate* did nothing.
    ValidateFailed(ApiError),
    /// *Cancel*, Escape or the cross.
    Close,
    /// Asked whether to discard the changes: no.
    KeepChoosing,
    /// Asked whether to discard the changes: yes.
    Discard,
}

/// A question for rows and counts. It comes back with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Grows with each request.
    pub number: u32,
    /// The questions of the left and the right column that it was made for.
    pub questions: (u32, u32),
    /// What is asked for.
    pub query: SelectionQuery,
}

/// What is said to screen readers, before it has words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// So many people were moved to a column; the name, if it is one whose row is loaded.
    Moved(u32, Side, Option<String>),
    /// So many users match the filters as typed, and so many more but for a typing error.
    Matching(u32, u32),
    /// So many rows of a column are selected.
    Selected(u32),
    /// Too many people are named one by one.
    TooMany,
}

/// What the panel wants done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Asks for rows and counts; answered by [`Message::Loaded`] or [`Message::Failed`].
    Fetch(Request),
    /// Asks for the people of ranges of rows; answered by [`Message::People`] or [`Message::PeopleFailed`].
    FetchPeople {
        /// Comes back with the answer.
        number: u32,
        /// The column.
        side: Side,
        /// The ranges; their limits may exceed [`Range::MAX`].
        ranges: Vec<Range>,
        /// Which list they are ranges of.
        query: SelectionQuery,
    },
    /// Saves; answered by [`Message::Validated`] or [`Message::ValidateFailed`].
    Validate(ValidateRequest),
    /// Says something.
    Say(Said),
    /// Brings a row on screen.
    Reveal(Side, u32),
    /// The list was saved: whoever shows it should look again, and say what was done.
    Saved(ValidateOutcome),
    /// The panel closes.
    Close,
}
