//! The overview of a training: what it is about, its details, and where its invitations stand.

use super::{ThisTraining, this_training};
use crate::components::{Glyph, Icon, SkeletonRows};
use crate::tr;
use convoke_domain::view::{Perspective, StateCounts, TrainingView};
use leptos::prelude::*;

/// The first tab.
#[component]
pub fn OverviewRoute() -> impl IntoView {
    let this = this_training();
    view! {
        <Transition fallback=|| view! { <div class="card"><SkeletonRows rows=4/></div> }>
            {move || Suspend::new(async move {
                // An error is shown by the head.
                this.view.await.ok().map(|view| view! { <Overview view this/> })
            })}
        </Transition>
    }
}

#[component]
fn Overview(view: TrainingView, this: ThisTraining) -> impl IntoView {
    let counts = view.counts;
    let seats = view.seats;
    let description = if view.description.trim().is_empty() {
        view! { <p class="muted">{tr!("overview-no-description")}</p> }.into_any()
    } else {
        view! { <p class="pre-line">{view.description.clone()}</p> }.into_any()
    };
    view! {
        <div class="overview">
            {counts.map(|counts| view! { <Counts counts seats this/> })}
            <section class="card card-body overview-about" aria-labelledby="overview-about">
                <h2 id="overview-about">{tr!("overview-about")}</h2>
                {description}
            </section>
            <section class="card card-body" aria-labelledby="overview-facts">
                <h2 id="overview-facts">{tr!("overview-facts")}</h2>
                <Facts view/>
            </section>
        </div>
    }
}

#[component]
fn Facts(view: TrainingView) -> impl IntoView {
    let or_none = |text: String| {
        if text.is_empty() {
            tr!("overview-none")
        } else {
            text
        }
    };
    let trainers: Vec<_> = view.trainers.into_iter().map(|(_, name)| name).collect();
    let seats = view
        .seats
        .map_or_else(|| tr!("overview-unlimited"), |seats| seats.to_string());
    let fact = |glyph: Glyph, name: String, value: String| {
        view! {
            <div class="fact">
                <dt>
                    <Icon glyph/>
                    <span>{name}</span>
                </dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="facts">
            {fact(Glyph::Calendar, tr!("overview-dates"), view.dates)}
            {fact(Glyph::Clock, tr!("overview-times"), view.times)}
            {fact(Glyph::Pin, tr!("overview-place"), or_none(view.place))}
            {fact(Glyph::User, tr!("overview-trainers"), or_none(trainers.join(", ")))}
            {fact(Glyph::Seat, tr!("overview-seats"), seats)}
            {fact(
                Glyph::Mail,
                tr!("overview-deadline"),
                or_none(view.answer_deadline.unwrap_or_default()),
            )}
        </dl>
    }
}

/// Where the invitations stand, each number a way to the block.
#[component]
fn Counts(counts: StateCounts, seats: Option<u32>, this: ThisTraining) -> impl IntoView {
    let nobody = counts == StateCounts::default();
    let number = |colour: &'static str, count: u32, words: String, more: Option<String>| {
        view! {
            <li class="overview-count">
                <span class="overview-count-name">
                    <span class=format!("dot dot-{colour}")></span>
                    {words}
                </span>
                <span>
                    <strong class="overview-count-number">{count}</strong>
                    {more.map(|more| view! { <span class="muted">" "{more}</span> })}
                </span>
            </li>
        }
    };
    let of_seats = seats.map(|seats| tr!("overview-confirmed-of", seats = seats));
    view! {
        <section class="card overview-invitations" aria-labelledby="overview-invitations">
            <h2 id="overview-invitations" class="visually-hidden">{tr!("overview-invitations")}</h2>
            <ul class="overview-counts">
                {number("to-send", counts.to_send, tr!("state-to-send"), None)}
                {number("sent", counts.sent, tr!("state-sent"), None)}
                {number("confirmed", counts.confirmed, tr!("state-confirmed"), of_seats)}
                {(counts.declined > 0)
                    .then(|| number("problem", counts.declined, tr!("state-declined"), None))}
                {(counts.waiting > 0)
                    .then(|| number("neutral", counts.waiting, tr!("state-waiting"), None))}
            </ul>
            <p class="overview-next">
                {nobody.then(|| view! { <span class="muted">{tr!("overview-invitations-none")}</span> })}
                <a class="button" href=move || this.address("invitations", Perspective::Administrator)>
                    {tr!("overview-to-invitations")}
                    <Icon glyph=Glyph::ChevronRight size=16/>
                </a>
            </p>
        </section>
    }
}
