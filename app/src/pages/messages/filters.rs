//! What the messages are narrowed by: name, what became of them, channel, kind and training.

use super::store::Sheet;
use super::table::{fate_words, kind_words};
use crate::components::SearchBox;
use crate::state::message_address::written;
use crate::tr;
use convoke_domain::view::{MessageFilter, TrainingChoice};
use convoke_domain::{Channel, Fate, MessageKind};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use leptos_router::location::Url;

/// The filters as the query of an address, with its question mark; nothing when nothing is filtered.
pub fn in_address(filter: &MessageFilter) -> String {
    match written(filter, Url::escape) {
        query if query.is_empty() => query,
        query => format!("?{query}"),
    }
}

/// Keeps the filters in the address, so that it can be linked, reloaded and gone back to.
pub fn keep_in_address(sheet: Sheet) {
    let navigate = use_navigate();
    Effect::new(move |first: Option<()>| {
        let address = format!("/messages{}", sheet.filter.with(in_address));
        if first.is_some() {
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&address, options);
        }
    });
}

/// The filters.
#[component]
pub fn Filters(
    /// The list's memory.
    sheet: Sheet,
    /// The trainings that can be chosen.
    trainings: Vec<TrainingChoice>,
) -> impl IntoView {
    let filter = sheet.filter.get_untracked();
    let channels = Channel::ALL.iter().map(|channel| {
        let words = match channel {
            Channel::Email => tr!("channel-email"),
            Channel::Sms => tr!("channel-sms"),
        };
        (channel.to_string(), words)
    });
    let trainings = trainings
        .into_iter()
        .map(|training| (training.id.to_string(), training.name));
    view! {
        <SearchBox
            label=tr!("messages-find")
            placeholder=tr!("messages-find")
            initial=filter.text.clone()
            on_search=move |text: String| {
                if sheet.filter.with_untracked(|now| now.text != text) {
                    sheet.narrow(|now| now.text = text);
                }
            }
        />
        {choice(
            tr!("messages-filter"),
            tr!("messages-all"),
            filter.fate.map(|fate| fate.to_string()),
            Fate::ALL.iter().map(|fate| (fate.to_string(), fate_words(*fate))),
            move |word| sheet.narrow(|now| now.fate = word.parse().ok()),
        )}
        {choice(
            tr!("messages-filter-channel"),
            tr!("messages-all"),
            filter.channel.map(|channel| channel.to_string()),
            channels,
            move |word| sheet.narrow(|now| now.channel = word.parse().ok()),
        )}
        {choice(
            tr!("messages-filter-kind"),
            tr!("messages-all"),
            filter.kind.map(|kind| kind.to_string()),
            MessageKind::ALL.iter().map(|kind| (kind.to_string(), kind_words(*kind))),
            move |word| sheet.narrow(|now| now.kind = word.parse().ok()),
        )}
        {choice(
            tr!("messages-filter-training"),
            tr!("messages-filter-all-trainings"),
            filter.training.map(|training| training.to_string()),
            trainings,
            move |word| sheet.narrow(|now| now.training = word.parse().ok()),
        )}
    }
}

/// A list of which one, or none, is chosen.
fn choice(
    label: String,
    all: String,
    chosen: Option<String>,
    options: impl Iterator<Item = (String, String)>,
    on_choice: impl Fn(String) + 'static,
) -> impl IntoView {
    let options = options.map(|(value, words)| {
        let selected = chosen.as_ref() == Some(&value);
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <label class="messages-filter">
            <span class="field-label">{label}</span>
            <select
                class="input"
                on:change:target=move |event| on_choice(event.target().value())
            >
                <option value="" selected=chosen.is_none()>{all}</option>
                {options.collect_view()}
            </select>
        </label>
    }
}
