//! The reducer against a server in memory, and against plain sets of people.

#![allow(
    clippy::cast_possible_truncation,
    clippy::similar_names,
    clippy::large_types_passed_by_value,
    reason = "a dozen people, counted"
)]

mod acts;
mod desk;
mod model;
mod server;
mod stories;

use super::{Key, Message};
use convoke_domain::UserId;
use convoke_domain::id::uuid_v7;
use convoke_domain::selection::Filter;
use convoke_domain::view::Side;

fn user(n: u32) -> UserId {
    UserId(uuid_v7(i64::from(n), [1; 10]))
}

fn number(user: UserId) -> u32 {
    (0..100_000)
        .find(|n| self::user(*n) == user)
        .expect("made by `user`")
}

/// Matches the people whose number is divisible by `n`; everyone for 0.
fn filter(n: usize) -> Filter {
    Filter {
        text: "x".repeat(n),
        ..Filter::default()
    }
}

fn matches(filter: &Filter, n: u32) -> bool {
    filter.text.is_empty() || (n as usize).is_multiple_of(filter.text.len())
}

/// Those who match but for a typing error: where few match as typed.
fn similar(filter: &Filter, people: u32) -> impl Iterator<Item = u32> {
    let few = (0..people).filter(|n| matches(filter, *n)).count() < 20;
    let length = filter.text.len();
    (0..people.min(12)).filter(move |n| few && length > 1 && *n as usize % length == 1)
}

fn click(side: Side, index: u32, shift: bool, ctrl: bool) -> Message {
    Message::Click {
        side,
        index,
        shift,
        ctrl,
    }
}

fn key(side: Side, key: Key, shift: bool, ctrl: bool) -> Message {
    Message::KeyDown {
        side,
        key,
        shift,
        ctrl,
    }
}
