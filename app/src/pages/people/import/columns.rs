//! What each column of the file is, and *Check the file*.

use super::field_words;
use super::page::{Deed, Import, PROBLEMS};
use crate::focus;
use crate::tr;
use convoke_domain::view::{ImportColumn, ImportField, ImportState};
use leptos::prelude::*;

/// What keeps columns from being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    /// No column is the last name.
    NoLastName,
    /// No column is the first name.
    NoFirstName,
    /// No column is an e-mail, and none is a mobile.
    NoAddress,
    /// Two columns are the same.
    Twice(ImportField),
}

impl Problem {
    fn words(self) -> String {
        match self {
            Self::NoLastName => tr!("imports-no-last-name"),
            Self::NoFirstName => tr!("imports-no-first-name"),
            Self::NoAddress => tr!("imports-no-address"),
            Self::Twice(field) => tr!("imports-twice", field = field_words(field)),
        }
    }
}

fn times(chosen: &[Option<ImportField>], field: ImportField) -> usize {
    chosen.iter().filter(|one| **one == Some(field)).count()
}

/// What is wrong with the columns as chosen; the server looks again.
fn problems(chosen: &[Option<ImportField>]) -> Vec<Problem> {
    let lacks = |field| times(chosen, field) == 0;
    let missing = [
        (lacks(ImportField::LastName), Problem::NoLastName),
        (lacks(ImportField::FirstName), Problem::NoFirstName),
        (
            lacks(ImportField::Email) && lacks(ImportField::Mobile),
            Problem::NoAddress,
        ),
    ];
    let twice = ImportField::ALL
        .iter()
        .filter(|field| times(chosen, **field) > 1)
        .map(|field| Problem::Twice(*field));
    missing
        .into_iter()
        .filter_map(|(is_so, problem)| is_so.then_some(problem))
        .chain(twice)
        .collect()
}

/// The table of the columns.
#[component]
pub fn Columns(
    /// The import.
    import: Import,
) -> impl IntoView {
    let columns = import.view.with_untracked(|view| view.columns.clone());
    let found = Memo::new(move |_| import.chosen.with(|chosen| problems(chosen)));
    let checking = Memo::new(move |_| import.view.with(|view| view.state == ImportState::Checking));
    let checked = import.is_checked();
    let stale =
        move || !checked.get() && import.view.with(|view| view.state == ImportState::Checked);
    let held = move || import.busy.get() || checking.get() || !found.with(Vec::is_empty);
    let press = move |_| {
        if !found.with_untracked(Vec::is_empty) {
            focus::go_to(PROBLEMS.to_owned());
        } else if !untrack(held) {
            import.check();
        }
    };
    let rows = columns
        .into_iter()
        .enumerate()
        .map(|(place, column)| view! { <Column import place column checking/> });
    view! {
        <section class="card import-card" aria-labelledby="import-columns">
            <div class="import-card-head">
                <h2 id="import-columns">{tr!("imports-columns")}</h2>
                <p class="muted">{tr!("imports-columns-help")}</p>
            </div>
            // The roles of a table, which browsers forget when it is stacked on phones.
            <table class="table import-columns" role="table" aria-labelledby="import-columns">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">
                            {tr!("imports-column-name")}
                        </th>
                        <th scope="col" role="columnheader">
                            {tr!("imports-column-field")}
                        </th>
                        <th scope="col" role="columnheader">
                            {tr!("imports-column-samples")}
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
            <div class="form-foot">
                <div class="import-problems" id="import-problems" role="status" tabindex="-1">
                    {move || {
                        found
                            .get()
                            .into_iter()
                            .map(|problem| view! { <p class="field-error">{problem.words()}</p> })
                            .collect_view()
                    }}
                    {move || stale().then(|| view! { <p>{tr!("imports-check-again")}</p> })}
                    {move || {
                        import
                            .stopped
                            .get()
                            .then(|| view! { <p class="field-error">{tr!("imports-stopped")}</p> })
                    }}
                </div>
                {import.failed(|deed| deed == Deed::Check)}
                <div class="toolbar">
                    <button
                        type="button"
                        class="button"
                        class:button-primary=move || !checked.get()
                        aria-disabled=move || held().then_some("true")
                        aria-describedby="import-problems"
                        on:click=press
                    >
                        {move || {
                            if checking.get() { tr!("imports-checking-now") } else { tr!("imports-check") }
                        }}
                    </button>
                </div>
            </div>
        </section>
    }
}

/// One column of the file: its name, what it is, and how it begins.
#[component]
fn Column(
    import: Import,
    place: usize,
    column: ImportColumn,
    checking: Memo<bool>,
) -> impl IntoView {
    let name = match column.name.trim() {
        "" => tr!("imports-column-nameless", number = place + 1),
        name => name.to_owned(),
    };
    let id = format!("import-column-{place}");
    let label = tr!("imports-column-label", name = name.as_str());
    let chosen = Memo::new(move |_| {
        import
            .chosen
            .with(|chosen| chosen.get(place).copied().flatten())
    });
    let twice = move || {
        chosen
            .get()
            .is_some_and(|field| import.chosen.with(|chosen| times(chosen, field) > 1))
    };
    let first = chosen.get_untracked();
    let options = ImportField::ALL.iter().map(|field| {
        view! {
            <option value=field.as_str() selected=first == Some(*field)>
                {field_words(*field)}
            </option>
        }
    });
    let samples: Vec<_> = column
        .samples
        .into_iter()
        .filter(|sample| !sample.trim().is_empty())
        .take(3)
        .map(|sample| view! { <li><bdi>{sample}</bdi></li> })
        .collect();
    let samples = if samples.is_empty() {
        view! { <span class="muted">{tr!("imports-no-samples")}</span> }.into_any()
    } else {
        view! { <ul class="import-samples">{samples}</ul> }.into_any()
    };
    view! {
        <tr role="row" class:is-left-out=move || chosen.get().is_none()>
            <th scope="row" role="rowheader">
                <bdi>{name}</bdi>
            </th>
            <td role="cell">
                <label class="visually-hidden" for=id.clone()>
                    {label}
                </label>
                // What a browser remembers of another visit is not what was chosen.
                <select
                    id=id
                    class="input"
                    autocomplete="off"
                    prop:value=move || chosen.get().map_or("", ImportField::as_str)
                    disabled=move || checking.get()
                    aria-invalid=move || twice().then_some("true")
                    on:change:target=move |event| {
                        import.choose(place, event.target().value().parse().ok());
                    }
                >
                    <option value="" selected=first.is_none()>
                        {tr!("imports-leave-out")}
                    </option>
                    {options.collect_view()}
                </select>
            </td>
            <td role="cell">{samples}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::view::ImportField::{Email, FirstName, LastName, Mobile};

    #[test]
    fn names_and_an_address_have_to_be_there() {
        assert_eq!(
            problems(&[None, Some(Email)]),
            [Problem::NoLastName, Problem::NoFirstName]
        );
        assert_eq!(
            problems(&[Some(LastName), Some(FirstName)]),
            [Problem::NoAddress]
        );
        assert_eq!(
            problems(&[Some(LastName), Some(FirstName), Some(Mobile)]),
            []
        );
        assert_eq!(
            problems(&[Some(FirstName), None, Some(LastName), Some(Email)]),
            []
        );
    }

    #[test]
    fn a_field_is_one_column() {
        assert_eq!(
            problems(&[Some(LastName), Some(FirstName), Some(Email), Some(Email)]),
            [Problem::Twice(Email)]
        );
    }
}
