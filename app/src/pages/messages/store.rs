//! What the list of messages holds, and how it asks for more.

use crate::api::ApiError;
use crate::api::messages::{messages, retry_message};
use crate::components::{Announcer, use_announcer};
use crate::pages::training::invitations::Repairing;
use crate::tr;
use convoke_domain::view::{MessageFilter, MessageRow, Range, Window};
use convoke_domain::{Fate, MessageId};
use leptos::leptos_dom::helpers::set_timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Messages shown at first, and by each *Show more*.
pub const PAGE: u32 = 50;

/// While messages are on their way the list looks again so often.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// The list's memory: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The messages on screen, newest first.
    pub rows: RwSignal<Window<MessageRow>>,
    /// What they are narrowed by.
    pub filter: RwSignal<MessageFilter>,
    /// The last question failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// A question is on its way.
    pub busy: RwSignal<bool>,
    /// The message that is opened.
    pub opened: RwSignal<Option<MessageRow>>,
    /// The person for whom something is put right.
    pub repairing: RwSignal<Option<Repairing>>,
    announcer: Announcer,
    question: StoredValue<u32>,
}

impl Sheet {
    /// Starts from the first messages that match.
    pub fn new(rows: Window<MessageRow>, filter: MessageFilter) -> Self {
        Self {
            rows: RwSignal::new(rows),
            filter: RwSignal::new(filter),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            opened: RwSignal::new(None),
            repairing: RwSignal::new(None),
            announcer: use_announcer(),
            question: StoredValue::new(0),
        }
    }

    /// Number of messages that fit the filter.
    pub fn total(&self) -> u32 {
        self.rows.with(|rows| rows.total)
    }

    /// Whether there are more than those on screen.
    pub fn has_more(&self) -> bool {
        self.rows
            .with(|rows| (rows.rows.len() as u64) < u64::from(rows.total))
    }

    /// Narrows the list in another way.
    pub fn narrow(self, change: impl FnOnce(&mut MessageFilter)) {
        self.filter.update(change);
        self.ask(PAGE);
    }

    /// Puts a message into the queue again.
    pub fn again(self, id: MessageId, name: String) {
        spawn_local(async move {
            match retry_message(id).await {
                Ok(()) => self
                    .announcer
                    .toast(tr!("messages-again-done", name = name.as_str())),
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
            if self.question.try_get_value().is_some() {
                self.refresh();
            }
        });
    }

    /// Asks for what is on screen anew.
    pub fn refresh(self) {
        self.ask(self.shown().max(PAGE));
    }

    /// Asks for the next ones too.
    pub fn more(self) {
        self.ask(self.shown() + PAGE);
    }

    fn shown(self) -> u32 {
        self.rows
            .with_untracked(|rows| u32::try_from(rows.rows.len()).unwrap_or(u32::MAX))
    }

    /// Asks for the first `count` messages, so that what is on screen is one state of the list and nothing stands twice.
    fn ask(self, count: u32) {
        let Some(question) = self.question.try_update_value(|q| {
            *q = q.wrapping_add(1);
            *q
        }) else {
            return;
        };
        let filter = self.filter.get_untracked();
        self.busy.set(true);
        spawn_local(async move {
            let answer = first_rows(filter, count).await;
            // A later question, or the end of the page, makes this answer pointless.
            if self.question.try_get_value() != Some(question) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(window) => {
                    self.problem.set(None);
                    if self.rows.with_untracked(|rows| *rows != window) {
                        self.rows.set(window);
                    }
                }
                Err(error) => self.problem.set(Some(error)),
            }
        });
    }

    /// Looks again by itself as long as messages on screen are on their way.
    pub fn follow(self) {
        Effect::new(move |_| {
            let moving = self.rows.with(|rows| {
                rows.rows
                    .iter()
                    .any(|row| matches!(row.fate, Fate::Queued | Fate::Sending))
            });
            // Tracked: each answer, even one without news, plans the next look.
            let busy = self.busy.get();
            if moving && !busy {
                let question = self.question.get_value();
                set_timeout(
                    move || {
                        if self.question.try_get_value() == Some(question) {
                            self.refresh();
                        }
                    },
                    LOOK_AGAIN,
                );
            }
        });
    }
}

/// The first `count` rows, in as many requests as the server's limit makes necessary.
async fn first_rows(filter: MessageFilter, count: u32) -> Result<Window<MessageRow>, ApiError> {
    let mut all = messages(filter.clone(), Range::new(0, count.min(Range::MAX))).await?;
    while (all.rows.len() as u64) < u64::from(count.min(all.total)) {
        let offset = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
        let next = messages(
            filter.clone(),
            Range::new(offset, (count - offset).min(Range::MAX)),
        )
        .await?;
        if next.rows.is_empty() {
            break;
        }
        // A message queued between two requests moves the rest down by one.
        for row in next.rows {
            if all.rows.iter().all(|known| known.id != row.id) {
                all.rows.push(row);
            }
        }
        if offset == u32::try_from(all.rows.len()).unwrap_or(u32::MAX) {
            break;
        }
        all.total = next.total;
    }
    Ok(all)
}
