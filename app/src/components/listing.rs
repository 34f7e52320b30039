//! A listing: a card that takes what is left of the screen, with a head and a list of rows of the server that scrolls by itself.

use super::windowed_list::{WindowedList, WindowedRows};
use super::{ErrorBox, SkeletonRows, use_announcer};
use leptos::prelude::*;

/// Keeps a listing true to what it is narrowed by: other rows are asked for when `filter` changes, and what `count` says of them is read out.
pub fn follow<T, F>(
    rows: WindowedRows<T>,
    filter: RwSignal<F>,
    count: impl Fn() -> String + 'static,
) where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Send + Sync + 'static,
{
    let announcer = use_announcer();
    Effect::new(move |first: Option<()>| {
        filter.track();
        // The list asks for its first rows itself.
        if first.is_some() {
            rows.refetch();
        }
    });
    Effect::new(move |last: Option<u32>| {
        let total = rows.total().get();
        if last.is_some_and(|last| last != total) {
            announcer.announce(count());
        }
        total
    });
}

/// The card. `row` renders the whole element of a row, with the classes `windowed-row listing-row`; the style sheet says at `class` how wide the
/// columns are (`--columns`).
#[component]
pub fn Listing<T, F>(
    /// The rows.
    rows: WindowedRows<T>,
    /// The class of this listing.
    class: &'static str,
    /// What the list is called.
    label: String,
    /// What stands above the columns.
    #[prop(into)]
    head: ViewFn,
    /// What is shown in place of no rows.
    #[prop(into)]
    nobody: ViewFn,
    /// Renders the row at an index.
    row: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(u32) -> AnyView + Clone + Send + Sync + 'static,
{
    let total = rows.total();
    let empty = Memo::new(move |_| rows.loaded().get() && total.get() == 0);
    let failed = Memo::new(move |_| !rows.loaded().get() && rows.error().with(Option::is_some));
    let loading = Memo::new(move |_| !rows.loaded().get());
    view! {
        {move || {
            rows.error()
                .get()
                .map(|error| view! { <ErrorBox error on_retry=move |()| rows.refetch()/> })
        }}
        <div
            class=format!("card listing {class}")
            class:is-empty=move || empty.get()
            class:is-failed=move || failed.get()
        >
            <div class="listing-head">{head.run()}</div>
            <Show when=move || loading.get()>
                <SkeletonRows rows=10/>
            </Show>
            {move || empty.get().then(|| nobody.run())}
            <WindowedList
                total
                on_rows=rows.on_rows()
                row
                attr:role="list"
                attr:aria-label=label
                attr:tabindex="0"
            />
        </div>
    }
}
