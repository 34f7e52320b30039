//! The choice of a time zone.

use crate::components::FieldError;
use crate::tr;
use leptos::prelude::*;

/// One name of the IANA database for most places where trainings are held; the organisation's own is added when it
/// is none of these, and the server takes every name that the database has.
const ZONES: &[&str] = &[
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Zurich",
    "Europe/Berlin",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Amsterdam",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Stockholm",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Athens",
    "Europe/Bucharest",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Africa/Casablanca",
    "Africa/Dakar",
    "Africa/Lagos",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Indian/Reunion",
    "America/Martinique",
    "America/Montreal",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Australia/Sydney",
    "Pacific/Noumea",
    "Pacific/Auckland",
    "UTC",
];

/// A drop-down of time zones.
#[component]
pub fn TimeZoneField(value: RwSignal<String>, error: Signal<Option<String>>) -> impl IntoView {
    let now = value.get_untracked();
    let own = (!now.is_empty() && !ZONES.contains(&now.as_str())).then(|| now.clone());
    let option = move |zone: String| {
        let selected = zone == now;
        let words = zone.replace('_', " ");
        view! {
            <option value=zone selected=selected>
                {words}
            </option>
        }
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let described = move || {
        if error.with(Option::is_some) {
            "time_zone-error time_zone-help"
        } else {
            "time_zone-help"
        }
    };
    view! {
        <div class="field">
            <label for="time_zone">{tr!("training-time-zone")}</label>
            <select
                id="time_zone"
                name="time_zone"
                class="input"
                aria-describedby=described
                aria-invalid=invalid
                on:change:target=move |event| value.set(event.target().value())
            >
                {own.into_iter()
                    .chain(ZONES.iter().map(|zone| (*zone).to_owned()))
                    .map(option)
                    .collect_view()}
            </select>
            <p class="field-help" id="time_zone-help">
                {tr!("training-time-zone-help")}
            </p>
            <FieldError id="time_zone" error/>
        </div>
    }
}
