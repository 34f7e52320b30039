//! *All others present*: one tap says something of everybody, so it asks first.

use super::store::Grid;
use crate::components::Dialog;
use crate::tr;
use leptos::prelude::*;

/// The question before all of whom nothing is said yet are marked as present.
#[component]
pub fn RestDialog(grid: Grid) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(grid.rest_asked.with(Option::is_some)));
    let count = Memo::new(move |_| {
        let head = grid.rest_asked.get();
        head.map_or(0, |head| grid.others(&head.half_day).len())
    });
    let label = move || {
        grid.rest_asked
            .get()
            .map_or_else(String::new, |head| head.label)
    };
    let close = move |()| grid.rest_asked.set(None);
    let yes = move |_| {
        if let Some(head) = grid.rest_asked.get_untracked() {
            grid.rest(head.half_day);
        }
        close(());
    };
    view! {
        <Dialog
            open
            title=tr!("attendance-rest-title")
            on_close=close
            footer=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| close(())>
                        {tr!("panel-cancel")}
                    </button>
                    <button type="button" class="button button-primary" autofocus=true on:click=yes>
                        {move || tr!("attendance-rest-yes", count = count.get())}
                    </button>
                }
            }
        >
            <p>
                {move || {
                    tr!("attendance-rest-text", count = count.get(), half_day = label().as_str())
                }}
            </p>
        </Dialog>
    }
}
