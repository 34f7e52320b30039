//! The page *Messages*: where messages go, what went out, and what it said.

mod channels;
mod filters;
mod store;
mod table;
mod text_dialog;

pub use text_dialog::TextDialog;

use crate::api::messages::{bounces, channels, messages};
use crate::api::people::people_choices;
use crate::components::{ErrorBox, ExportLinks, Glyph, Icon, PageTitle, SkeletonRows};
use crate::me::me;
use crate::pages::training::invitations::RepairDialog;
use crate::state::message_address::read;
use crate::tr;
use channels::ChannelCards;
use convoke_domain::Role;
use convoke_domain::view::{Range, TrainingChoice};
use filters::{Filters, in_address, keep_in_address};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{PAGE, Sheet};
use table::MessageTable;

/// The page.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| read(|name| query.get(name)));
    let wanted = asked.clone();
    let first = Resource::new(
        || (),
        move |()| {
            let wanted = wanted.clone();
            async move {
                let window = messages(wanted, Range::new(0, PAGE)).await?;
                // Without them the list is still of use.
                let trainings = people_choices().await.map(|choices| choices.trainings);
                Ok((window, trainings.unwrap_or_default()))
            }
        },
    );
    let administers = me().is_some_and(|person| person.role == Role::Administrator);
    let status = Resource::new(
        || (),
        move |()| async move {
            let mailbox = if administers { bounces().await? } else { None };
            Ok::<_, crate::api::ApiError>((channels().await?, mailbox))
        },
    );
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("messages-title")/>
                <p class="page-intro">{tr!("messages-lead")}</p>
            </div>
        </header>
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                match status.await {
                    Ok((channels, bounces)) => {
                        view! { <ChannelCards channels bounces/> }.into_any()
                    }
                    // The list below says the same; one error is enough.
                    Err(_) => ().into_any(),
                }
            })}
        </Transition>
        <Suspense fallback=|| {
            view! {
                <div class="card">
                    <SkeletonRows rows=8/>
                </div>
            }
        }>
            {move || {
                let asked = asked.clone();
                Suspend::new(async move {
                match first.await {
                    Ok((window, trainings)) => {
                        let sheet = Sheet::new(window, asked);
                        view! {
                            <MessageSheet sheet trainings on_refresh=move || status.refetch()/>
                        }
                            .into_any()
                    }
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| first.refetch()/> }.into_any()
                    }
                }
                })
            }}
        </Suspense>
    }
}

/// The filter, the table and the dialog, once the first messages are here.
#[component]
fn MessageSheet<F>(
    /// The list's memory.
    sheet: Sheet,
    /// The trainings that it can be narrowed by.
    trainings: Vec<TrainingChoice>,
    /// Told when the list is asked for anew by hand.
    on_refresh: F,
) -> impl IntoView
where
    F: Fn() + Copy + Send + Sync + 'static,
{
    sheet.follow();
    keep_in_address(sheet);
    let narrowed = Signal::derive(move || sheet.filter.with(in_address));
    view! {
        <div class="toolbar messages-toolbar">
            <Filters sheet trainings/>
            <p class="muted tabular" role="status">
                {move || tr!("messages-count", count = sheet.total())}
            </p>
            <button
                type="button"
                class="button toolbar-end"
                on:click=move |_| {
                    sheet.refresh();
                    on_refresh();
                }
            >
                <Icon glyph=Glyph::Retry size=16/>
                {tr!("messages-refresh")}
            </button>
            <ExportLinks
                file="messages"
                before="/api/export/"
                query=narrowed
                labels=[tr!("messages-export-csv"), tr!("messages-export-xlsx")]
            />
        </div>
        {move || {
            sheet
                .problem
                .get()
                .map(|error| {
                    view! {
                        <div class="messages-problem">
                            <ErrorBox error on_retry=move |()| sheet.refresh()/>
                        </div>
                    }
                })
        }}
        <MessageTable sheet/>
        <TextDialog opened=sheet.opened/>
        <RepairDialog opened=sheet.repairing on_done=Callback::new(move |()| sheet.refresh())/>
    }
}
