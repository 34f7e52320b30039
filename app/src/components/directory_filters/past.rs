//! What people have to do with other trainings.

use super::Held;
use super::menu::Menu;
use crate::tr;
use convoke_domain::TrainingId;
use convoke_domain::selection::Past;
use convoke_domain::view::TrainingChoice;
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

/// *Not invited since*, *took the training*, *same people as in*.
#[component]
pub(super) fn PastFilter(held: Held) -> impl IntoView {
    let Held {
        choices,
        filter,
        on_change,
    } = held;
    let past = Memo::new(move |_| filter.with(|filter| filter.past.clone()));
    let trainings = Memo::new(move |_| choices.with(|choices| choices.trainings.clone()));
    let change = move |edit: &dyn Fn(&mut Past)| {
        let mut changed = filter.get_untracked();
        edit(&mut changed.past);
        on_change.run(changed);
    };
    let summary = Memo::new(move |_| summary(&past.get(), &trainings.get()));
    let any = Memo::new(move |_| past.with(|past| !past.is_empty()));
    let training = move |field: Field| {
        let chosen = Memo::new(move |_| {
            let mut past = past.get();
            (field.of)(&mut past)
                .map(|id| id.to_string())
                .unwrap_or_default()
        });
        let options = trainings.get().into_iter().map(|training| {
            let id = training.id.to_string();
            let selected = chosen.get_untracked() == id;
            view! { <option value=id selected=selected>{training.name}</option> }
        });
        view! {
            <label class="filter-past-field">
                <span class="field-label">{(field.label)()}</span>
                <select
                    class="input"
                    prop:value=move || chosen.get()
                    on:change:target=move |event| {
                        let id = event.target().value().parse().ok();
                        change(&|past| *(field.of)(past) = id);
                    }
                >
                    <option value="">{tr!("filter-past-any")}</option>
                    {options.collect_view()}
                </select>
            </label>
        }
    };
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
            </div>
        </Menu>
    }
}

/// What the button says.
fn summary(past: &Past, trainings: &[TrainingChoice]) -> String {
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
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
