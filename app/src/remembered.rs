//! What lists were narrowed by, for the visit and in the address.

use crate::state::filter_address::{read, written};
use convoke_domain::TrainingId;
use convoke_domain::selection::Filter;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::location::Url;
use std::time::Duration;

/// The filters of this visit: what a list was narrowed by last is what it begins with next time.
#[derive(Clone, Copy)]
struct LastFilters {
    people: StoredValue<Filter>,
    panel: StoredValue<Filter>,
}

/// A list of people that is narrowed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NarrowedList {
    /// The page *People*.
    People,
    /// The left column of the selection panel, whose address says that the panel is open, too.
    Panel,
}

/// The filters as the query of an address, with its question mark; nothing when nothing is filtered.
pub fn in_address(filter: &Filter) -> String {
    match written(filter, Url::escape) {
        query if query.is_empty() => query,
        query => format!("?{query}"),
    }
}

/// The address that opens the selection panel of a training, narrowed by a filter.
pub fn panel_address(training: TrainingId, filter: &Filter) -> String {
    let query = written(filter, Url::escape);
    format!("/trainings/{training}/invitations?{CHOOSE}&{query}")
}

/// How long filters stay as they are before the address follows.
const SETTLED: Duration = Duration::from_millis(350);

/// The word in an address that opens the selection panel.
const CHOOSE: &str = "choose";

/// Puts the memory into the context.
pub fn provide() {
    provide_context(LastFilters {
        people: StoredValue::new(Filter::default()),
        panel: StoredValue::new(Filter::default()),
    });
}

impl NarrowedList {
    fn memory(self) -> StoredValue<Filter> {
        let last: LastFilters = expect_context();
        match self {
            Self::People => last.people,
            Self::Panel => last.panel,
        }
    }

    /// What the list begins with: what the address says, or else what it was narrowed by last.
    pub fn first(self) -> Filter {
        let asked = use_query_map().with_untracked(|query| read(|name| query.get(name)));
        if asked.is_empty() {
            self.memory().get_value()
        } else {
            asked
        }
    }

    /// Keeps the filter in the address and for the visit, as long as the list is there.
    pub fn remember(self, filter: Signal<Filter>) {
        let memory = self.memory();
        let navigate = use_navigate();
        let path = use_location().pathname;
        let go = move |query: &str| {
            let path = path.get_untracked();
            let address = if query.is_empty() {
                path
            } else {
                format!("{path}?{query}")
            };
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&address, options);
        };
        if self == Self::Panel {
            // Bound to its thread, which only a browser has: the panel is never drawn by the server.
            let leave = StoredValue::new_local(go.clone());
            on_cleanup(move || {
                leave.try_with_value(|go| go(""));
            });
        }
        // Not while somebody types: each change of the address is work for the whole page.
        let settles = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(handle) = settles.try_get_value().flatten() {
                handle.clear();
            }
        };
        on_cleanup(stop);
        Effect::new(move |_| {
            let filter = filter.get();
            let query = written(&filter, Url::escape);
            memory.set_value(filter);
            let query = match self {
                Self::People => query,
                Self::Panel if query.is_empty() => CHOOSE.to_owned(),
                Self::Panel => format!("{CHOOSE}&{query}"),
            };
            stop();
            let go = go.clone();
            let settled = set_timeout_with_handle(move || go(&query), SETTLED);
            settles.set_value(settled.ok());
        });
    }
}

/// Whether the address says that the selection panel is open.
pub fn panel_is_open() -> bool {
    use_query_map().with_untracked(|query| query.get(CHOOSE).is_some())
}
