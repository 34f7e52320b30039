//! The directory: everyone in the reader's scope, with search and filters.

mod access;
mod bulk;
mod bulk_invite;
mod filters;
mod groups;
pub mod import;
mod merge;
mod opt_out;
mod person;
mod row;
mod story;

pub use groups::GroupsPage;
pub use import::{ImportPage, ImportsPage};
pub use person::{NewPersonPage, PersonPage};
pub use story::PersonStoryPage;

use crate::api::people::{people, people_choices};
use crate::components::listing::{Listing, follow};
use crate::components::windowed_list::WindowedRows;
use crate::components::{Empty, ExportLinks, Glyph, Icon, PageTitle};
use crate::me::me;
use crate::remembered::{NarrowedList, in_address};
use crate::state::ticks::Ticks;
use crate::tr;
use bulk::{BulkBar, Ticked};
use convoke_domain::Role;
use convoke_domain::selection::Filter;
use convoke_domain::view::PersonRow;
use filters::PeopleFilters;
use leptos::prelude::*;
use row::PersonLine;

/// The page *People*.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let choices = Resource::new(|| (), |()| people_choices());
    let filter = RwSignal::new(NarrowedList::People.first());
    NarrowedList::People.remember(filter.into());
    let rows = WindowedRows::<PersonRow>::new(move |range| people(filter.get_untracked(), range));
    // More than stand at the top where errors in typing are forgiven.
    let matching = Memo::new(move |known: Option<&u32>| {
        let top = rows.before(40, |row| row.similar);
        top.or(known.copied()).unwrap_or_default()
    });
    let ticked = Ticked {
        ticks: RwSignal::new(Ticks::default()),
        matching,
        filter,
    };
    let narrowed = Signal::derive(move || filter.with(in_address));
    let administers = me().is_some_and(|person| person.role == Role::Administrator);
    let count = move || tr!("people-count", count = rows.total().get());
    follow(rows, filter, count);
    // *Everyone* was everyone of the list as it was narrowed then.
    Effect::new(move |first: Option<()>| {
        filter.track();
        if first.is_some() {
            ticked.ticks.set(Ticks::default());
        }
    });
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("people-title")/>
                <p class="page-intro">
                    {move || {
                        if rows.loaded().get() {
                            count()
                        } else {
                            "\u{a0}".to_owned()
                        }
                    }}
                </p>
            </div>
            <div class="page-actions">
                <ExportLinks
                    file="people"
                    before="/api/export/"
                    query=narrowed
                    labels=[tr!("export-people-csv"), tr!("export-people-xlsx")]
                />
                {administers
                    .then(|| {
                        view! {
                            <a class="button" href="/people/import">
                                <Icon glyph=Glyph::Upload size=16/>
                                {tr!("imports-link")}
                            </a>
                            <a class="button" href="/people/groups">
                                {tr!("groups-title")}
                            </a>
                            <a class="button button-primary" href="/people/new">
                                <Icon glyph=Glyph::Plus size=16/>
                                {tr!("person-new")}
                            </a>
                        }
                    })}
            </div>
        </div>
        <PeopleFilters choices filter/>
        {administers
            .then(|| {
                view! {
                    <Transition>
                        {move || Suspend::new(async move {
                            let groups = choices.await.unwrap_or_default().groups;
                            let on_done = Callback::new(move |()| {
                                rows.refetch();
                                choices.refetch();
                            });
                            view! { <BulkBar ticked groups on_done/> }
                        })}
                    </Transition>
                }
            })}
        <PeopleList rows filter ticked=administers.then_some(ticked)/>
    }
}

/// The way back from a person to everybody.
fn breadcrumb() -> impl IntoView {
    view! {
        <nav class="breadcrumb" aria-label=tr!("people-title")>
            <a href="/people">{tr!("people-title")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
    }
}

/// The rows, in a list that scrolls by itself however long it is.
#[component]
fn PeopleList(
    rows: WindowedRows<PersonRow>,
    filter: RwSignal<Filter>,
    /// What is ticked, for those who may do something with it.
    ticked: Option<Ticked>,
) -> impl IntoView {
    let total = rows.total();
    let head = move || {
        view! {
            {ticked.map(|ticked| view! { <TickAll ticked/> })}
            <span aria-hidden="true">{tr!("people-column-name")}</span>
            <span aria-hidden="true">{tr!("people-column-type")}</span>
            <span aria-hidden="true">{tr!("people-column-groups")}</span>
            <span aria-hidden="true">{tr!("people-column-contact")}</span>
            <span aria-hidden="true">{tr!("people-column-channel")}</span>
        }
    };
    view! {
        <Listing
            rows
            class=if ticked.is_some() { "people-list has-ticks" } else { "people-list" }
            label=tr!("people-title")
            head
            nobody=move || view! { <Nobody filter administers=ticked.is_some()/> }
            row=move |index| {
                view! { <PersonLine person=rows.row(index) index total ticked/> }.into_any()
            }
        />
    }
}

/// Ticks everyone who matches as typed, loaded or not.
#[component]
fn TickAll(ticked: Ticked) -> impl IntoView {
    let all = Memo::new(move |_| {
        let matching = ticked.matching.get();
        ticked.ticks.with(|ticks| ticks.is_all(matching, false))
    });
    view! {
        <label class="people-tick">
            <input
                type="checkbox"
                aria-label=tr!("bulk-all")
                prop:checked=move || all.get()
                on:change:target=move |event| {
                    let on = event.target().checked();
                    ticked.ticks.set(if on { Ticks::all() } else { Ticks::default() });
                }
            />
            <span class="people-tick-words" aria-hidden="true">{tr!("bulk-all")}</span>
        </label>
    }
}

/// Why nobody is shown, and what to do.
#[component]
fn Nobody(filter: RwSignal<Filter>, administers: bool) -> impl IntoView {
    move || {
        let is_empty = filter.with(Filter::is_empty);
        if is_empty && administers {
            view! {
                <Empty
                    glyph=Glyph::People
                    title=tr!("people-empty-title")
                    text=tr!("imports-nobody")
                >
                    <a class="button button-primary" href="/people/import">
                        {tr!("imports-title")}
                    </a>
                    <code class="command">"convoke import users FILE.csv"</code>
                </Empty>
            }
            .into_any()
        } else if is_empty {
            view! {
                <Empty
                    glyph=Glyph::People
                    title=tr!("people-empty-title")
                    text=tr!("people-empty-text")
                >
                    <code class="command">"convoke import users FILE.csv"</code>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty
                    glyph=Glyph::Search
                    title=tr!("people-none-title")
                    text=tr!("people-none-text")
                />
            }
            .into_any()
        }
    }
}
