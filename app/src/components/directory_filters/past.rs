//! What people have to do with other trainings, and with imports.

use super::Held;
use super::menu::Menu;
use crate::tr;
use convoke_domain::TrainingId;
use convoke_domain::selection::Past;
use convoke_domain::view::{ImportChoice, TrainingChoice};
use leptos::prelude::*;

/// Where a training is chosen.
#[derive(Clone, Copy)]
struct Field {
    /// Where it is in a [`Past`].
    of: fn(&mut Past) -> &mut Option<TrainingId>,
    label: fn() -> String,
}

const TOOK: Field = Field {
    of: |past| &mut past.took,
    label: || tr!("filter-past-took"),
};
const SAME_AS: Field = Field {
    of: |past| &mut past.same_as,
    label: || tr!("filter-past-same"),
};

/// *Not invited since*, *took the training*, *same people as in*, *named in the file*.
#[component]
pub(super) fn PastFilter(held: Held) -> impl IntoView {
    let Held {
        choices,
        filter,
        on_change,
    } = held;
    let past = Memo::new(move |_| filter.with(|filter| filter.past.clone()));
    let trainings = Memo::new(move |_| choices.with(|choices| choices.trainings.clone()));
    let imports = Memo::new(move |_| choices.with(|choices| choices.imports.clone()));
    let change = move |edit: &dyn Fn(&mut Past)| {
        let mut changed = filter.get_untracked();
        edit(&mut changed.past);
        on_change.run(changed);
    };
    let summary = Memo::new(move |_| summary(&past.get(), &trainings.get(), &imports.get()));
    let any = Memo::new(move |_| past.with(|past| !past.is_empty()));
    let training = move |field: Field| {
        let chosen = Signal::derive(move || {
            let mut past = past.get();
            (field.of)(&mut past).map(|id| id.to_string())
        });
        let options = trainings
            .get()
            .into_iter()
            .map(|t| (t.id.to_string(), t.name));
        let choose = move |id: String| change(&|past| *(field.of)(past) = id.parse().ok());
        one_of((field.label)(), options.collect(), chosen, choose)
    };
    let import = move || {
        let chosen =
            Signal::derive(move || past.with(|past| past.came_with).map(|id| id.to_string()));
        let options = imports
            .get()
            .into_iter()
            .map(|i| (i.id.to_string(), i.name));
        let choose = move |id: String| change(&|past| past.came_with = id.parse().ok());
        one_of(tr!("filter-past-import"), options.collect(), chosen, choose)
    };
    let some_imports = Memo::new(move |_| {
        imports.with(|imports| !imports.is_empty()) || past.with(|past| past.came_with.is_some())
    });
    view! {
        <Menu
            name=tr!("filter-past")
            summary
            any
            on_clear=move |()| change(&|past| *past = Past::default())
            on_close=|()| ()
        >
            <div class="filter-past">
                <label class="filter-past-field">
                    <span class="field-label">{tr!("filter-past-since")}</span>
                    <input
                        type="date"
                        class="input"
                        prop:value=move || past.with(|past| past.not_invited_since.clone().unwrap_or_default())
                        on:change:target=move |event| {
                            let day = Some(event.target().value()).filter(|day| !day.is_empty());
                            change(&|past| past.not_invited_since.clone_from(&day));
                        }
                    />
                </label>
                {training(TOOK)}
                {training(SAME_AS)}
                {some_imports.get().then(import)}
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || past.with(|past| past.opted_out)
                        on:change:target=move |event| {
                            let wanted = event.target().checked();
                            change(&|past| past.opted_out = wanted);
                        }
                    />
                    <span>{tr!("filter-past-opted-out")}</span>
                </label>
            </div>
        </Menu>
    }
}

/// A choice of one, or of any.
fn one_of(
    label: String,
    options: Vec<(String, String)>,
    chosen: Signal<Option<String>>,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let now = chosen.get_untracked();
    let options = options.into_iter().map(|(id, name)| {
        let selected = now.as_ref() == Some(&id);
        view! { <option value=id selected=selected>{name}</option> }
    });
    view! {
        <label class="filter-past-field">
            <span class="field-label">{label}</span>
            <select
                class="input"
                prop:value=move || chosen.get().unwrap_or_default()
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="">{tr!("filter-past-any")}</option>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// What the button says.
fn summary(past: &Past, trainings: &[TrainingChoice], imports: &[ImportChoice]) -> String {
    if past.is_empty() {
        return tr!("filter-past-all");
    }
    let name = |id: TrainingId| {
        let found = trainings.iter().find(|training| training.id == id);
        found.map_or_else(
            || tr!("filter-past-older"),
            |training| training.name.clone(),
        )
    };
    let parts = [
        past.not_invited_since
            .as_ref()
            .map(|day| tr!("filter-past-said-since", day = day.as_str())),
        past.took
            .map(|id| tr!("filter-past-said-took", training = name(id))),
        past.same_as
            .map(|id| tr!("filter-past-said-same", training = name(id))),
        past.came_with.map(|id| {
            let found = imports.iter().find(|import| import.id == id);
            match found {
                Some(import) => tr!("filter-past-said-import", file = import.name.as_str()),
                None => tr!("filter-past-said-import-gone"),
            }
        }),
        past.opted_out.then(|| tr!("filter-past-said-opted-out")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
