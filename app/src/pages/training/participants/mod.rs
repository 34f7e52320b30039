//! Who takes part, as a trainer sees it: who is there on a day, people added on the spot, and the documents that are shared.

mod add;
mod row;
mod store;

use super::devices::{Devices, DevicesCard};
use super::documents::SharedDocuments;
use super::room::RoomCard;
use super::tab::{Leaving, loaded};
use crate::api::presence::participants;
use crate::components::{Empty, ErrorBox, Glyph, Icon, SearchBox};
use crate::pages::training::invitations::live::{self, Listener};
use crate::tr;
use add::AddDialog;
use convoke_domain::fold::{Query, search_text};
use convoke_domain::view::ParticipantsView;
use convoke_domain::{Attendance, TrainingId};
use leptos::prelude::*;
use row::ParticipantRow;
use store::Sheet;

/// The tab.
#[component]
pub fn ParticipantsRoute() -> impl IntoView {
    loaded(
        |training| participants(training, None),
        |training, view| view! { <Participants training view/> }.into_any(),
    )
}

#[component]
fn Participants(training: TrainingId, view: ParticipantsView) -> impl IntoView {
    let sheet = Sheet::new(training, view);
    let devices = Devices::new(training);
    live::listen(
        training,
        Listener {
            announced: Callback::new(move |version| {
                sheet.fresh.announced(version);
                devices.fresh.announced(version);
            }),
            doubtful: Callback::new(move |()| sheet.fresh.refresh()),
            lost: RwSignal::new(false),
        },
    );
    let may_add = Memo::new(move |_| sheet.view.with(|view| view.may_add));
    let adding = RwSignal::new(false);
    let documents = Signal::derive(move || sheet.view.with(|view| view.documents.clone()));
    view! {
        <Leaving marks=sheet.marks/>
        {move || {
            sheet
                .marks
                .unsaid(sheet.problem)
                .map(|error| {
                    view! {
                        <div class="invitations-problem">
                            <ErrorBox error on_retry=move |()| sheet.fresh.refresh()/>
                        </div>
                    }
                })
        }}
        <div class="presence">
            <section class="card presence-card" aria-labelledby="presence-title">
                <header class="presence-head">
                    <div class="presence-title">
                        <h2 id="presence-title">
                            {move || {
                                let count = sheet.view.with(|view| view.rows.len());
                                tr!("participants-count", count = count)
                            }}
                        </h2>
                        <PresentCount sheet/>
                    </div>
                    <Days sheet/>
                    <div class="toolbar">
                        <SearchBox
                            label=tr!("participants-search")
                            placeholder=tr!("participants-search")
                            on_search=move |text| sheet.search.set(text)
                        />
                        {move || {
                            may_add
                                .get()
                                .then(|| {
                                    view! {
                                        <button
                                            type="button"
                                            class="button toolbar-end"
                                            aria-haspopup="dialog"
                                            on:click=move |_| adding.set(true)
                                        >
                                            <Icon glyph=Glyph::Plus size=16/>
                                            {tr!("participants-add")}
                                        </button>
                                    }
                                })
                        }}
                    </div>
                </header>
                <Rows sheet/>
            </section>
            <div class="presence-beside">
                <SharedDocuments training documents on_changed=move |()| sheet.fresh.refresh()/>
                <RoomCard/>
                <DevicesCard devices/>
            </div>
        </div>
        <AddDialog sheet open=adding/>
    }
}

/// "12 of 18 are there".
#[component]
fn PresentCount(sheet: Sheet) -> impl IntoView {
    let counts = Memo::new(move |_| {
        sheet.view.with(|view| {
            let present =
                (view.rows.iter()).filter(|row| sheet.shown(row) == Some(Attendance::Present));
            (present.count(), view.rows.len(), view.half_day.is_none())
        })
    });
    view! {
        <p class="presence-count" role="status">
            {move || {
                let (present, all, no_day) = counts.get();
                (all > 0 && !no_day)
                    .then(|| {
                        view! {
                            <span class="badge badge-confirmed tabular">
                                {tr!("participants-present", count = present, all = all)}
                            </span>
                        }
                    })
            }}
        </p>
    }
}

/// The half-days of the training, each with the number of those who were there; more than a day's are a list to choose from.
#[component]
fn Days(sheet: Sheet) -> impl IntoView {
    /// More than this do not stand side by side.
    const SIDE_BY_SIDE: usize = 2;
    let days = Memo::new(move |_| sheet.view.with(|view| view.days.clone()));
    let shown = Memo::new(move |_| sheet.view.with(|view| view.half_day.clone()));
    move || {
        let all = days.get();
        if all.len() < 2 {
            return all
                .into_iter()
                .next()
                .map(|day| view! { <p class="presence-day">{day.label}</p> })
                .into_any();
        }
        if all.len() > SIDE_BY_SIDE {
            let options = all
                .into_iter()
                .map(|day| {
                    let words = tr!(
                        "participants-day",
                        day = day.label.as_str(),
                        count = day.present
                    );
                    let selected = shown.get_untracked().as_ref() == Some(&day.half_day);
                    view! { <option value=day.half_day.to_string() selected=selected>{words}</option> }
                })
                .collect_view();
            return view! {
                <select
                    class="input presence-days"
                    aria-label=tr!("participants-days")
                    prop:value=move || shown.get().map(|half_day| half_day.to_string()).unwrap_or_default()
                    on:change:target=move |event| {
                        if let Ok(half_day) = event.target().value().parse() {
                            sheet.show_half_day(half_day);
                        }
                    }
                >
                    {options}
                </select>
            }
            .into_any();
        }
        let buttons = all
            .into_iter()
            .map(|day| {
                let value = day.half_day.clone();
                view! {
                    <button
                        type="button"
                        aria-pressed=move || (shown.get().as_ref() == Some(&value)).to_string()
                        on:click=move |_| sheet.show_half_day(day.half_day.clone())
                    >
                        <span>{day.label}</span>
                        <span class="presence-day-count tabular">
                            {tr!("participants-day-count", count = day.present)}
                        </span>
                    </button>
                }
            })
            .collect_view();
        view! {
            <div class="switch presence-switch" role="group" aria-label=tr!("participants-days")>
                {buttons}
            </div>
        }
        .into_any()
    }
}

#[component]
fn Rows(sheet: Sheet) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let query = sheet.search.with(|text| Query::parse(text));
        sheet.view.with(|view| {
            view.rows
                .iter()
                .filter(|row| {
                    query.is_empty()
                        || query.matches(&search_text(&row.last_name, &row.first_name, None, None))
                })
                .map(|row| row.invitation_id)
                .collect::<Vec<_>>()
        })
    });
    let nobody = Memo::new(move |_| sheet.view.with(|view| view.rows.is_empty()));
    let none_found = Memo::new(move |_| ids.with(Vec::is_empty) && !nobody.get());
    let too_early = Memo::new(move |_| {
        sheet
            .view
            .with(|view| !view.can_mark && view.half_day.is_some() && !view.rows.is_empty())
    });
    view! {
        {move || {
            too_early
                .get()
                .then(|| view! { <p class="presence-early">{tr!("participants-early")}</p> })
        }}
        {move || {
            nobody
                .get()
                .then(|| {
                    view! {
                        <Empty
                            glyph=Glyph::People
                            title=tr!("participants-empty-title")
                            text=tr!("participants-empty-text")
                        />
                    }
                })
        }}
        {move || {
            none_found
                .get()
                .then(|| {
                    view! {
                        <p class="presence-none" role="status">
                            {tr!("invitations-find-nobody", text = sheet.search.get())}
                        </p>
                    }
                })
        }}
        <ul class="trainees">
            <For each=move || ids.get() key=|id| *id let:id>
                <ParticipantRow sheet id/>
            </For>
        </ul>
    }
}
