//! What the panel says of the list that it is open for.

use crate::language;
use crate::number::grouped;
use crate::state::selection::Said;
use crate::tr;
use convoke_domain::UserId;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::Side;

/// The title of the right column.
pub fn column(list: PeopleList) -> String {
    match list {
        PeopleList::Participants(_) => tr!("panel-participants"),
        PeopleList::Members(_) => tr!("panel-members"),
        PeopleList::Trainers => tr!("panel-trainers"),
    }
}

/// What stands in the left column when everybody is on the right.
pub fn everyone_chosen(list: PeopleList) -> String {
    match list {
        PeopleList::Participants(_) => tr!("panel-empty-chosen"),
        PeopleList::Members(_) | PeopleList::Trainers => tr!("panel-empty-everyone"),
    }
}

/// What becomes of so many who are added: the word after their number.
pub fn added(list: PeopleList, count: u32) -> String {
    match list {
        PeopleList::Participants(_) => tr!("panel-added"),
        PeopleList::Members(_) => tr!("panel-joining", count = count),
        PeopleList::Trainers => tr!("panel-chosen", count = count),
    }
}

/// Whether anything is saved of the list, so that who is new on it can be told from the others.
pub const fn is_saved(list: PeopleList) -> bool {
    !matches!(list, PeopleList::Trainers)
}

/// Whether the filters are remembered for the visit and stand in the address.
pub const fn remembers_filters(list: PeopleList) -> bool {
    matches!(list, PeopleList::Participants(_))
}

/// Says who could not be added, if anybody.
pub fn not_added(people: &[(UserId, String)]) -> Option<String> {
    let names: Vec<&str> = people.iter().map(|(_, name)| name.as_str()).collect();
    let names = names.join(", ");
    (!people.is_empty()).then(|| tr!("selection-saved-not-added", names = names))
}

/// What is said to screen readers.
pub fn said(list: PeopleList, said: &Said) -> String {
    let number = |n: u32| grouped(n, language());
    match said.clone() {
        Said::Moved(_, Side::Participants, Some(name)) => {
            tr!("panel-said-added-one", name = name, column = column(list))
        }
        Said::Moved(_, Side::Users, Some(name)) => tr!("panel-said-removed-one", name = name),
        Said::Moved(count, Side::Participants, None) => {
            tr!(
                "panel-said-added",
                count = count,
                shown = number(count),
                column = column(list)
            )
        }
        Said::Moved(count, Side::Users, None) => {
            tr!("panel-said-removed", count = count, shown = number(count))
        }
        Said::Matching(count, similar) => {
            let matching = tr!("panel-said-matching", count = count, shown = number(count));
            if similar == 0 {
                return matching;
            }
            let similar = tr!(
                "panel-said-similar",
                count = similar,
                shown = number(similar)
            );
            format!("{matching}. {similar}")
        }
        Said::Selected(count) => {
            tr!("panel-said-selected", count = count, shown = number(count))
        }
        Said::TooMany => tr!("conflict-selection-too-large"),
    }
}
