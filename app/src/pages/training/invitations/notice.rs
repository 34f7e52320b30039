//! What happened: news from the blocks, and what Validate did.

use super::store::Board;
use crate::components::{Announcer, Glyph, Icon, not_added, use_announcer};
use crate::state::blocks::News;
use crate::tr;
use convoke_domain::view::{StateCounts, ValidateOutcome};
use leptos::leptos_dom::helpers::set_timeout;
use leptos::prelude::*;
use std::time::Duration;

/// After some news so long is waited for the next: two thousand messages that go out are told in a few sentences.
const REST: Duration = Duration::from_secs(4);

/// Tells those who can't see the blocks move what happened in them.
pub fn tell_news(board: Board) {
    let teller = Teller {
        board,
        announcer: use_announcer(),
        told: StoredValue::new(board.summary.with_untracked(|s| s.counts)),
        rests: StoredValue::new(false),
    };
    Effect::new(move |_| {
        board.summary.track();
        teller.tell();
    });
}

#[derive(Clone, Copy)]
struct Teller {
    board: Board,
    announcer: Announcer,
    /// The counts that the last sentence ended with.
    told: StoredValue<StateCounts>,
    rests: StoredValue<bool>,
}

impl Teller {
    fn tell(self) {
        let (Some(false), Some(told)) = (self.rests.try_get_value(), self.told.try_get_value())
        else {
            return;
        };
        let counts = self.board.summary.with_untracked(|s| s.counts);
        let news = News::between(&told, &counts);
        self.told.set_value(counts);
        if news == News::default() {
            return;
        }
        self.announcer.announce(say_news(&news));
        self.rests.set_value(true);
        set_timeout(
            move || {
                self.rests.try_update_value(|rests| *rests = false);
                self.tell();
            },
            REST,
        );
    }
}

/// News in one sentence, the answers first.
fn say_news(news: &News) -> String {
    let mut parts = Vec::new();
    if news.confirmed > 0 {
        parts.push(tr!("news-confirmed", count = news.confirmed));
    }
    if news.declined > 0 {
        parts.push(tr!("news-declined", count = news.declined));
    }
    if news.sent > 0 {
        parts.push(tr!("news-sent", count = news.sent));
    }
    if news.chosen > 0 {
        parts.push(tr!("news-chosen", count = news.chosen));
    }
    if news.removed > 0 {
        parts.push(tr!("news-removed", count = news.removed));
    }
    parts.join(", ")
}

/// What Validate did, in one sentence.
pub fn say_validated(outcome: &ValidateOutcome) -> String {
    tr!(
        "selection-saved",
        added = outcome.added,
        removed = outcome.removed
    )
}

/// What an administrator has to know about a Validate and would miss in a toast: a colleague's changes, and who could not be added.
#[component]
pub fn SelectionNotice(
    /// What the last Validate did, until the notice is closed.
    validated: RwSignal<Option<ValidateOutcome>>,
) -> impl IntoView {
    let words = move || {
        let outcome = validated.get()?;
        let mut sentences = Vec::new();
        if outcome.colleague_added + outcome.colleague_removed > 0 {
            sentences.push(tr!(
                "selection-saved-colleague",
                added = outcome.colleague_added,
                removed = outcome.colleague_removed
            ));
        }
        sentences.extend(not_added(&outcome.not_added));
        (!sentences.is_empty()).then_some(sentences)
    };
    move || {
        words().map(|sentences| {
            view! {
                <div class="notice notice-info invitations-notice" role="status">
                    <Icon glyph=Glyph::Info/>
                    <div class="notice-text">
                        {sentences.into_iter().map(|s| view! { <p>{s}</p> }).collect_view()}
                    </div>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=tr!("notice-close")
                        on:click=move |_| validated.set(None)
                    >
                        <Icon glyph=Glyph::Cross size=16/>
                    </button>
                </div>
            }
        })
    }
}
