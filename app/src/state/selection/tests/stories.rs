//! What happens to a panel, one story a test.

use super::desk::Desk;
use super::{click, filter, key, user};
use crate::api::ApiError;
use crate::state::selection::{Effect, Key, Message, Phase, Said};
use convoke_domain::UserId;
use convoke_domain::view::{Side, ValidateOutcome};
use std::collections::BTreeSet;

#[test]
fn a_move_is_on_screen_before_the_server_answers() {
    let mut desk = Desk::open(10, [8, 9]);
    desk.send(click(Side::Users, 1, false, false));
    desk.send(click(Side::Users, 3, true, false));
    desk.send(Message::AddSelected);
    assert!(!desk.under_way.is_empty());
    assert_eq!(desk.names(Side::Users), [0, 4, 5, 6, 7]);
    assert_eq!(desk.names(Side::Participants), [1, 2, 3, 8, 9]);
    assert!(desk.state.participants.row(0).is_some_and(|row| !row.saved));
    assert_eq!(desk.state.counts.added, 3);
    assert_eq!(desk.state.counts.matching, 5);
    assert_eq!(desk.said, [Said::Moved(3, Side::Participants, None)]);
    assert_eq!(desk.state.users.focus, 1, "the row after the moved ones");
    desk.settle();
    desk.check_settled();
}

#[test]
fn two_moves_in_quick_succession_are_both_kept() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::DoubleClick(Side::Users, 0));
    desk.send(Message::DoubleClick(Side::Users, 0));
    // The answer to the first one is late and must not bring the second person back.
    desk.answer(0);
    assert_eq!(desk.names(Side::Users), [2, 3, 4, 5, 6, 7, 8, 9]);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Participants), [0, 1]);
}

#[test]
fn enter_moves_the_focused_row_and_the_next_one_is_focused() {
    let mut desk = Desk::open(10, []);
    desk.send(key(Side::Users, Key::Down, false, false));
    desk.send(key(Side::Users, Key::Enter, false, false));
    desk.send(key(Side::Users, Key::Enter, false, false));
    desk.settle();
    desk.check_settled();
    let said = Said::Moved(1, Side::Participants, Some("P2".to_owned()));
    assert_eq!(desk.said.last(), Some(&said));
    assert_eq!(desk.names(Side::Participants), [1, 2]);
    assert_eq!(desk.state.users.focus, 1);
}

#[test]
fn everything_but_one_is_a_filter_and_a_name() {
    let mut desk = Desk::open(300, []);
    desk.send(key(Side::Users, Key::A, false, true));
    assert_eq!(desk.said, [Said::Selected(300)]);
    desk.send(click(Side::Users, 5, false, true));
    desk.send(Message::Drop(Side::Users, Side::Participants));
    assert_eq!(desk.state.changes.ids(), 1, "no 299 names");
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Users), [5]);
}

#[test]
fn add_all_adds_whom_its_number_counted() {
    let mut desk = Desk::open(100, []);
    // The filter is typed but its answer has not come: the button still says 100.
    desk.send(Message::FilterChanged(filter(10)));
    desk.send(Message::AddAll);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.counts.added, 100);
}

#[test]
fn a_list_that_becomes_longer_shows_its_people_at_once() {
    let mut desk = Desk::open(100, []);
    // Neither has the server answered nor the list said that it draws more rows now.
    drop(desk.state.reduce(Message::AddAll));
    let drawn = desk.state.participants.drawn();
    let known = (0..10).all(|index| drawn.row(index).is_some_and(|row| row.person.is_some()));
    assert!(known, "{drawn:?}");
}

#[test]
fn a_range_beyond_the_loaded_rows_is_moved_when_its_people_are_known() {
    let mut desk = Desk::open(500, []);
    desk.send(click(Side::Users, 2, false, false));
    desk.send(key(Side::Users, Key::End, true, true));
    assert_eq!(desk.state.users.picked_count(), 498);
    desk.send(key(Side::Users, Key::Enter, false, false));
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Users), [0, 1]);
}

#[test]
fn answers_to_older_filters_are_ignored() {
    let mut desk = Desk::open(100, []);
    desk.send(Message::FilterChanged(filter(2)));
    desk.send(Message::FilterChanged(filter(10)));
    desk.answer(1);
    assert_eq!(desk.state.users.total, 12);
    desk.answer(0);
    assert_eq!(desk.state.users.total, 12);
    desk.settle();
    desk.check_settled();
}

#[test]
fn a_failure_keeps_everything_and_can_be_tried_again() {
    let mut desk = Desk::open(100, []);
    desk.send(Message::FilterChanged(filter(10)));
    let Some(Effect::Fetch(request)) = desk.under_way.pop() else {
        panic!("a request")
    };
    let error = ApiError::Transport("offline".to_owned());
    desk.send(Message::Failed(request, error.clone()));
    assert_eq!(desk.state.error, Some(error.clone()));
    assert_eq!(desk.state.users.total, 100, "the rows stay");
    desk.send(Message::Retry);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.error, None);

    desk.send(Message::AddAll);
    desk.settle();
    desk.send(Message::Validate);
    assert!(desk.validated.is_some());
    desk.send(Message::AddAll);
    assert_eq!(desk.state.counts.added, 10, "nothing moves while it saves");
    desk.send(Message::ValidateFailed(error.clone()));
    assert_eq!(desk.state.refusal, Some(error));
    assert!(desk.state.is_choosing() && !desk.closed);
    assert_eq!(desk.state.counts.added, 10);
}

#[test]
fn closing_asks_only_when_something_would_be_lost() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::DoubleClick(Side::Users, 0));
    desk.send(Message::Close);
    assert_eq!(desk.state.phase, Phase::Asking);
    desk.send(Message::KeepChoosing);
    desk.settle();
    desk.send(Message::DoubleClick(Side::Participants, 0));
    desk.settle();
    desk.send(Message::Close);
    assert!(desk.closed, "moved there and back");
}

#[test]
fn validate_without_changes_closes() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::Validate);
    assert!(desk.closed && desk.validated.is_none());
}

#[test]
fn what_validate_did_is_told_and_the_panel_closes() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::AddAll);
    desk.send(Message::Close);
    desk.send(Message::KeepChoosing);
    desk.send(Message::Validate);
    desk.send(Message::Close);
    assert!(!desk.closed, "whether it was saved has to be known first");
    desk.send(Message::Validated(ValidateOutcome::default()));
    assert!(desk.closed && desk.saved);
}

#[test]
fn a_colleagues_change_while_the_panel_is_open_is_taken_in() {
    let mut desk = Desk::open(300, [0, 1]);
    desk.draw(Side::Users, 150);
    desk.settle();
    desk.server.saved.extend([2, 3]);
    desk.server.version = 2;
    desk.draw(Side::Users, 280);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.participants.total, 4);
    desk.draw(Side::Users, 140);
    desk.settle();
    desk.check_settled();
}

#[test]
fn too_many_names_are_refused_and_nothing_is_noted() {
    let mut desk = Desk::open(0, []);
    let people: BTreeSet<UserId> = (0..=convoke_domain::selection::MAX_IDS as u32)
        .map(user)
        .collect();
    let _ = desk.state.move_people(Side::Users, &people, 0);
    assert!(desk.state.changes.is_empty());
    assert!(desk.state.refusal.is_some());
}

#[test]
fn a_directory_that_became_shorter_is_noticed_at_its_end() {
    let mut desk = Desk::open(500, []);
    desk.server.people = 300;
    desk.server.directory_version += 1;
    desk.draw(Side::Users, 480);
    desk.draw(Side::Users, 240);
    desk.answer(0);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.counts.matching, 300);
}

#[test]
fn a_directory_that_became_longer_is_noticed_by_the_next_answer() {
    let mut desk = Desk::open(500, []);
    desk.draw(Side::Users, 200);
    let before = desk.under_way.len();
    desk.server.people = 700;
    desk.server.directory_version += 1;
    desk.draw(Side::Users, 400);
    // The newer question is answered first; the older answer does not bring the old numbers back.
    desk.answer(before);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.counts.matching, 700);
}

#[test]
fn add_all_leaves_those_who_are_only_similar() {
    let mut desk = Desk::open(40, []);
    desk.send(Message::FilterChanged(filter(3)));
    desk.settle();
    assert_eq!(
        (desk.state.counts.matching, desk.state.counts.similar),
        (14, 4)
    );
    assert_eq!(desk.said.pop(), Some(Said::Matching(14, 4)));
    desk.send(Message::AddAll);
    assert_eq!(
        (desk.state.counts.matching, desk.state.counts.similar),
        (0, 4)
    );
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Users), [1, 4, 7, 10]);
    desk.send(Message::AddAll);
    desk.settle();
    assert_eq!(
        desk.state.counts.added, 14,
        "there is nobody as typed any more"
    );
    // Whoever selects everything sees whom.
    desk.send(key(Side::Users, Key::A, false, true));
    desk.send(Message::AddSelected);
    desk.settle();
    desk.check_settled();
    assert!(desk.names(Side::Users).is_empty());
    assert_eq!(desk.state.counts.added, 18);
}

#[test]
fn a_list_that_a_form_holds_is_there_when_the_panel_opens() {
    let mut desk = Desk::open_held(10, [2, 3]);
    assert_eq!(desk.names(Side::Participants), [2, 3]);
    assert!(!desk.state.dirty(), "nothing was moved yet");
    // There and back is nothing moved; taking everybody out is.
    desk.send(Message::DoubleClick(Side::Participants, 1));
    desk.settle();
    assert!(desk.state.dirty());
    desk.send(Message::RemoveAll);
    desk.settle();
    assert_eq!(desk.state.counts.added, 0);
    assert!(desk.state.dirty());
    desk.send(Message::Close);
    assert_eq!(desk.state.phase, Phase::Asking);
    desk.send(Message::KeepChoosing);
    desk.send(Message::Validate);
    let request = desk.validated.take().expect("it is sent");
    assert!((0..10).all(|n| !desk.server.right(&request.changes, n)));

    let mut unmoved = Desk::open_held(10, [2]);
    unmoved.send(Message::Validate);
    assert!(unmoved.closed && unmoved.validated.is_none());
}

#[test]
fn pasted_people_go_right_wherever_they_stand() {
    let mut desk = Desk::open(300, [7]);
    desk.send(Message::FilterChanged(filter(3)));
    desk.settle();
    // One matches the filter, one does not, one is on no page that is loaded.
    desk.send(Message::Pasted(vec![user(3), user(100), user(299)]));
    assert_eq!(
        desk.said.last(),
        Some(&Said::Moved(3, Side::Participants, None))
    );
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Participants), [3, 100, 299, 7]);
    assert_eq!(desk.state.counts.added, 3);
    assert!(desk.state.dirty());
}
