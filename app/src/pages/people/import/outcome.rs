//! What is under way, what would come of the file, and what came of it.

use super::counts_words;
use super::page::{Deed, Import, NOW};
use crate::components::{AskFirst, Glyph, Icon};
use crate::number::grouped;
use crate::remembered::panel_address;
use crate::{focus, language, tr};
use convoke_domain::selection::{Filter, Past};
use convoke_domain::view::{ImportBadLine, ImportCounts, ImportState, ImportView, UndoCounts};
use convoke_domain::{ImportId, TrainingId};
use leptos::prelude::*;

/// More new groups or user types than this are not named; their number is said.
const NAMED: usize = 20;
/// More lines that are left out than this are not shown; their number is said, and the files have them all.
const LINES: usize = 10;

/// What stands below the columns.
#[derive(Clone, PartialEq)]
enum Shown {
    /// Nothing: the file was not checked, or with other columns.
    Nothing,
    /// Something is under way.
    Busy(ImportState),
    /// What would come, or came of it.
    Rest(Box<ImportView>),
}

/// What stands on the page now. When that changes it is said, and the focus goes there if it was on what is gone.
#[component]
pub fn Now(
    /// The import.
    import: Import,
) -> impl IntoView {
    let checked = import.is_checked();
    let shown = Memo::new(move |_| {
        import.view.with(|view| match view.state {
            ImportState::Ready => Shown::Nothing,
            ImportState::Checked if !checked.get() => Shown::Nothing,
            state if state.is_busy() => Shown::Busy(state),
            _ => Shown::Rest(Box::new(view.clone())),
        })
    });
    Effect::new(move |before: Option<()>| {
        let said = shown.with(|shown| match shown {
            Shown::Nothing => None,
            Shown::Busy(_) => Some(String::new()),
            Shown::Rest(view) => Some(said(view)),
        });
        if before.is_some()
            && let Some(said) = said
        {
            focus::catch(NOW.to_owned());
            if !said.is_empty() {
                import.announce(said);
            }
        }
    });
    view! {
        {move || match shown.get() {
            Shown::Nothing => ().into_any(),
            Shown::Busy(state) => view! { <Progress import state/> }.into_any(),
            Shown::Rest(view) => view! { <Outcome import view=*view/> }.into_any(),
        }}
        {import.failed(|deed| deed != Deed::Check)}
    }
}

/// How it stands, said once.
fn said(view: &ImportView) -> String {
    let heading = heading(view.state);
    match view.undone {
        Some(undone) if view.state == ImportState::Undone => {
            let parts = [
                tr!("imports-said-removed", count = undone.removed),
                tr!("imports-said-restored", count = undone.restored),
                tr!("imports-said-kept", count = undone.kept),
            ];
            format!("{heading}. {}.", parts.join(", "))
        }
        _ => format!("{heading}. {}.", counts_words(&view.counts)),
    }
}

/// The heading of what stands there.
fn heading(state: ImportState) -> String {
    match state {
        ImportState::Ready | ImportState::Checked => tr!("imports-found"),
        ImportState::Checking => tr!("imports-checking"),
        ImportState::Running => tr!("imports-running"),
        ImportState::Done => tr!("imports-done"),
        ImportState::Broken => tr!("imports-broken"),
        ImportState::Undoing => tr!("imports-undoing"),
        ImportState::Undone => tr!("imports-undone"),
    }
}

/// How far something is.
#[component]
fn Progress(import: Import, state: ImportState) -> impl IntoView {
    let percent = Memo::new(move |_| import.view.with(|view| view.percent.min(100)));
    let counts = Memo::new(move |_| import.view.with(|view| view.counts.clone()));
    let more = match state {
        ImportState::Checking => tr!("imports-checking-text"),
        ImportState::Running => tr!("imports-running-text"),
        _ => tr!("imports-undoing-text"),
    };
    view! {
        <section class="card import-card" aria-labelledby="import-now">
            <div class="import-card-head">
                <h2 id="import-now" tabindex="-1">
                    {heading(state)}
                </h2>
                <p class="muted">{more}</p>
            </div>
            <div class="import-card-body">
                <div class="import-progress">
                    <progress
                        max="100"
                        aria-labelledby="import-now"
                        value=move || percent.get().to_string()
                    ></progress>
                    <span class="tabular" aria-hidden="true">
                        {move || tr!("imports-percent", percent = percent.get())}
                    </span>
                </div>
                {(state == ImportState::Running).then(|| view! { <Counts counts/> })}
            </div>
        </section>
    }
}

/// What would come, or came of the lines.
#[component]
fn Outcome(import: Import, view: ImportView) -> impl IntoView {
    let ImportView {
        id,
        state,
        counts,
        bad,
        undone,
        has_result,
        goes_on,
        ..
    } = view;
    let text = match state {
        ImportState::Checked => tr!("imports-found-text"),
        ImportState::Broken => tr!("imports-broken-text"),
        ImportState::Undone => tr!("imports-undone-text"),
        _ => tr!("imports-done-text"),
    };
    let glyph = match state {
        ImportState::Done => Some(("import-glyph is-done", Glyph::Check)),
        ImportState::Broken => Some(("import-glyph is-broken", Glyph::Warning)),
        _ => None,
    };
    let is_checked = state == ImportState::Checked;
    let files = move || {
        (has_result && !is_checked).then(|| files(id, "result", tr!("imports-result-files")))
    };
    let details = if let (ImportState::Undone, Some(undone)) = (state, undone) {
        view! { <UndoOutcome undone/> }.into_any()
    } else {
        let names = names(&counts);
        let left_out = (counts.bad_lines > 0)
            .then(|| left_out(id, counts.bad_lines, bad, has_result || is_checked));
        view! {
            <Counts counts=counts.clone()/>
            {names}
            {left_out}
        }
        .into_any()
    };
    let foot = match state {
        ImportState::Checked => view! { <Run import counts/> }.into_any(),
        ImportState::Broken => view! {
            <div class="toolbar">
                {goes_on
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-primary"
                                aria-disabled=move || import.busy.get().then_some("true")
                                on:click=move |_| import.run()
                            >
                                {tr!("imports-go-on")}
                            </button>
                        }
                    })}
                <Undo import/>
            </div>
        }
        .into_any(),
        ImportState::Undone => view! { <div class="toolbar">{people_link(false)}</div> }.into_any(),
        _ => {
            let people = counts.created + counts.updated + counts.unchanged;
            let choose =
                import
                    .training
                    .get_value()
                    .filter(|_| people > 0)
                    .map(|(training, title)| {
                        view! {
                            <a class="button button-primary" href=choosing(training, id)>
                                {tr!("imports-choose-people", count = people, training = title)}
                            </a>
                        }
                    });
            let first = choose.is_none();
            view! {
                <div class="toolbar">
                    {choose}
                    {people_link(first)}
                    <Undo import/>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="card import-card" aria-labelledby="import-now">
            <div class="import-card-head">
                <div class="import-card-title">
                    {glyph
                        .map(|(class, glyph)| {
                            view! {
                                <span class=class>
                                    <Icon glyph/>
                                </span>
                            }
                        })}
                    <h2 id="import-now" tabindex="-1">
                        {heading(state)}
                    </h2>
                </div>
                <p class="muted">{text}</p>
            </div>
            <div class="import-card-body">{details} {files()}</div>
            <div class="form-foot">{foot}</div>
        </section>
    }
}

/// The address of a training's panel, narrowed to the people of this import.
fn choosing(training: TrainingId, import: ImportId) -> String {
    let filter = Filter {
        past: Past {
            came_with: Some(import),
            ..Past::default()
        },
        ..Filter::default()
    };
    panel_address(training, &filter)
}

fn people_link(primary: bool) -> impl IntoView {
    let class = if primary {
        "button button-primary"
    } else {
        "button"
    };
    view! {
        <a class=class href="/people">
            {tr!("imports-to-people")}
        </a>
    }
}

/// The words that stand with a number.
type Words = fn(u64) -> String;
/// Which of the numbers it is.
type Which = fn(&ImportCounts) -> u64;

/// The four numbers.
#[component]
fn Counts(#[prop(into)] counts: Signal<ImportCounts>) -> impl IntoView {
    let parts: [(Which, Words); 4] = [
        (|c| c.created, |n| tr!("imports-created", count = n)),
        (|c| c.updated, |n| tr!("imports-updated", count = n)),
        (|c| c.unchanged, |n| tr!("imports-unchanged", count = n)),
        (|c| c.bad_lines, |n| tr!("imports-left-out", count = n)),
    ];
    let parts = parts.map(|(of, words)| {
        let number = Memo::new(move |_| counts.with(of));
        number_with_words(number.into(), words)
    });
    view! { <dl class="import-counts">{parts.into_iter().collect_view()}</dl> }
}

/// What came of undoing.
#[component]
fn UndoOutcome(undone: UndoCounts) -> impl IntoView {
    let UndoCounts {
        removed,
        restored,
        kept,
    } = undone;
    let parts: [(u64, Words); 3] = [
        (removed, |n| tr!("imports-removed", count = n)),
        (restored, |n| tr!("imports-restored", count = n)),
        (kept, |n| tr!("imports-kept", count = n)),
    ];
    let parts = parts.map(|(number, words)| number_with_words(Signal::stored(number), words));
    view! {
        <dl class="import-counts">{parts.into_iter().collect_view()}</dl>
        {(kept > 0).then(|| view! { <p>{tr!("imports-kept-text")}</p> })}
    }
}

fn number_with_words(number: Signal<u64>, words: Words) -> impl IntoView {
    view! {
        <div class="import-count" class:is-none=move || number.get() == 0>
            <dt>{move || words(number.get())}</dt>
            <dd>{move || shown_number(number.get())}</dd>
        </div>
    }
}

fn shown_number(number: u64) -> String {
    grouped(u32::try_from(number).unwrap_or(u32::MAX), language())
}

/// The groups and user types that are new.
fn names(counts: &ImportCounts) -> impl IntoView + use<> {
    let list = |names: &[String]| {
        let mut all = names
            .iter()
            .take(NAMED)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        if names.len() > NAMED {
            all.push(' ');
            all.push_str(&tr!("paste-more", count = names.len() - NAMED));
        }
        all
    };
    let part = |title: String, names: &[String]| {
        let names = list(names);
        (!names.is_empty()).then(|| {
            view! {
                <p class="import-names">
                    <strong>{title}</strong>
                    " "
                    {names}
                </p>
            }
        })
    };
    let groups = tr!("imports-new-groups", count = counts.new_groups.len());
    let types = tr!("imports-new-types", count = counts.new_user_types.len());
    (
        part(groups, &counts.new_groups),
        part(types, &counts.new_user_types),
    )
}

/// The first lines that are left out, with their reasons, and all of them as files.
fn left_out(id: ImportId, count: u64, bad: Vec<ImportBadLine>, has_files: bool) -> impl IntoView {
    let more = count.saturating_sub(bad.len().min(LINES) as u64);
    view! {
        <div class="import-left-out">
            <h3>{tr!("imports-left-out-title", count = count)}</h3>
            <ul>
                {bad
                    .into_iter()
                    .take(LINES)
                    .map(|bad| {
                        // As text: the number of a line has no thousands apart.
                        let line = bad.line.to_string();
                        view! { <li>{tr!("import-bad-line", line = line, reason = bad.reason)}</li> }
                    })
                    .collect_view()}
                {(more > 0)
                    .then(|| view! { <li class="muted">{tr!("paste-more", count = more)}</li> })}
            </ul>
            {has_files.then(|| files(id, "left-out", tr!("imports-left-out-files")))}
        </div>
    }
}

/// Two links to download a file of the import.
fn files(id: ImportId, file: &'static str, title: String) -> impl IntoView {
    let link = |ending: &str, words: &'static str| {
        view! {
            <a
                class="button button-small"
                href=format!("/api/imports/{id}/{file}.{ending}")
                rel="external"
                download
                aria-label=format!("{title} ({words})")
            >
                {words}
            </a>
        }
    };
    let (csv, xlsx) = (link("csv", "CSV"), link("xlsx", "XLSX"));
    view! {
        <div class="export import-files">
            <span class="export-title">
                <Icon glyph=Glyph::Download size=16/>
                {title}
            </span>
            {csv}
            {xlsx}
        </div>
    }
}

/// The button that stores the people, or why there is none.
#[component]
fn Run(import: Import, counts: ImportCounts) -> impl IntoView {
    let people = counts.created + counts.updated;
    let known = counts.unchanged > 0 && import.training.with_value(Option::is_some);
    let words = match (people, known) {
        (0, false) => return view! { <p>{tr!("imports-nothing")}</p> }.into_any(),
        // Nothing to store, but people to choose.
        (0, true) => tr!("imports-run-known", count = counts.unchanged),
        _ => tr!("imports-run", count = people),
    };
    view! {
        <div class="toolbar">
            <button
                type="button"
                class="button button-primary"
                aria-disabled=move || import.busy.get().then_some("true")
                on:click=move |_| import.run()
            >
                {words}
            </button>
        </div>
    }
    .into_any()
}

/// *Undo this import*.
#[component]
fn Undo(import: Import) -> impl IntoView {
    view! {
        <AskFirst
            class="import-undo"
            words=tr!("imports-undo")
            question=tr!("imports-undo-ask")
            busy=import.busy
            on_yes=move |()| import.undo()
        />
    }
}
