//! The table of trainings, or why there is none.

use crate::awaiting::awaiting;
use crate::components::{Empty, Glyph, Icon};
use crate::tr;
use convoke_domain::TrainingId;
use convoke_domain::training::Phase;
use convoke_domain::view::{StateCounts, TrainingRow, TrainingsView};
use leptos::prelude::*;

/// The rows of the list.
#[component]
pub fn TrainingsList(view: TrainingsView, phase: Phase, search: String) -> impl IntoView {
    if view.rows.is_empty() {
        return view! {
            <div class="card">
                <WhyEmpty any=view.any may_create=view.may_create phase search/>
            </div>
        }
        .into_any();
    }
    // A trainer sees their trainings without the numbers of their invitations.
    let counted = view.rows.iter().any(|row| row.counts.is_some());
    // The roles stand here because small screens lay the rows out as cards, which would take the table's meaning away.
    view! {
        <div class="card trainings-card">
            <table class="table trainings" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{tr!("trainings-column-title")}</th>
                        <th scope="col" role="columnheader">{tr!("trainings-column-dates")}</th>
                        <th scope="col" role="columnheader">{tr!("trainings-column-trainers")}</th>
                        {counted
                            .then(|| {
                                view! {
                                    <th scope="col" role="columnheader">
                                        {tr!("trainings-column-counts")}
                                    </th>
                                }
                            })}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {view.rows.into_iter().map(|row| view! { <Line row counted/> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(row: TrainingRow, counted: bool) -> impl IntoView {
    let href = format!("/trainings/{}", row.id);
    view! {
        <tr role="row" class="training-row">
            <td role="cell" class="training-name">
                <a href=href>{row.title}</a>
                {(!row.place.is_empty())
                    .then(|| view! { <span class="training-place">{row.place}</span> })}
            </td>
            <td role="cell" class="training-dates">
                <Icon glyph=Glyph::Calendar size=16/>
                {row.dates}
            </td>
            <td role="cell" class="training-trainers">
                {(!row.trainers.is_empty())
                    .then(|| view! { <Icon glyph=Glyph::User size=16/> })} {row.trainers}
            </td>
            {counted
                .then(|| {
                    view! {
                        <td role="cell" class="training-counts">
                            {row
                                .counts
                                .map(|counts| {
                                    view! {
                                        <CountBadges counts seats=row.seats/>
                                        <ToApprove training=row.id/>
                                    }
                                })}
                        </td>
                    }
                })}
        </tr>
    }
}

/// How many registrations wait for approval, with the way to them; nothing while there are none.
#[component]
fn ToApprove(training: TrainingId) -> impl IntoView {
    let awaiting = awaiting();
    move || {
        let count = awaiting.of(training);
        (count > 0).then(|| {
            view! {
                <a
                    class="badge badge-to-send training-approve"
                    href=format!("/trainings/{training}/registration")
                >
                    {tr!("count-to-approve", count = count)}
                </a>
            }
        })
    }
}

/// How many stand in each block, in words and colours; blocks with nobody are left out.
#[component]
pub fn CountBadges(
    /// The counts.
    counts: StateCounts,
    /// Seats, if limited.
    seats: Option<u32>,
) -> impl IntoView {
    let nobody = counts == StateCounts::default();
    let badge = |class: &'static str, count: u32, words: String| {
        (count > 0).then(|| view! { <span class=format!("badge {class}")>{words}</span> })
    };
    let confirmed = match seats {
        Some(seats) => tr!(
            "count-confirmed-of",
            count = counts.confirmed,
            seats = seats
        ),
        None => tr!("count-confirmed", count = counts.confirmed),
    };
    view! {
        <span class="badges">
            {nobody.then(|| view! { <span class="muted">{tr!("count-none")}</span> })}
            {badge(
                "badge-to-send",
                counts.to_send,
                tr!("count-to-send", count = counts.to_send),
            )} {badge("badge-sent", counts.sent, tr!("count-sent", count = counts.sent))}
            {badge("badge-confirmed", counts.confirmed, confirmed)}
            {badge(
                "badge-problem",
                counts.declined,
                tr!("count-declined", count = counts.declined),
            )}
        </span>
    }
}

#[component]
fn WhyEmpty(any: bool, may_create: bool, phase: Phase, search: String) -> impl IntoView {
    let new = || {
        view! {
            <a class="button button-primary" href="/trainings/new">
                <Icon glyph=Glyph::Plus size=16/>
                {tr!("trainings-new")}
            </a>
        }
    };
    if !search.trim().is_empty() {
        view! {
            <Empty
                glyph=Glyph::Search
                title=tr!("trainings-none-found-title", search = search.trim())
                text=tr!("trainings-none-found-text")
            />
        }
        .into_any()
    } else if !any && may_create {
        view! {
            <Empty
                glyph=Glyph::Calendar
                title=tr!("trainings-empty-title")
                text=tr!("trainings-empty-text")
            >
                {new()}
            </Empty>
        }
        .into_any()
    } else if !any {
        view! {
            <Empty
                glyph=Glyph::Calendar
                title=tr!("trainings-empty-title")
                text=tr!("trainings-empty-trainer")
            />
        }
        .into_any()
    } else {
        let title = match phase {
            Phase::Upcoming => tr!("trainings-none-upcoming-title"),
            Phase::Running => tr!("trainings-none-running-title"),
            Phase::Past => tr!("trainings-none-past-title"),
        };
        view! { <Empty glyph=Glyph::Calendar title text=tr!("trainings-none-phase-text")/> }
            .into_any()
    }
}
