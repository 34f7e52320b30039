//! The page *History*: who did what when, narrowed by name, subject and days. Its list is that of a person's story too.

use crate::api::history::history;
use crate::components::listing::{Listing, follow};
use crate::components::windowed_list::WindowedRows;
use crate::components::{Empty, ExportLinks, Glyph, PageTitle, SearchBox};
use crate::language;
use crate::number::grouped;
use crate::tr;
use convoke_domain::view::{HistoryArea, HistoryFilter, HistoryRow, MessageRow};
use leptos::prelude::*;
use leptos_router::location::Url;

fn area_words(area: HistoryArea) -> String {
    match area {
        HistoryArea::People => tr!("history-area-people"),
        HistoryArea::Trainings => tr!("history-area-trainings"),
        HistoryArea::Invitations => tr!("history-area-invitations"),
        HistoryArea::Registration => tr!("history-area-registration"),
        HistoryArea::Presence => tr!("history-area-presence"),
        HistoryArea::Settings => tr!("history-area-settings"),
        HistoryArea::Sessions => tr!("history-area-sessions"),
    }
}

/// The filters as the query of the file's address.
fn query(filter: &HistoryFilter) -> String {
    let area = filter.area.map(HistoryArea::as_str).unwrap_or_default();
    format!(
        "?search={}&area={area}&from={}&until={}",
        Url::escape(&filter.text),
        Url::escape(&filter.from),
        Url::escape(&filter.until)
    )
}

/// The page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let filter = RwSignal::new(HistoryFilter::default());
    let rows = WindowedRows::<HistoryRow>::new(move |range| history(filter.get_untracked(), range));
    let count = move || count_words(rows);
    follow(rows, filter, count);
    let file = Signal::derive(move || filter.with(query));
    view! {
        <nav class="breadcrumb" aria-label=tr!("settings-title")>
            <a href="/settings">{tr!("settings-title")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("history-title")/>
                <p class="page-intro">
                    {move || if rows.loaded().get() { count() } else { tr!("history-lead") }}
                </p>
            </div>
            <div class="page-actions">
                <ExportLinks
                    file="history"
                    before="/api/export/"
                    query=file
                    labels=[tr!("history-export-csv"), tr!("history-export-xlsx")]
                />
            </div>
        </div>
        <Filters filter/>
        <HistoryList
            rows
            label=tr!("history-title")
            nobody=|| {
                view! {
                    <Empty
                        glyph=Glyph::Search
                        title=tr!("history-empty-title")
                        text=tr!("history-empty-text")
                    />
                }
            }
        />
    }
}

/// How many lines a list has.
pub fn count_words(rows: WindowedRows<HistoryRow>) -> String {
    let count = rows.total().get();
    tr!(
        "history-count",
        count = count,
        shown = grouped(count, language())
    )
}

#[component]
fn Filters(filter: RwSignal<HistoryFilter>) -> impl IntoView {
    let on_search = Callback::new(move |text: String| {
        if filter.with_untracked(|now| now.text != text) {
            filter.update(|now| now.text = text);
        }
    });
    let day = move |label: String, part: fn(&mut HistoryFilter) -> &mut String| {
        view! {
            <label class="history-filter">
                <span class="field-label">{label}</span>
                <input
                    type="date"
                    class="input"
                    on:change:target=move |event| {
                        let day = event.target().value();
                        filter.update(|now| *part(now) = day);
                    }
                />
            </label>
        }
    };
    view! {
        <div class="toolbar list-toolbar history-toolbar">
            <SearchBox
                label=tr!("history-search")
                placeholder=tr!("history-search-hint")
                on_search
            />
            <label class="history-filter">
                <span class="field-label">{tr!("history-area")}</span>
                <select
                    class="input"
                    on:change:target=move |event| {
                        let area = event.target().value().parse().ok();
                        filter.update(|now| now.area = area);
                    }
                >
                    <option value="">{tr!("history-area-all")}</option>
                    {HistoryArea::ALL
                        .iter()
                        .map(|area| view! { <option value=area.as_str()>{area_words(*area)}</option> })
                        .collect_view()}
                </select>
            </label>
            {day(tr!("history-from"), |filter| &mut filter.from)}
            {day(tr!("history-until"), |filter| &mut filter.until)}
        </div>
    }
}

/// The message that a line of a story opens; nothing where lines are not about one person.
pub type Opened = Option<RwSignal<Option<MessageRow>>>;

/// The lines, in a list that scrolls by itself however long it is.
#[component]
pub fn HistoryList(
    /// The lines.
    rows: WindowedRows<HistoryRow>,
    /// What the list is called.
    label: String,
    /// What is shown in place of no lines.
    #[prop(into)]
    nobody: ViewFn,
    /// Of a person's story: the message that is opened. It does not say on every line whom it concerns.
    #[prop(optional, into)]
    opened: Opened,
) -> impl IntoView {
    let total = rows.total();
    let head = move || {
        view! {
            <span aria-hidden="true">{tr!("history-when")}</span>
            <span aria-hidden="true">{tr!("history-what")}</span>
            {opened
                .is_none()
                .then(|| view! { <span aria-hidden="true">{tr!("history-person")}</span> })}
            <span aria-hidden="true">{tr!("history-training")}</span>
        }
    };
    view! {
        <Listing
            rows
            class=if opened.is_some() { "history-list is-story" } else { "history-list" }
            label
            head
            nobody
            row=move |index| view! { <Line line=rows.row(index) index total opened/> }.into_any()
        />
    }
}

/// One line; grey while it is on its way.
#[component]
fn Line(
    line: Memo<Option<HistoryRow>>,
    index: u32,
    total: Signal<u32>,
    opened: Opened,
) -> impl IntoView {
    view! {
        <div
            class="windowed-row listing-row"
            role="listitem"
            aria-setsize=move || total.get()
            aria-posinset=index + 1
        >
            {move || match line.get() {
                Some(line) => known(line, opened),
                None => {
                    view! {
                        <span class="skeleton-lines" aria-hidden="true">
                            <span class="skeleton"></span>
                        </span>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Who did what; where a message was written and `opened` takes it, a button that opens it.
pub fn what(line: HistoryRow, opened: Opened) -> AnyView {
    let words = view! {
        <strong>{line.who}</strong>
        " "
        {line.what}
    };
    match opened.zip(line.message) {
        Some((opened, message)) => view! {
            <button
                type="button"
                class="history-message"
                aria-haspopup="dialog"
                on:click=move |_| opened.set(Some(message.clone()))
            >
                {words}
            </button>
        }
        .into_any(),
        None => words.into_any(),
    }
}

fn known(line: HistoryRow, opened: Opened) -> AnyView {
    let said = format!("{} {}", line.who, line.what);
    let (when, from) = (line.when.clone(), line.from.clone());
    let (person, training) = (line.person.clone(), line.training.clone());
    view! {
        <span class="history-when">
            {when}
            {(!from.is_empty())
                .then(|| {
                    view! {
                        <span class="history-where">
                            {tr!("history-from-where", from = from.as_str())}
                        </span>
                    }
                })}
        </span>
        <span class="history-what" title=said>{what(line, opened)}</span>
        {opened
            .is_none()
            .then(|| {
                view! {
                    <span class="history-about">
                        {person
                            .map(|(id, name)| view! { <a href=format!("/people/{id}")>{name}</a> })}
                    </span>
                }
            })}
        <span class="history-about">
            {training
                .map(|(id, title)| view! { <a href=format!("/trainings/{id}")>{title}</a> })}
        </span>
    }
    .into_any()
}
