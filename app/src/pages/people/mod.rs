//! The directory: everyone in the reader's scope, with search and filters.

mod filters;
mod row;

use crate::api::people::{people, people_choices};
use crate::components::windowed_list::{WindowedList, WindowedRows};
use crate::components::{Empty, ErrorBox, Glyph, PageTitle, SkeletonRows, use_announcer};
use crate::remembered::NarrowedList;
use crate::tr;
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
            announcer.announce(tr!("people-count", count = total));
        }
        total
    });
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("people-title")/>
                <p class="page-intro">
                    {move || {
                        if rows.loaded().get() {
                            tr!("people-count", count = rows.total().get())
                        } else {
                            "\u{a0}".to_owned()
                        }
                    }}
                </p>
            </div>
        </div>
        <PeopleFilters choices filter/>
        {move || {
            rows.error()
                .get()
                .map(|error| view! { <ErrorBox error on_retry=move |()| rows.refetch()/> })
        }}
        <PeopleList rows filter/>
    }
}

/// The rows, in a list that scrolls by itself however long it is.
#[component]
fn PeopleList(rows: WindowedRows<PersonRow>, filter: RwSignal<Filter>) -> impl IntoView {
    let total = rows.total();
    let nobody = Memo::new(move |_| rows.loaded().get() && total.get() == 0);
    let failed = Memo::new(move |_| !rows.loaded().get() && rows.error().with(Option::is_some));
    let loading = Memo::new(move |_| !rows.loaded().get());
    view! {
        <div
            class="card people-card"
            class:people-nobody=move || nobody.get()
            class:people-failed=move || failed.get()
        >
            <div class="people-head" aria-hidden="true">
                <span>{tr!("people-column-name")}</span>
                <span>{tr!("people-column-type")}</span>
                <span>{tr!("people-column-groups")}</span>
                <span>{tr!("people-column-contact")}</span>
                <span>{tr!("people-column-channel")}</span>
            </div>
            <Show when=move || loading.get()>
                <SkeletonRows rows=10/>
            </Show>
            <Show when=move || nobody.get()>
                <Nobody filter/>
            </Show>
            <WindowedList
                total
                on_rows=rows.on_rows()
                row=move |index| {
                    view! { <PersonLine person=rows.row(index) index total/> }.into_any()
                }
                attr:role="list"
                attr:aria-label=tr!("people-title")
                attr:tabindex="0"
            />
        </div>
    }
}

/// Why nobody is shown, and what to do.
#[component]
fn Nobody(filter: RwSignal<Filter>) -> impl IntoView {
    move || {
        if filter.with(Filter::is_empty) {
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
