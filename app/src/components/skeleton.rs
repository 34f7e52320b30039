//! Grey rows that stand where rows will be, so that nothing jumps.

use crate::language::tr;
use leptos::prelude::*;

/// So many rows of a list of people or trainings that is on its way.
#[component]
pub fn SkeletonRows(
    /// Number of rows.
    #[prop(default = 6)]
    rows: u32,
) -> impl IntoView {
    view! {
        <div class="skeleton-rows" aria-busy="true">
            <span class="visually-hidden">{tr!("loading")}</span>
            {(0..rows)
                .map(|_| {
                    view! {
                        <div class="skeleton-row" aria-hidden="true">
                            <span class="skeleton skeleton-circle"></span>
                            <span class="skeleton-lines">
                                <span class="skeleton"></span>
                                <span class="skeleton"></span>
                            </span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}
