//! Ordering a short list by dragging, without a DOM: pointer events go in, the move comes out. The rules are those of [`super::drag`]; here
//! a row goes into a gap of its own list.

use super::drag::{At, HANDLE_SLOP, MOUSE_SLOP, Pointer};

/// What a pointer did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// It was pressed on a row: the mouse anywhere on its head, a finger on its handle.
    Down {
        /// The pointer's id.
        id: i32,
        /// What points.
        pointer: Pointer,
        /// The row's place.
        index: usize,
        /// Where.
        at: At,
    },
    /// It moved.
    Move {
        /// The pointer's id.
        id: i32,
        /// Where to.
        at: At,
        /// The gap next to it, counted from 0 above the first row.
        gap: usize,
    },
    /// It was released.
    Up {
        /// The pointer's id.
        id: i32,
    },
    /// The browser took it away, or Escape was pressed.
    Abort,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Nothing.
    Nothing,
    /// The row is dragged from now on.
    Begin,
    /// The row at the first place goes into the gap.
    Drop(usize, usize),
    /// The drag ended without a move.
    End,
}

/// A pointer over the list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Reorder {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// A row is pressed; it may become a drag or a click.
    Pressed {
        /// The pointer's id.
        id: i32,
        /// What points.
        pointer: Pointer,
        /// The row's place.
        index: usize,
        /// Where it was pressed.
        at: At,
    },
    /// The row is dragged.
    Dragging {
        /// The pointer's id.
        id: i32,
        /// The row's place.
        index: usize,
        /// Where the pointer is.
        at: At,
        /// The gap next to it.
        gap: usize,
    },
}

impl Reorder {
    /// The row that is dragged.
    pub const fn dragged(&self) -> Option<usize> {
        match self {
            Self::Dragging { index, .. } => Some(*index),
            _ => None,
        }
    }

    /// The gap that the row would go into, when that is a move.
    pub fn target(&self) -> Option<usize> {
        match *self {
            Self::Dragging { index, gap, .. } if gap != index && gap != index + 1 => Some(gap),
            _ => None,
        }
    }

    /// Takes an input in.
    pub fn step(&mut self, input: Input) -> Output {
        match (*self, input) {
            // A second finger ends a drag.
            (Self::Dragging { .. }, Input::Down { .. } | Input::Abort) => {
                *self = Self::Idle;
                Output::End
            }
            (
                _,
                Input::Down {
                    id,
                    pointer,
                    index,
                    at,
                },
            ) => {
                *self = Self::Pressed {
                    id,
                    pointer,
                    index,
                    at,
                };
                Output::Nothing
            }
            (
                Self::Pressed {
                    id,
                    pointer,
                    index,
                    at: from,
                },
                Input::Move { id: other, at, gap },
            ) if id == other => {
                let slop = match pointer {
                    Pointer::Mouse => MOUSE_SLOP,
                    Pointer::Touch => HANDLE_SLOP,
                };
                if (from.x - at.x).hypot(from.y - at.y) < slop {
                    return Output::Nothing;
                }
                *self = Self::Dragging { id, index, at, gap };
                Output::Begin
            }
            (Self::Dragging { id, index, .. }, Input::Move { id: other, at, gap })
                if id == other =>
            {
                *self = Self::Dragging { id, index, at, gap };
                Output::Nothing
            }
            (Self::Dragging { id, .. }, Input::Up { id: other }) if id == other => {
                let dropped = self.dragged().zip(self.target());
                *self = Self::Idle;
                dropped.map_or(Output::End, |(index, gap)| Output::Drop(index, gap))
            }
            (Self::Pressed { id, .. }, Input::Up { id: other }) if id == other => {
                *self = Self::Idle;
                Output::Nothing
            }
            (Self::Pressed { .. }, Input::Abort) => {
                *self = Self::Idle;
                Output::Nothing
            }
            _ => Output::Nothing,
        }
    }
}

/// The gap next to a height: how many rows have their middle above it.
pub fn gap_at(y: f64, middles: impl IntoIterator<Item = f64>) -> usize {
    middles.into_iter().take_while(|middle| *middle < y).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(y: f64) -> At {
        At { x: 0.0, y }
    }

    fn down(pointer: Pointer) -> Input {
        Input::Down {
            id: 1,
            pointer,
            index: 1,
            at: at(0.0),
        }
    }

    fn moved(y: f64, gap: usize) -> Input {
        Input::Move {
            id: 1,
            at: at(y),
            gap,
        }
    }

    #[test]
    fn a_press_becomes_a_drag_after_a_few_pixels() {
        for (pointer, slop) in [(Pointer::Mouse, MOUSE_SLOP), (Pointer::Touch, HANDLE_SLOP)] {
            let mut drag = Reorder::default();
            drag.step(down(pointer));
            assert_eq!(drag.step(moved(slop - 1.0, 2)), Output::Nothing);
            assert_eq!(drag.step(moved(slop, 3)), Output::Begin);
            assert_eq!(drag.target(), Some(3));
            assert_eq!(drag.step(Input::Up { id: 1 }), Output::Drop(1, 3));
            assert_eq!(drag, Reorder::Idle);
        }
    }

    #[test]
    fn the_gaps_beside_a_row_are_no_move() {
        for gap in [1, 2] {
            let mut drag = Reorder::default();
            drag.step(down(Pointer::Mouse));
            drag.step(moved(20.0, gap));
            assert_eq!(drag.target(), None);
            assert_eq!(drag.step(Input::Up { id: 1 }), Output::End);
        }
    }

    #[test]
    fn a_click_stays_a_click_and_an_abort_moves_nothing() {
        let mut drag = Reorder::default();
        drag.step(down(Pointer::Mouse));
        assert_eq!(drag.step(Input::Up { id: 1 }), Output::Nothing);
        drag.step(down(Pointer::Mouse));
        drag.step(moved(40.0, 0));
        assert_eq!(drag.step(Input::Abort), Output::End);
        assert_eq!(drag.step(Input::Up { id: 1 }), Output::Nothing);
        drag.step(down(Pointer::Mouse));
        drag.step(moved(40.0, 0));
        assert_eq!(drag.step(down(Pointer::Touch)), Output::End);
    }

    #[test]
    fn another_pointer_does_not_move_the_row() {
        let mut drag = Reorder::default();
        drag.step(down(Pointer::Mouse));
        drag.step(moved(40.0, 0));
        let other = Input::Move {
            id: 2,
            at: at(99.0),
            gap: 3,
        };
        drag.step(other);
        assert_eq!(drag.target(), Some(0));
        assert_eq!(drag.step(Input::Up { id: 2 }), Output::Nothing);
        assert_eq!(drag.dragged(), Some(1));
    }

    #[test]
    fn the_gap_is_between_the_middles() {
        let middles = [10.0, 30.0, 50.0];
        assert_eq!(gap_at(0.0, middles), 0);
        assert_eq!(gap_at(29.0, middles), 1);
        assert_eq!(gap_at(31.0, middles), 2);
        assert_eq!(gap_at(99.0, middles), 3);
    }
}
