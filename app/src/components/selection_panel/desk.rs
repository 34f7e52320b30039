//! The open panel: its state, and what carries out the effects of the reducer.

use super::words;
use crate::api::selection::{selection_ids, selection_open, selection_validate, selection_view};
use crate::components::windowed_list::Reveal;
use crate::components::{Announcer, use_announcer};
use crate::remembered::NarrowedList;
use crate::state::drag::{Drag, Pointer};
use crate::state::selection::{Effect, Message, Selection};
use convoke_domain::UserId;
use convoke_domain::selection::{Filter, MAX_IDS, PeopleList};
use convoke_domain::view::{
    FilterChoices, Range, SelectionIds, SelectionIdsQuery, SelectionQuery, Side, ValidateOutcome,
};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Handles to everything of one open panel; copies are the same panel.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The reducer's state.
    pub state: RwSignal<Selection>,
    /// Groups and user types to filter by, once they are known.
    pub choices: RwSignal<FilterChoices>,
    /// What stands in the search box.
    pub text: RwSignal<String>,
    /// What the pointer does.
    pub drag: RwSignal<Drag>,
    /// What pointed last.
    pub pointer: StoredValue<Pointer>,
    /// Whether *Paste e-mails or mobiles* is open over it.
    pub pasting: RwSignal<bool>,
    /// On a phone: the column that is shown.
    pub shown: RwSignal<Side>,
    /// The scrolled element of the left column.
    pub users: NodeRef<Div>,
    /// The scrolled element of the right column.
    pub participants: NodeRef<Div>,
    reveal_users: RwSignal<Option<Reveal>>,
    reveal_participants: RwSignal<Option<Reveal>>,
    /// The list.
    pub list: PeopleList,
    open: RwSignal<bool>,
    on_validated: Callback<ValidateOutcome>,
    announcer: Announcer,
}

impl Desk {
    /// A panel that has not asked for anything yet.
    pub fn new(
        list: PeopleList,
        held: Vec<UserId>,
        open: RwSignal<bool>,
        on_validated: Callback<ValidateOutcome>,
    ) -> Self {
        let filter = if words::remembers_filters(list) {
            NarrowedList::Panel.first()
        } else {
            Filter::default()
        };
        Self {
            text: RwSignal::new(filter.text.clone()),
            state: RwSignal::new(Selection::new(list, held, filter)),
            choices: RwSignal::new(FilterChoices::default()),
            drag: RwSignal::new(Drag::default()),
            pointer: StoredValue::new(Pointer::Mouse),
            pasting: RwSignal::new(false),
            shown: RwSignal::new(Side::Users),
            users: NodeRef::new(),
            participants: NodeRef::new(),
            reveal_users: RwSignal::new(None),
            reveal_participants: RwSignal::new(None),
            list,
            open,
            on_validated,
            announcer: use_announcer(),
        }
    }

    /// The scrolled element of a column.
    pub const fn list(self, side: Side) -> NodeRef<Div> {
        match side {
            Side::Users => self.users,
            Side::Participants => self.participants,
        }
    }

    /// The row of a column that has to come on screen.
    pub const fn reveal(self, side: Side) -> RwSignal<Option<Reveal>> {
        match side {
            Side::Users => self.reveal_users,
            Side::Participants => self.reveal_participants,
        }
    }

    /// Asks what the panel opens on.
    pub fn open(self) {
        spawn_local(async move {
            match selection_open(self.list).await {
                Ok((version, choices)) => {
                    self.choices.try_set(choices);
                    self.send(Message::Opened(version));
                }
                Err(error) => self.send(Message::OpenFailed(error)),
            }
        });
    }

    /// Hands a message to the reducer and does what comes out. After the panel has closed, nothing happens.
    pub fn send(self, message: Message) {
        let Some(effects) = self.state.try_update(|state| state.reduce(message)) else {
            return;
        };
        for effect in effects {
            self.run(effect);
        }
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Fetch(request) => spawn_local(async move {
                let answer = selection_view(request.query.clone()).await;
                self.send(match answer {
                    Ok(view) => Message::Loaded(request, view),
                    Err(error) => Message::Failed(request, error),
                });
            }),
            Effect::FetchPeople {
                number,
                side,
                ranges,
                query,
            } => spawn_local(async move {
                self.send(match people(side, ranges, query).await {
                    Ok(people) => Message::People(number, people),
                    Err(error) => Message::PeopleFailed(number, error),
                });
            }),
            Effect::Validate(request) => spawn_local(async move {
                self.send(match selection_validate(request).await {
                    Ok(outcome) => Message::Validated(outcome),
                    Err(error) => Message::ValidateFailed(error),
                });
            }),
            Effect::Say(said) => self.announcer.announce(words::said(self.list, &said)),
            Effect::Reveal(side, index) => self.reveal(side).update(|reveal| {
                let request = reveal.map_or(0, |r| r.request) + 1;
                *reveal = Some(Reveal { index, request });
            }),
            Effect::Close => self.open.set(false),
            Effect::Saved(outcome) => self.on_validated.run(outcome),
        }
    }
}

/// The people of ranges of rows.
async fn people(
    side: Side,
    ranges: Vec<Range>,
    query: SelectionQuery,
) -> Result<Vec<UserId>, crate::api::ApiError> {
    #[allow(clippy::cast_possible_truncation, reason = "a constant below 2^32")]
    const MOST: u32 = MAX_IDS as u32;
    let mut people: SelectionIds = Vec::new();
    for range in ranges {
        let ids = selection_ids(SelectionIdsQuery {
            query: query.clone(),
            side,
            offset: range.offset,
            limit: range.limit.min(MOST),
        });
        people.extend(ids.await?);
    }
    Ok(people)
}
