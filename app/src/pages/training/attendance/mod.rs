//! Attendance: people × half-days, to look at, to mark by hand, to print and to take along.

mod attention;
mod grid;
mod rest;
mod store;

use super::tab::{Leaving, loaded};
use crate::api::presence::attendance;
use crate::components::{Empty, ErrorBox, ExportLinks, Glyph, Icon, SearchBox};
use crate::pages::training::invitations::live::{self, Listener};
use crate::state::attendance::Tool;
use crate::tr;
use attention::Attention;
use convoke_domain::TrainingId;
use convoke_domain::view::AttendanceView;
use grid::AttendanceTable;
use leptos::prelude::*;
use rest::RestDialog;
use store::{Grid, word};

/// The tab.
#[component]
pub fn AttendanceRoute() -> impl IntoView {
    loaded(attendance, |training, view| {
        view! { <AttendanceTab training view/> }.into_any()
    })
}

#[component]
fn AttendanceTab(training: TrainingId, view: AttendanceView) -> impl IntoView {
    let grid = Grid::new(training, view);
    live::listen(
        training,
        Listener {
            announced: Callback::new(move |version| grid.fresh.announced(version)),
            doubtful: Callback::new(move |()| grid.fresh.refresh()),
            lost: RwSignal::new(false),
        },
    );
    let nobody = Memo::new(move |_| grid.people.with(Vec::is_empty));
    let before = format!("/api/trainings/{training}/");
    let sheet = format!("{before}attendance.pdf");
    view! {
        {move || {
            grid.marks
                .unsaid(grid.problem)
                .map(|error| {
                    view! {
                        <div class="invitations-problem">
                            <ErrorBox error on_retry=move |()| grid.fresh.refresh()/>
                        </div>
                    }
                })
        }}
        <Attention grid/>
        <Leaving marks=grid.marks/>
        <RestDialog grid/>
        <section class="card attendance" aria-labelledby="attendance-title">
            <header class="attendance-head">
                <h2 id="attendance-title">
                    {move || {
                        let count = grid.people.with(Vec::len);
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
