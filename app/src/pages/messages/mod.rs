//! The page *Messages*: where messages go, what went out, and what it said.

mod channels;
mod store;
mod table;
mod text_dialog;

pub use text_dialog::TextDialog;

use crate::api::messages::{channels, messages};
use crate::components::{ErrorBox, Glyph, Icon, PageTitle, SkeletonRows};
use crate::tr;
use channels::ChannelCards;
use convoke_domain::MessageState;
use convoke_domain::view::Range;
use leptos::prelude::*;
use store::{PAGE, Sheet};
use table::MessageTable;

/// The page.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let first = Resource::new(
        || (),
        |()| async move { messages(None, Range::new(0, PAGE)).await },
    );
    let status = Resource::new(|| (), |()| async move { channels().await });
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
                    Ok(channels) => view! { <ChannelCards channels/> }.into_any(),
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
            {move || Suspend::new(async move {
                match first.await {
                    Ok(window) => {
                        let sheet = Sheet::new(window);
                        view! { <MessageSheet sheet on_refresh=move || status.refetch()/> }
                            .into_any()
                    }
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| first.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// The filter, the table and the dialog, once the first messages are here.
#[component]
fn MessageSheet<F>(
    /// The list's memory.
    sheet: Sheet,
    /// Told when the list is asked for anew by hand.
    on_refresh: F,
) -> impl IntoView
where
    F: Fn() + Copy + Send + Sync + 'static,
{
    sheet.follow();
    view! {
        <div class="toolbar messages-toolbar">
            <label class="messages-filter">
                <span class="field-label">{tr!("messages-filter")}</span>
                <select
                    class="input"
                    on:change:target=move |event| {
                        sheet.filter(event.target().value().parse().ok());
                    }
                >
                    <option value="" selected=true>
                        {tr!("messages-all")}
                    </option>
                    {MessageState::ALL
                        .iter()
                        .map(|state| {
                            view! {
                                <option value=state.as_str()>{table::state_words(*state)}</option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
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
    }
}
