//! Attendance: people × half-days, to look at, to mark by hand, to print and to take along.

mod grid;
mod store;

use super::this_training;
use crate::api::presence::attendance;
use crate::components::{Empty, ErrorBox, ExportLinks, Glyph, Icon, SearchBox, SkeletonRows};
use crate::pages::training::invitations::live::{self, Listener};
use crate::state::attendance::Tool;
use crate::tr;
use convoke_domain::view::AttendanceView;
use convoke_domain::{Refusal, TrainingId};
use grid::AttendanceTable;
use leptos::prelude::*;
use store::{Grid, word};

/// The tab.
#[component]
pub fn AttendanceRoute() -> impl IntoView {
    let this = this_training();
    let first = Resource::new(
        move || this.id.get(),
        |id| async move {
            match id {
                Some(id) => attendance(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=6/></div> }>
            {move || Suspend::new(async move {
                if this.view.await.is_err() {
                    // The head says why.
                    return ().into_any();
                }
                match (first.await, this.id.get_untracked()) {
                    (Ok(view), Some(training)) => {
                        view! { <AttendanceTab training view/> }.into_any()
                    }
                    (Ok(_), None) => ().into_any(),
                    (Err(error), _) => {
                        view! { <ErrorBox error on_retry=move |()| first.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn AttendanceTab(training: TrainingId, view: AttendanceView) -> impl IntoView {
    let grid = Grid::new(training, view);
    live::listen(
        training,
        Listener {
            announced: Callback::new(move |version| grid.announced(version)),
            doubtful: Callback::new(move |()| grid.refresh()),
            lost: RwSignal::new(false),
        },
    );
    let nobody = Memo::new(move |_| grid.view.with(|view| view.rows.is_empty()));
    let before = format!("/api/trainings/{training}/");
    let sheet = format!("{before}attendance.pdf");
    view! {
        {move || {
            grid.problem
                .get()
                .map(|error| {
                    view! {
                        <div class="invitations-problem">
                            <ErrorBox error on_retry=move |()| grid.refresh()/>
                        </div>
                    }
                })
        }}
        <section class="card attendance" aria-labelledby="attendance-title">
            <header class="attendance-head">
                <h2 id="attendance-title">
                    {move || {
                        let count = grid.view.with(|view| view.rows.len());
                        tr!("attendance-people", count = count)
                    }}
                </h2>
                <div class="toolbar">
                    <a class="button" href=sheet target="_blank" rel="external">
                        <Icon glyph=Glyph::File size=16/>
                        {tr!("attendance-sheet")}
                    </a>
                    <ExportLinks
                        file="attendance"
                        before
                        labels=[tr!("attendance-csv"), tr!("attendance-xlsx")]
                    />
                </div>
            </header>
            {move || {
                if nobody.get() {
                    view! {
                        <Empty
                            glyph=Glyph::People
                            title=tr!("attendance-empty-title")
                            text=tr!("attendance-empty-text")
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <Tools grid/>
                        <AttendanceTable grid/>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// What a tap sets, and the search.
#[component]
fn Tools(grid: Grid) -> impl IntoView {
    let buttons = Tool::ALL
        .into_iter()
        .map(|tool| {
            let words = match tool {
                Tool::Say(attendance) => word(attendance),
                Tool::Clear => tr!("attendance-tool-clear"),
            };
            view! {
                <button
                    type="button"
                    aria-pressed=move || (grid.tool.get() == tool).to_string()
                    on:click=move |_| grid.tool.set(tool)
                >
                    {words}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="attendance-tools">
            <div class="toolbar">
                <div class="switch attendance-tool" role="group" aria-label=tr!("attendance-tool")>
                    {buttons}
                </div>
                <SearchBox
                    label=tr!("attendance-search")
                    placeholder=tr!("attendance-search")
                    on_search=move |text| grid.search.set(text)
                />
            </div>
            <p class="attendance-help" id="attendance-help">
                {tr!("attendance-help")}
            </p>
        </div>
    }
}
