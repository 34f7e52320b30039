//! What the Invitations tab holds while it is open, and how it asks the server for more.

use crate::api::ApiError;
use crate::api::invitations::{invitation_blocks, invitation_rows};
use crate::state::blocks::Block;
use crate::state::refetch::Refetch;
use crate::state::ticks::Ticks;
use convoke_domain::view::{
    BlockQuery, BlocksView, InvitationRow, InvitationsView, Range, SendAction, Window,
};
use convoke_domain::{InvitationId, InvitationState, TrainingId};
use leptos::leptos_dom::helpers::set_timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The blocks, in the order of the screen.
pub const BLOCKS: [InvitationState; 5] = [
    InvitationState::ToSend,
    InvitationState::Sent,
    InvitationState::Confirmed,
    InvitationState::Declined,
    InvitationState::Waiting,
];

/// Announcements come in bursts while messages go out: so long is waited for the rest of one.
const BURST: Duration = Duration::from_millis(120);

/// One block of the tab.
#[derive(Clone, Copy)]
pub struct BlockStore {
    /// Which one.
    pub state: InvitationState,
    /// Its rows.
    pub rows: RwSignal<Block>,
    /// What is ticked.
    pub ticks: RwSignal<Ticks>,
    /// The rows on screen: first and end.
    seen: StoredValue<(u32, u32)>,
    /// The question that is on its way: round and range.
    asked: StoredValue<Option<(u32, Range)>>,
}

impl BlockStore {
    fn new(state: InvitationState, first: Window<InvitationRow>) -> Self {
        Self {
            state,
            rows: RwSignal::new(Block::new(first)),
            ticks: RwSignal::new(Ticks::default()),
            seen: StoredValue::new((0, 0)),
            asked: StoredValue::new(None),
        }
    }

    /// The button of this block, if it has one.
    pub const fn action(&self) -> Option<SendAction> {
        match self.state {
            InvitationState::ToSend => Some(SendAction::Send),
            InvitationState::Sent => Some(SendAction::Resend),
            _ => None,
        }
    }

    /// Unticks whoever is seen in another block, or is in none of a list that is loaded as a whole.
    fn forget_who_left(&self, blocks: &[BlockStore; 5], everyone: bool) {
        if self.ticks.with_untracked(|t| *t == Ticks::default()) {
            return;
        }
        let elsewhere = |id: InvitationId| {
            blocks.iter().any(|other| {
                other.state != self.state
                    && other.rows.with_untracked(|rows| rows.find(id).is_some())
            })
        };
        let gone = |id: InvitationId| {
            everyone
                && self
                    .rows
                    .with_untracked(|rows| rows.is_whole() && rows.find(id).is_none())
        };
        let mut ticks = self.ticks.get_untracked();
        ticks.forget(|id| elsewhere(id) || gone(id));
        if self.ticks.with_untracked(|old| *old != ticks) {
            self.ticks.set(ticks);
        }
    }

    /// Number of rows: of those that match the search.
    pub fn shown(&self) -> u32 {
        self.rows.with(Block::total)
    }

    /// Number of ticked rows.
    pub fn ticked(&self) -> u32 {
        let total = self.shown();
        self.ticks.with(|t| t.count(total))
    }
}

/// The tab's memory: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Board {
    /// The training.
    pub training_id: TrainingId,
    /// Counts and splits.
    pub summary: RwSignal<InvitationsView>,
    /// What is searched for in *Find in this training*.
    find: RwSignal<String>,
    /// What the rows on screen were searched for.
    pub found: RwSignal<String>,
    /// The last question failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// The blocks, in the order of [`BLOCKS`].
    pub blocks: StoredValue<[BlockStore; 5]>,
    refetch: StoredValue<Refetch>,
}

impl Board {
    /// Starts from the first answer of the server.
    pub fn new(training_id: TrainingId, view: BlocksView) -> Self {
        let version = view.summary.version;
        let firsts = [
            view.to_send,
            view.sent,
            view.confirmed,
            view.declined,
            view.waiting,
        ];
        let mut states = BLOCKS.into_iter();
        Self {
            training_id,
            summary: RwSignal::new(view.summary),
            find: RwSignal::new(String::new()),
            found: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            blocks: StoredValue::new(firsts.map(|first| {
                BlockStore::new(states.next().unwrap_or(InvitationState::ToSend), first)
            })),
            refetch: StoredValue::new(Refetch::shown(version)),
        }
    }

    /// One block.
    pub fn block(&self, state: InvitationState) -> BlockStore {
        let index = BLOCKS.iter().position(|b| *b == state).unwrap_or(0);
        self.blocks.with_value(|blocks| blocks[index])
    }

    /// Number of people in a block, whatever is searched for.
    pub fn count(&self, state: InvitationState) -> u32 {
        self.summary.with(|s| match state {
            InvitationState::ToSend => s.counts.to_send,
            InvitationState::Sent => s.counts.sent,
            InvitationState::Confirmed => s.counts.confirmed,
            InvitationState::Declined => s.counts.declined,
            InvitationState::Waiting => s.counts.waiting,
            InvitationState::Cancelled => 0,
        })
    }

    /// The server announced a version.
    pub fn announced(self, version: i64) {
        if self.refetch.try_update_value(|r| r.announce(version)) == Some(true) {
            set_timeout(move || self.ask(), BURST);
        }
    }

    /// Asks for everything anew.
    pub fn refetch(self) {
        if self.refetch.try_update_value(Refetch::demand) == Some(true) {
            self.ask();
        }
    }

    /// Another search.
    pub fn search(self, text: String) {
        self.find.set(text);
        self.refetch();
    }

    fn ask(self) {
        let Some(find) = self.find.try_get_untracked() else {
            return;
        };
        spawn_local(async move {
            let answer = invitation_blocks(self.training_id, find.clone()).await;
            let version = match answer {
                Ok(view) => {
                    let version = view.summary.version;
                    self.show(view, find);
                    Some(version)
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                    None
                }
            };
            if self.refetch.try_update_value(|r| r.done(version)) == Some(true) {
                set_timeout(move || self.ask(), BURST);
            }
        });
    }

    /// Puts a fresh answer on screen: what stays keeps its place, its tick and its focus.
    fn show(self, view: BlocksView, find: String) {
        if self.summary.is_disposed() {
            return;
        }
        let another_search = self.found.with_untracked(|f| *f != find);
        let firsts = [
            view.to_send,
            view.sent,
            view.confirmed,
            view.declined,
            view.waiting,
        ];
        let blocks = self.blocks.get_value();
        for (block, first) in blocks.iter().zip(firsts) {
            block.rows.update(|rows| {
                if another_search {
                    *rows = Block::new(first);
                } else {
                    rows.refresh(first);
                }
            });
            if another_search {
                block.asked.set_value(None);
                // *Everyone* meant everyone who matched.
                if block
                    .ticks
                    .with_untracked(|t| matches!(t, Ticks::AllBut(_)))
                {
                    block.ticks.set(Ticks::default());
                }
            }
        }
        for block in &blocks {
            block.forget_who_left(&blocks, find.is_empty());
        }
        if another_search {
            self.found.set(find);
        }
        if self.summary.with_untracked(|s| *s != view.summary) {
            self.summary.set(view.summary);
        }
        self.problem.set(None);
        for block in blocks {
            self.load_seen(block);
        }
    }

    /// These rows of a block are on screen.
    pub fn seen(self, block: BlockStore, first: u32, end: u32) {
        block.seen.set_value((first, end));
        self.load_seen(block);
    }

    /// Loads what is on screen and not here yet.
    fn load_seen(self, block: BlockStore) {
        let Some((first, end)) = block.seen.try_get_value() else {
            return;
        };
        let (round, missing) = block
            .rows
            .with_untracked(|rows| (rows.round(), rows.missing(first, end)));
        let Some(range) = missing else {
            return;
        };
        if block
            .asked
            .with_value(|asked| asked.is_some_and(|(asked_round, _)| asked_round == round))
        {
            // Its answer looks again for what is missing by then.
            return;
        }
        block.asked.set_value(Some((round, range)));
        let query = BlockQuery {
            training_id: self.training_id,
            state: block.state,
            find: self.found.get_untracked(),
        };
        spawn_local(async move {
            let answer = invitation_rows(query, range).await;
            if block.asked.try_get_value() != Some(Some((round, range))) {
                return;
            }
            block.asked.set_value(None);
            match answer {
                Ok(window) => {
                    // An answer without rows says that the list is shorter than it was announced: a new version will say so.
                    let more = !window.rows.is_empty();
                    block.rows.update(|rows| rows.accept(round, window));
                    if more {
                        self.load_seen(block);
                    }
                }
                Err(error) => self.problem.set(Some(error)),
            }
        });
    }

    /// The ids of the ticked rows of a block; `None` stands for the whole block.
    pub async fn ticked_ids(
        self,
        block: BlockStore,
    ) -> Result<Option<Vec<InvitationId>>, ApiError> {
        let find = self.found.get_untracked();
        let but = match block.ticks.get_untracked() {
            Ticks::These(ids) if ids.is_empty() => return Ok(None),
            Ticks::These(ids) => return Ok(Some(ids.into_iter().collect())),
            Ticks::AllBut(ids) if ids.is_empty() && find.is_empty() => return Ok(None),
            Ticks::AllBut(ids) => ids,
        };
        let query = BlockQuery {
            training_id: self.training_id,
            state: block.state,
            find,
        };
        let mut ids = Vec::new();
        let mut offset = 0;
        loop {
            let window = invitation_rows(query.clone(), Range::new(offset, Range::MAX)).await?;
            let got = u32::try_from(window.rows.len()).unwrap_or(Range::MAX);
            ids.extend(
                window
                    .rows
                    .into_iter()
                    .map(|row| row.id)
                    .filter(|id| !but.contains(id)),
            );
            offset += got;
            if got == 0 || offset >= window.total {
                return Ok(Some(ids));
            }
        }
    }
}
