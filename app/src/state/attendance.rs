//! The grid of attendance: what a key or a tap does.

use convoke_domain::Attendance;

/// What a tap sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Says this.
    Say(Attendance),
    /// Takes back whatever is said.
    Clear,
}

impl Tool {
    /// All of them, as they stand side by side.
    pub const ALL: [Self; 4] = [
        Self::Say(Attendance::Present),
        Self::Say(Attendance::Absent),
        Self::Say(Attendance::Excused),
        Self::Clear,
    ];

    /// What is said of somebody after a tap: the same thing twice takes it back.
    pub fn applied(self, now: Option<Attendance>) -> Option<Attendance> {
        match self {
            Self::Say(attendance) if now == Some(attendance) => None,
            Self::Say(attendance) => Some(attendance),
            Self::Clear => None,
        }
    }
}

/// A cell: row and column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Goes to a cell.
    Go(Cell),
    /// Does what a tap would do.
    Tap,
    /// Says something, whatever a tap sets.
    Say(Option<Attendance>),
}

/// What a key does in a cell of a grid of so many rows and columns; `None` for a key that is not the grid's
/// (<https://www.w3.org/WAI/ARIA/apg/patterns/grid/>).
pub fn key(key: &str, ctrl: bool, at: Cell, (rows, columns): (usize, usize)) -> Option<Act> {
    /// So many rows does *Page down* go.
    const PAGE: usize = 10;
    let (last_row, last_column) = (rows.checked_sub(1)?, columns.checked_sub(1)?);
    let go = |row: usize, column: usize| {
        Some(Act::Go(Cell {
            row: row.min(last_row),
            column: column.min(last_column),
        }))
    };
    match key {
        "ArrowUp" => go(at.row.saturating_sub(1), at.column),
        "ArrowDown" => go(at.row + 1, at.column),
        "ArrowLeft" => go(at.row, at.column.saturating_sub(1)),
        "ArrowRight" => go(at.row, at.column + 1),
        "PageUp" => go(at.row.saturating_sub(PAGE), at.column),
        "PageDown" => go(at.row + PAGE, at.column),
        "Home" if ctrl => go(0, 0),
        "Home" => go(at.row, 0),
        "End" if ctrl => go(last_row, last_column),
        "End" => go(at.row, last_column),
        _ if ctrl => None,
        "Enter" | " " => Some(Act::Tap),
        "p" | "P" => Some(Act::Say(Some(Attendance::Present))),
        "a" | "A" => Some(Act::Say(Some(Attendance::Absent))),
        "e" | "E" => Some(Act::Say(Some(Attendance::Excused))),
        "Delete" | "Backspace" => Some(Act::Say(None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_tap_takes_back() {
        let present = Tool::Say(Attendance::Present);
        assert_eq!(present.applied(None), Some(Attendance::Present));
        assert_eq!(present.applied(Some(Attendance::Present)), None);
        assert_eq!(
            present.applied(Some(Attendance::Absent)),
            Some(Attendance::Present)
        );
        assert_eq!(Tool::Clear.applied(Some(Attendance::Absent)), None);
        assert_eq!(Tool::Clear.applied(None), None);
    }

    #[test]
    fn keys_stay_in_the_grid() {
        let at = |row, column| Cell { row, column };
        let go = |text: &str, ctrl, from| match key(text, ctrl, from, (30, 4)) {
            Some(Act::Go(cell)) => (cell.row, cell.column),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(go("ArrowUp", false, at(0, 0)), (0, 0));
        assert_eq!(go("ArrowDown", false, at(29, 1)), (29, 1));
        assert_eq!(go("ArrowRight", false, at(3, 3)), (3, 3));
        assert_eq!(go("ArrowLeft", false, at(3, 3)), (3, 2));
        assert_eq!(go("PageDown", false, at(3, 3)), (13, 3));
        assert_eq!(go("PageDown", false, at(25, 3)), (29, 3));
        assert_eq!(go("End", true, at(0, 0)), (29, 3));
        assert_eq!(go("Home", true, at(9, 3)), (0, 0));
        assert_eq!(go("Home", false, at(9, 3)), (9, 0));
        assert_eq!(key("ArrowUp", false, at(0, 0), (0, 4)), None, "no rows");
    }

    #[test]
    fn letters_say_what_they_begin_with() {
        let act = |text, ctrl| key(text, ctrl, Cell { row: 0, column: 0 }, (1, 1));
        assert_eq!(act("E", false), Some(Act::Say(Some(Attendance::Excused))));
        assert_eq!(act("a", true), None, "the browser's own");
        assert_eq!(act("Delete", false), Some(Act::Say(None)));
        assert_eq!(act(" ", false), Some(Act::Tap));
        assert_eq!(act("Tab", false), None);
        assert_eq!(act("Process", false), None);
    }
}
