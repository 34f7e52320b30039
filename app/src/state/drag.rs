//! Dragging rows with mouse, pen or finger, without a DOM: pointer events go in, what to do comes out.
//!
//! With the mouse a drag begins anywhere on a row after a few pixels. With a finger or a pen it begins from the
//! row's handle at once, or after a rest anywhere on the row; a finger that moves earlier scrolls the list.
//! Nothing is moved in the document: a ghost follows the pointer, and the drop is one message.

use convoke_domain::view::Side;

/// How far a mouse moves before a press becomes a drag, in pixels.
pub const MOUSE_SLOP: f64 = 6.0;
/// How far a finger on a handle moves before a tap becomes a drag, in pixels.
pub const HANDLE_SLOP: f64 = 3.0;
/// How far a finger elsewhere on a row may tremble while it rests, in pixels; beyond that it scrolls.
pub const REST_SLOP: f64 = 8.0;
/// How long a finger rests before a press becomes a drag, in milliseconds.
pub const HOLD_MS: u64 = 250;
/// Height of the zones at the edges of a column in which it scrolls while something is dragged there, in pixels.
pub const EDGE: f64 = 48.0;
/// The fastest scrolling at an edge, in pixels per frame.
pub const EDGE_SPEED: f64 = 18.0;

/// What points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// A mouse.
    Mouse,
    /// A finger or a pen.
    Touch,
}

impl Pointer {
    /// From `PointerEvent.pointerType`.
    pub fn named(kind: &str) -> Self {
        match kind {
            "touch" | "pen" => Self::Touch,
            _ => Self::Mouse,
        }
    }
}

/// A place in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct At {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl At {
    fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// What a pointer did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// It was pressed on a row.
    Down {
        /// The pointer's id.
        id: i32,
        /// What points.
        pointer: Pointer,
        /// The column.
        side: Side,
        /// The row.
        index: u32,
        /// Where.
        at: At,
        /// On the row's handle.
        handle: bool,
    },
    /// It moved.
    Move {
        /// The pointer's id.
        id: i32,
        /// Where to.
        at: At,
        /// The column under it.
        over: Option<Side>,
    },
    /// It has rested for [`HOLD_MS`] since it was pressed.
    Held {
        /// The pointer's id.
        id: i32,
    },
    /// It was released.
    Up {
        /// The pointer's id.
        id: i32,
        /// The column under it.
        over: Option<Side>,
    },
    /// The browser took it away (it scrolls, or another program came to the front), or Escape was pressed.
    Abort,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Nothing.
    Nothing,
    /// Say [`Input::Held`] in [`HOLD_MS`].
    Wait,
    /// The row, and the selection it belongs to, is dragged from now on.
    Begin(Side, u32),
    /// The ghost has to follow.
    Follow,
    /// What is dragged goes from the first column to the second.
    Drop(Side, Side),
    /// The drag ended without a move.
    End,
}

/// A pointer over the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Drag {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// A row is pressed; it may become a drag, a click or a scroll.
    Pressed {
        /// The pointer's id.
        id: i32,
        /// What points.
        pointer: Pointer,
        /// The column.
        side: Side,
        /// The row.
        index: u32,
        /// Where.
        at: At,
        /// On the row's handle.
        handle: bool,
    },
    /// Something is dragged.
    Dragging {
        /// The pointer's id.
        id: i32,
        /// The column it comes from.
        from: Side,
        /// The row that was pressed.
        index: u32,
        /// Where the pointer is.
        at: At,
        /// The column under it.
        over: Option<Side>,
    },
}

impl Drag {
    /// Whether something is dragged.
    pub const fn is_dragging(&self) -> bool {
        matches!(self, Self::Dragging { .. })
    }

    /// The column that what is dragged would be dropped on.
    pub fn target(&self) -> Option<Side> {
        match self {
            Self::Dragging {
                from,
                over: Some(over),
                ..
            } if from != over => Some(*over),
            _ => None,
        }
    }

    /// Takes an input in.
    #[allow(clippy::match_same_arms, reason = "each way to end says why")]
    pub fn step(&mut self, input: Input) -> Output {
        match (*self, input) {
            // A second finger ends a drag: it zooms or is an accident.
            (Self::Dragging { .. }, Input::Down { .. }) => {
                *self = Self::Idle;
                Output::End
            }
            (
                _,
                Input::Down {
                    id,
                    pointer,
                    side,
                    index,
                    at,
                    handle,
                },
            ) => {
                *self = Self::Pressed {
                    id,
                    pointer,
                    side,
                    index,
                    at,
                    handle,
                };
                match pointer {
                    Pointer::Mouse => Output::Nothing,
                    Pointer::Touch => Output::Wait,
                }
            }
            (
                Self::Pressed { id, .. },
                Input::Move {
                    id: other,
                    at,
                    over,
                },
            ) if id == other => self.pressed_moves(at, over),
            (
                Self::Pressed {
                    id,
                    pointer: Pointer::Touch,
                    side,
                    index,
                    at,
                    ..
                },
                Input::Held { id: other },
            ) if id == other => {
                *self = Self::Dragging {
                    id,
                    from: side,
                    index,
                    at,
                    over: Some(side),
                };
                Output::Begin(side, index)
            }
            (
                Self::Dragging {
                    id, from, index, ..
                },
                Input::Move {
                    id: other,
                    at,
                    over,
                },
            ) if id == other => {
                *self = Self::Dragging {
                    id,
                    from,
                    index,
                    at,
                    over,
                };
                Output::Follow
            }
            (Self::Dragging { id, from, .. }, Input::Up { id: other, over }) if id == other => {
                *self = Self::Idle;
                match over {
                    Some(onto) if onto != from => Output::Drop(from, onto),
                    _ => Output::End,
                }
            }
            (Self::Pressed { id, .. }, Input::Up { id: other, .. }) if id == other => {
                *self = Self::Idle;
                Output::Nothing
            }
            (Self::Pressed { .. }, Input::Abort) => {
                *self = Self::Idle;
                Output::Nothing
            }
            (Self::Dragging { .. }, Input::Abort) => {
                *self = Self::Idle;
                Output::End
            }
            _ => Output::Nothing,
        }
    }

    fn pressed_moves(&mut self, to: At, over: Option<Side>) -> Output {
        let Self::Pressed {
            id,
            pointer,
            side,
            index,
            at,
            handle,
        } = *self
        else {
            return Output::Nothing;
        };
        let moved = at.distance(to);
        let begins = match pointer {
            Pointer::Mouse => moved >= MOUSE_SLOP,
            Pointer::Touch => handle && moved >= HANDLE_SLOP,
        };
        if begins {
            *self = Self::Dragging {
                id,
                from: side,
                index,
                at: to,
                over,
            };
            Output::Begin(side, index)
        } else {
            if pointer == Pointer::Touch && moved > REST_SLOP {
                *self = Self::Idle;
            }
            Output::Nothing
        }
    }
}

/// How far a column between `top` and `bottom` scrolls in this frame when something is dragged at `y`; negative is up.
pub fn edge_scroll(y: f64, top: f64, bottom: f64) -> f64 {
    let edge = EDGE.min((bottom - top) / 3.0);
    if edge <= 0.0 {
        return 0.0;
    }
    let up = ((top + edge - y) / edge).clamp(0.0, 1.0);
    let down = ((y - (bottom - edge)) / edge).clamp(0.0, 1.0);
    (down * down - up * up) * EDGE_SPEED
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const U: Side = Side::Users;
    const P: Side = Side::Participants;

    fn at(x: f64, y: f64) -> At {
        At { x, y }
    }

    fn down(pointer: Pointer, handle: bool) -> Input {
        Input::Down {
            id: 1,
            pointer,
            side: U,
            index: 4,
            at: at(100.0, 100.0),
            handle,
        }
    }

    fn moved(x: f64, y: f64, over: Option<Side>) -> Input {
        Input::Move {
            id: 1,
            at: at(x, y),
            over,
        }
    }

    fn run(inputs: &[Input]) -> Vec<Output> {
        let mut drag = Drag::default();
        inputs.iter().map(|input| drag.step(*input)).collect()
    }

    #[test]
    fn a_mouse_drags_after_a_few_pixels_from_anywhere() {
        use Output as O;
        assert_eq!(
            run(&[
                down(Pointer::Mouse, false),
                moved(103.0, 100.0, Some(U)),
                moved(107.0, 100.0, Some(U)),
                moved(400.0, 100.0, Some(P)),
                Input::Up {
                    id: 1,
                    over: Some(P)
                },
            ]),
            [
                O::Nothing,
                O::Nothing,
                O::Begin(U, 4),
                O::Follow,
                O::Drop(U, P)
            ]
        );
    }

    #[test]
    fn a_click_is_not_a_drag() {
        let outputs = run(&[
            down(Pointer::Mouse, true),
            moved(102.0, 101.0, Some(U)),
            Input::Up {
                id: 1,
                over: Some(U),
            },
            moved(300.0, 300.0, Some(P)),
        ]);
        assert!(outputs.iter().all(|o| *o == Output::Nothing));
    }

    #[test]
    fn a_finger_that_moves_early_scrolls() {
        let outputs = run(&[
            down(Pointer::Touch, false),
            moved(100.0, 120.0, Some(U)),
            Input::Held { id: 1 },
            moved(400.0, 120.0, Some(P)),
        ]);
        assert_eq!(outputs[0], Output::Wait);
        assert!(outputs[1..].iter().all(|o| *o == Output::Nothing));
    }

    #[test]
    fn a_finger_that_rests_drags_even_if_it_trembles() {
        use Output as O;
        assert_eq!(
            run(&[
                down(Pointer::Touch, false),
                moved(104.0, 104.0, Some(U)),
                Input::Held { id: 1 },
                moved(400.0, 120.0, Some(P)),
                Input::Up {
                    id: 1,
                    over: Some(P)
                },
            ]),
            [
                O::Wait,
                O::Nothing,
                O::Begin(U, 4),
                O::Follow,
                O::Drop(U, P)
            ]
        );
    }

    #[test]
    fn a_finger_on_the_handle_drags_at_once() {
        let outputs = run(&[down(Pointer::Touch, true), moved(104.0, 100.0, Some(U))]);
        assert_eq!(outputs[1], Output::Begin(U, 4));
    }

    #[test]
    fn what_is_dropped_at_home_or_nowhere_stays() {
        for over in [Some(U), None] {
            let outputs = run(&[
                down(Pointer::Mouse, false),
                moved(200.0, 100.0, over),
                Input::Up { id: 1, over },
            ]);
            assert_eq!(outputs[2], Output::End);
        }
    }

    #[test]
    fn an_abort_ends_the_drag_and_the_release_means_nothing() {
        let outputs = run(&[
            down(Pointer::Mouse, false),
            moved(200.0, 100.0, Some(P)),
            Input::Abort,
            Input::Up {
                id: 1,
                over: Some(P),
            },
        ]);
        assert_eq!(outputs[2..], [Output::End, Output::Nothing]);
    }

    #[test]
    fn another_finger_ends_the_drag() {
        let mut drag = Drag::default();
        drag.step(down(Pointer::Touch, true));
        drag.step(moved(200.0, 100.0, Some(P)));
        assert_eq!(drag.target(), Some(P));
        let other = Input::Down {
            id: 2,
            pointer: Pointer::Touch,
            side: U,
            index: 0,
            at: At::default(),
            handle: false,
        };
        assert_eq!(drag.step(other), Output::End);
        assert_eq!(drag, Drag::Idle);
    }

    #[test]
    fn columns_scroll_at_their_edges_only() {
        assert!(edge_scroll(110.0, 100.0, 700.0) < 0.0);
        assert!(edge_scroll(690.0, 100.0, 700.0) > 0.0);
        assert!(edge_scroll(400.0, 100.0, 700.0).abs() < f64::EPSILON);
        assert!((edge_scroll(900.0, 100.0, 700.0) - EDGE_SPEED).abs() < f64::EPSILON);
        assert!(edge_scroll(5.0, 10.0, 10.0).abs() < f64::EPSILON);
    }

    fn input() -> impl Strategy<Value = Input> {
        let over = prop_oneof![Just(None), Just(Some(U)), Just(Some(P))];
        let place = (0.0_f64..500.0, 0.0_f64..500.0).prop_map(|(x, y)| at(x, y));
        prop_oneof![
            (
                0..3,
                any::<bool>(),
                any::<bool>(),
                any::<bool>(),
                place.clone()
            )
                .prop_map(|(id, touch, left, handle, at)| Input::Down {
                    id,
                    pointer: if touch {
                        Pointer::Touch
                    } else {
                        Pointer::Mouse
                    },
                    side: if left { U } else { P },
                    index: 1,
                    at,
                    handle,
                }),
            (0..3, place, over.clone()).prop_map(|(id, at, over)| Input::Move { id, at, over }),
            (0..3).prop_map(|id| Input::Held { id }),
            (0..3, over).prop_map(|(id, over)| Input::Up { id, over }),
            Just(Input::Abort),
        ]
    }

    proptest! {
        /// Every drag that begins ends exactly once, by a drop or without; a drop goes to the other column.
        #[test]
        fn every_drag_ends_once(inputs in prop::collection::vec(input(), 0..60)) {
            let mut drag = Drag::default();
            let mut open = false;
            for input in inputs {
                match drag.step(input) {
                    Output::Begin(..) => {
                        prop_assert!(!open);
                        open = true;
                    }
                    Output::Drop(from, onto) => {
                        prop_assert!(open && from != onto);
                        open = false;
                    }
                    Output::End => {
                        prop_assert!(open);
                        open = false;
                    }
                    Output::Follow => prop_assert!(open),
                    Output::Nothing | Output::Wait => {}
                }
                prop_assert_eq!(open, drag.is_dragging());
            }
        }
    }
}
