//! The two columns of a selection panel: the saved list, what was moved over it, and the filters of the left one.
//!
//! What is on the right follows [`Changes::contains`], for everybody at once.

use crate::bits::Bits;
use crate::people::{Directory, Facts, Found};
use convoke_domain::selection::{Change, Changes, Filter};
use convoke_domain::view::{Range, SelectionCounts, Side};
use convoke_domain::{GroupId, InvitationState, UserId};

/// An invitation of a training, as a panel looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Invited {
    /// Who.
    pub user_id: UserId,
    /// Where it stands.
    pub state: InvitationState,
    /// The training's version at which the person was put on the list.
    pub chosen_version: i64,
}

/// The saved list of a panel, as rows of one [`Directory`].
#[derive(Clone, Debug)]
pub struct Roster {
    saved: Bits,
    sent: Bits,
    confirmed: Bits,
    waiting: Bits,
    /// Of those saved, the version at which each was put on the list; who is not named was always there.
    chosen: Vec<(u32, i64)>,
}

impl Roster {
    /// A list with nobody on it.
    pub fn empty(directory: &Directory) -> Self {
        let none = || Bits::none(directory.len());
        Self {
            saved: none(),
            sent: none(),
            confirmed: none(),
            waiting: none(),
            chosen: Vec::new(),
        }
    }

    /// The members of a group. `changed` are the people who were changed lately, of whom it is not known whether they became members by it: they count as
    /// put on the list with the directory's version.
    pub fn of_group(directory: &Directory, group: GroupId, changed: &[UserId]) -> Self {
        let mut roster = Self {
            saved: directory.members(group),
            ..Self::empty(directory)
        };
        directory.each_row(changed, |row| {
            if roster.saved.contains(row) {
                roster.chosen.push((row, directory.version()));
            }
        });
        roster
    }

    /// Made of a training's invitations.
    pub fn new(directory: &Directory, invitations: &[Invited]) -> Self {
        let mut roster = Self::empty(directory);
        for invited in invitations.iter().filter(|i| i.state.is_participant()) {
            let Some(row) = directory.row(invited.user_id) else {
                continue;
            };
            roster.saved.insert(row);
            roster.chosen.push((row, invited.chosen_version));
            match invited.state {
                InvitationState::Sent => roster.sent.insert(row),
                InvitationState::Confirmed => roster.confirmed.insert(row),
                InvitationState::Waiting => roster.waiting.insert(row),
                InvitationState::ToSend
                | InvitationState::Declined
                | InvitationState::Cancelled => {}
            }
        }
        roster
    }

    /// Whether the person of a row is on the list.
    pub fn has(&self, row: u32) -> bool {
        self.saved.contains(row)
    }
}

/// What stands in the columns of a panel.
#[derive(Clone, Debug)]
pub struct Columns {
    scope: Bits,
    /// Right, in scope or not.
    right: Bits,
    /// Left, whatever the filters.
    free: Bits,
    /// Left.
    found: Found,
    added: Bits,
    removed: Bits,
    /// Right, in scope, and saved.
    stay: Bits,
}

impl Columns {
    /// Evaluates the changes and filters of a panel for a reader. `facts` are those of all filters, also in the changes.
    pub fn new(
        directory: &Directory,
        roster: &Roster,
        scope: Option<&[GroupId]>,
        (changes, filter): (&Changes, &Filter),
        facts: &Facts,
    ) -> Self {
        let scope = directory.in_scope(scope);
        let right = right(directory, roster, changes, facts);
        let mut people = directory.active().clone();
        people.and(&scope);
        let mut found = if filter.is_empty() {
            Found {
                exact: people.clone(),
                similar: Bits::none(directory.len()),
            }
        } else {
            directory.search(filter, facts, &people)
        };
        found.exact.and_not(&right);
        found.similar.and_not(&right);
        people.and_not(&right);
        let mut added = right.clone();
        added.and(&scope);
        let mut stay = added.clone();
        stay.and(&roster.saved);
        added.and_not(&roster.saved);
        let mut removed = roster.saved.clone();
        removed.and(&scope);
        removed.and_not(&right);
        Self {
            scope,
            right,
            free: people,
            found,
            added,
            removed,
            stay,
        }
    }

    /// Those of the people named by the changes whom *Validate* cannot add: deactivated, or out of scope.
    pub fn not_addable(
        &self,
        directory: &Directory,
        roster: &Roster,
        changes: &Changes,
    ) -> Vec<UserId> {
        let mut named = Bits::none(directory.len());
        for change in changes.list() {
            if let Change::Add(people) = change {
                directory.each_row(people, |row| named.insert(row));
            }
        }
        let mut can_be = directory.active().clone();
        can_be.and(&self.scope);
        can_be.or(&roster.saved);
        named.and_not(&can_be);
        directory.ids(named.iter())
    }

    /// How many people of the saved list were put there after its version `since`, of those the reader may see.
    pub fn added_since(&self, roster: &Roster, since: i64) -> u32 {
        let rows = roster.chosen.iter().filter(|(_, version)| *version > since);
        let rows = rows.filter(|(row, _)| self.scope.contains(*row));
        u32::try_from(rows.count()).unwrap_or(u32::MAX)
    }

    /// Whom *Validate* adds.
    pub const fn added(&self) -> &Bits {
        &self.added
    }

    /// Whom *Validate* takes out.
    pub const fn removed(&self) -> &Bits {
        &self.removed
    }

    /// The rows of consecutive places of a column. On the left those who match as typed come first, on the right those who are not saved yet.
    pub fn window(&self, side: Side, range: Range) -> Vec<u32> {
        match side {
            Side::Users => self.found.window(range),
            Side::Participants => Bits::window_of([&self.added, &self.stay], range),
        }
    }

    /// Whether the person of a row is on the right.
    pub fn is_right(&self, row: u32) -> bool {
        self.right.contains(row)
    }

    /// Whether the person of a row is on the left for a typing error only.
    pub fn is_similar(&self, row: u32) -> bool {
        self.found.similar.contains(row)
    }

    /// The numbers of the panel's heads and foot, about the saved list at `version`.
    pub fn counts(&self, directory: &Directory, roster: &Roster, version: i64) -> SelectionCounts {
        let mut out_of_scope = roster.saved.clone();
        out_of_scope.and_not(&self.scope);
        let mut informed = roster.sent.clone();
        informed.or(&roster.confirmed);
        SelectionCounts {
            version,
            directory_version: directory.version(),
            matching: self.found.exact.count(),
            similar: self.found.similar.count(),
            directory: self.free.count(),
            participants: self.right.count_with(&self.scope),
            informed: self.stay.count_with(&informed),
            added: self.added.count(),
            removed: self.removed.count(),
            removed_sent: self.removed.count_with(&roster.sent)
                + self.removed.count_with(&roster.waiting),
            removed_confirmed: self.removed.count_with(&roster.confirmed),
            out_of_scope: out_of_scope.count(),
        }
    }
}

/// Who is on the right: the saved list, and what was moved, in its order.
fn right(directory: &Directory, roster: &Roster, changes: &Changes, facts: &Facts) -> Bits {
    let mut right = roster.saved.clone();
    for change in changes.list() {
        match change {
            Change::Add(people) => directory.each_row(people, |row| right.insert(row)),
            Change::Remove(people) => directory.each_row(people, |row| right.remove(row)),
            Change::AddAll(filter) => right.or(&directory.matching(filter, facts)),
            // A colleague's later addition is kept: nobody here saw it when pressing *Remove all*.
            Change::RemoveAll => {
                let since = roster
                    .chosen
                    .iter()
                    .filter(|(_, version)| *version > changes.base_version);
                right = Bits::of(directory.len(), since.map(|(row, _)| *row));
            }
        }
    }
    // Whoever was deactivated meanwhile is not added any more, but stays if already there.
    let mut can_be = directory.active().clone();
    can_be.or(&roster.saved);
    right.and(&can_be);
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Person;
    use convoke_domain::fold;
    use proptest::prelude::*;
    use uuid::Uuid;

    const PEOPLE: u32 = 70;

    fn user(n: u32) -> UserId {
        UserId(Uuid::from_u128(u128::from(n) * 7919 % 1009))
    }

    /// Filters of which each matches another part of the people.
    fn filters() -> Vec<Filter> {
        let group = GroupId(Uuid::from_u128(1));
        let text = |text: &str| Filter {
            text: text.to_owned(),
            ..Filter::default()
        };
        vec![
            Filter::default(),
            text("on1"),
            text("7"),
            Filter {
                groups: vec![group],
                ..Filter::default()
            },
            Filter {
                groups: vec![group],
                ..text("person")
            },
            text("nobody"),
        ]
    }

    fn matches(filter: &Filter, n: u32) -> bool {
        format!("person{n}").contains(&filter.text)
            && (filter.groups.is_empty() || n.is_multiple_of(3))
    }

    fn change() -> impl Strategy<Value = Change> {
        let ids = prop::collection::vec((0..PEOPLE).prop_map(user), 0..6);
        prop_oneof![
            4 => ids.clone().prop_map(Change::Add),
            4 => ids.prop_map(Change::Remove),
            2 => prop::sample::select(filters()).prop_map(Change::AddAll),
            1 => Just(Change::RemoveAll),
        ]
    }

    fn state() -> impl Strategy<Value = InvitationState> {
        prop::sample::select(InvitationState::ALL.to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Both columns hold whom the domain's reference says, whoever looks, and the numbers are those of the columns.
        #[test]
        fn the_columns_are_the_reference(
            inactive in prop::collection::btree_set(0..PEOPLE, 0..8),
            invited in prop::collection::btree_map(0..PEOPLE, (state(), 1_i64..10), 0..30),
            steps in prop::collection::vec(change(), 0..8),
            filter in prop::sample::select(filters()),
            scoped in any::<bool>(),
        ) {
            let people = (0..PEOPLE).map(|n| Person {
                id: user(n),
                sort_key: format!("person{n}"),
                search_text: fold::search_text(&format!("person{n}"), "", None, None),
                active: !inactive.contains(&n),
                user_type: convoke_domain::UserTypeId(Uuid::nil()),
            });
            let third = |n: &u32| n.is_multiple_of(3);
            let other = |n: &u32| n.is_multiple_of(2);
            let groups = [
                (GroupId(Uuid::from_u128(1)), (0..PEOPLE).filter(third).map(user).collect()),
                (GroupId(Uuid::from_u128(2)), (0..PEOPLE).filter(other).map(user).collect()),
            ];
            let directory = Directory::new(1, people.collect(), groups);
            let invitations: Vec<Invited> = invited.iter().map(|(n, (state, chosen_version))| Invited {
                user_id: user(*n),
                state: *state,
                chosen_version: *chosen_version,
            }).collect();
            let roster = Roster::new(&directory, &invitations);
            let mut changes = Changes::new(5);
            for step in steps {
                changes.push(step);
            }
            let scope = [GroupId(Uuid::from_u128(2))];
            let columns = Columns::new(&directory, &roster, scoped.then_some(&scope[..]), (&changes, &filter), &Facts::new());

            let saved = |n: &u32| invited.get(n).filter(|(state, _)| state.is_participant());
            let in_scope = |n: &u32| !scoped || other(n);
            let active = |n: &u32| !inactive.contains(n);
            let right = |n: &u32| {
                changes.contains(user(*n), saved(n).map(|(_, version)| *version), |f| matches(f, *n)) && (active(n) || saved(n).is_some())
            };
            let mut order: Vec<u32> = (0..PEOPLE).collect();
            order.sort_by_key(|n| (format!("person{n}"), user(*n)));
            let of = |keep: &dyn Fn(&u32) -> bool| order.iter().copied().filter(|n| keep(n)).map(user).collect::<Vec<_>>();
            let all = Range::new(0, PEOPLE);
            let listed = |side| directory.ids(columns.window(side, all));
            prop_assert_eq!(listed(Side::Users), of(&|n| active(n) && in_scope(n) && !right(n) && matches(&filter, *n)));
            let added = of(&|n| in_scope(n) && right(n) && saved(n).is_none());
            let stay = of(&|n| in_scope(n) && right(n) && saved(n).is_some());
            let removed = of(&|n| in_scope(n) && !right(n) && saved(n).is_some());
            prop_assert_eq!(listed(Side::Participants), [added.clone(), stay].concat());
            prop_assert_eq!(directory.ids(columns.added().iter()), added.clone());
            prop_assert_eq!(directory.ids(columns.removed().iter()), removed.clone());

            let number = |keep: &dyn Fn(&u32) -> bool| u32::try_from(of(keep).len()).unwrap();
            let stands = |n: &u32, states: &[InvitationState]| saved(n).is_some_and(|(state, _)| states.contains(state));
            let gone = |n: &u32, states: &[InvitationState]| in_scope(n) && !right(n) && stands(n, states);
            let expected = SelectionCounts {
                version: 9,
                directory_version: 1,
                matching: number(&|n| active(n) && in_scope(n) && !right(n) && matches(&filter, *n)),
                similar: 0,
                directory: number(&|n| active(n) && in_scope(n) && !right(n)),
                participants: number(&|n| in_scope(n) && right(n)),
                informed: number(&|n| in_scope(n) && right(n) && stands(n, &[InvitationState::Sent, InvitationState::Confirmed])),
                added: u32::try_from(added.len()).unwrap(),
                removed: u32::try_from(removed.len()).unwrap(),
                removed_sent: number(&|n| gone(n, &[InvitationState::Sent, InvitationState::Waiting])),
                removed_confirmed: number(&|n| gone(n, &[InvitationState::Confirmed])),
                out_of_scope: number(&|n| !in_scope(n) && saved(n).is_some()),
            };
            prop_assert_eq!(columns.counts(&directory, &roster, 9), expected);
            // Windows are parts of the whole.
            for (offset, limit) in [(0, 3), (2, 9), (30, 50), (69, 5), (200, 3)] {
                for side in [Side::Users, Side::Participants] {
                    let whole: Vec<UserId> = listed(side).into_iter().skip(offset as usize).take(limit as usize).collect();
                    prop_assert_eq!(directory.ids(columns.window(side, Range::new(offset, limit))), whole);
                }
            }
        }
    }
}
