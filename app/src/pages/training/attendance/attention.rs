//! Marks that the server did not take: what was said meanwhile, and what to do about it.

use super::store::{Grid, word};
use crate::language::language;
use crate::state::marks::{Mark, Place};
use crate::tr;
use convoke_domain::Attendance;
use convoke_texts::text;
use leptos::prelude::*;

/// A card above the grid; there is none while nothing needs attention.
#[component]
pub fn Attention(grid: Grid) -> impl IntoView {
    let refused = Memo::new(move |_| {
        grid.marks.with(|marks| {
            marks
                .iter()
                .filter(|(place, mark)| place.training == grid.training && !mark.waits())
                .map(|(place, mark)| (place.clone(), mark.clone()))
                .collect::<Vec<_>>()
        })
    });
    let some = Memo::new(move |_| refused.with(|all| !all.is_empty()));
    move || {
        some.get().then(|| {
            view! {
                <section
                    class="notice notice-problem attendance-attention"
                    role="alert"
                    aria-labelledby="attendance-attention-title"
                >
                    <h2 id="attendance-attention-title">
                        {move || tr!("marks-attention", count = refused.with(Vec::len))}
                    </h2>
                    <ul>
                        <For
                            each=move || refused.get()
                            key=|(place, mark)| (place.clone(), mark.at)
                            let((place, mark))
                        >
                            <Refused grid place mark/>
                        </For>
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn Refused(grid: Grid, place: Place, mark: Mark) -> impl IntoView {
    let name = match grid.name(place.invitation) {
        name if name.is_empty() => tr!("marks-somebody"),
        name => name,
    };
    let label = grid.heads.with_untracked(|heads| {
        let head = heads.iter().find(|head| head.half_day == place.half_day);
        head.map(|head| head.label.clone())
    });
    let where_ = match label {
        Some(label) => tr!("marks-cell", name = name.as_str(), half_day = label),
        None => name,
    };
    let reason = mark
        .problem
        .as_deref()
        .map(|key| text(language(), key, &[]));
    let said = {
        let place = place.clone();
        move || {
            let row = grid.row(place.invitation)?;
            row.track();
            grid.said_by_server(&place)
        }
    };
    let wanted = mark.wanted;
    // Where the cell is not there any more, nothing can be said of it.
    let both = {
        let said = said.clone();
        move || {
            said().map(|(_, now)| {
                tr!(
                    "marks-both",
                    wanted = said_word(wanted),
                    now = said_word(now)
                )
            })
        }
    };
    let (again, leave) = (place.clone(), place);
    view! {
        <li>
            <p class="attendance-attention-who">{where_}</p>
            <p>{reason} " " {both}</p>
            <div class="toolbar">
                {move || {
                    let again = again.clone();
                    said()
                        .map(|_| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| grid.insist(again.clone(), wanted)
                                >
                                    {tr!("marks-insist", wanted = said_word(wanted))}
                                </button>
                            }
                        })
                }}
                <button
                    type="button"
                    class="button"
                    on:click=move |_| grid.marks.discard(|place, _| *place == leave)
                >
                    {tr!("marks-leave")}
                </button>
            </div>
        </li>
    }
}

fn said_word(said: Option<Attendance>) -> String {
    said.map_or_else(|| tr!("marks-nothing"), word)
}
