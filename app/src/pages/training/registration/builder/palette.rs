//! The buttons that add a field, one for each kind.

use super::{Bench, glyph, kind_words};
use crate::components::{Glyph, Icon};
use crate::state::form_builder::{FormBuilder, Message};
use crate::tr;
use convoke_domain::id::uuid_v7;
use convoke_domain::registration::{Bilingual, FieldKind, MAX_FIELDS};
use convoke_domain::{FieldId, Language};
use convoke_texts::t;
use leptos::prelude::*;

/// Adds a field at the end.
#[component]
pub fn Palette(bench: Bench) -> impl IntoView {
    let full = Memo::new(move |_| !bench.state.with(FormBuilder::has_room));
    view! {
        <section class="card palette" aria-labelledby="palette-title">
            <h3 id="palette-title">{tr!("form-add")}</h3>
            <div class="palette-buttons">
                {FieldKind::ALL
                    .iter()
                    .map(|&kind| {
                        view! {
                            <button
                                type="button"
                                class="palette-button"
                                aria-disabled=move || full.get().then_some("true")
                                on:click=move |_| {
                                    bench
                                        .send(Message::Add {
                                            id: new_id(),
                                            kind,
                                            label: first_label(kind),
                                            choices: [new_number(), new_number()],
                                        });
                                }
                            >
                                <Icon glyph=glyph(kind)/>
                                <span>{kind_words(kind)}</span>
                                <Icon glyph=Glyph::Plus size=14/>
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            {move || {
                full.get()
                    .then(|| view! { <p class="field-help">{tr!("form-full", count = MAX_FIELDS)}</p> })
            }}
        </section>
    }
}

/// What such a field is nearly always called.
fn first_label(kind: FieldKind) -> Bilingual {
    let key = match kind {
        FieldKind::Email => "kind-email",
        FieldKind::Mobile => "kind-mobile",
        _ => return Bilingual::default(),
    };
    Bilingual {
        en: t!(Language::En, key),
        fr: t!(Language::Fr, key),
    }
}

/// A new field's id, made in the browser when a button is pressed.
pub fn new_id() -> FieldId {
    let mut random = [0; 10];
    fill(&mut random);
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
    let now = web_sys::js_sys::Date::now() as i64;
    FieldId(uuid_v7(now, random))
}

/// A new option's id. It must never have been one of the field's, also not of an option taken out in an earlier version: so it is drawn from
/// many and not counted.
pub fn new_number() -> u32 {
    let mut random = [0; 4];
    fill(&mut random);
    u32::from_be_bytes(random).max(1)
}

fn fill(bytes: &mut [u8]) {
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(bytes);
    }
}
