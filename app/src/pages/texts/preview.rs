//! The message that the text makes, as a chosen reader would see it, and the test message.

use super::desk::Desk;
use crate::components::{ErrorBox, Glyph, Icon, MessagePaper, SelectField};
use crate::tr;
use convoke_domain::Channel;
use convoke_domain::person::full_name;
use leptos::prelude::*;

/// The preview beside the text.
#[component]
pub fn PreviewCard(desk: Desk) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    Effect::new(move |_| {
        let reader = chosen.with(|id| id.parse().ok());
        if desk.reader.get_untracked() != reader {
            desk.reader.set(reader);
        }
    });
    let me = crate::me::me()
        .map(|me| full_name(&me.first_name, &me.last_name))
        .unwrap_or_default();
    let mut options = vec![(
        String::new(),
        tr!("text-preview-yourself", name = me.as_str()),
    )];
    desk.readers.with_value(|readers| {
        options.extend(
            readers
                .iter()
                .map(|reader| (reader.id.to_string(), reader.name.clone())),
        );
    });
    let about = Memo::new(move |_| {
        desk.values
            .with(|values| values.as_ref().map(|values| values.training.clone()))
    });
    let preview = Signal::derive(move || desk.preview());
    let is_there = Memo::new(move |_| preview.with(Option::is_some));
    let is_right = Memo::new(move |_| desk.is_right());
    let is_sms = Memo::new(move |_| desk.key.get().channel == Channel::Sms);
    view! {
        <section class="card text-preview" aria-labelledby="text-preview">
            <header class="text-head">
                <h2 id="text-preview">{tr!("text-preview")}</h2>
                <SelectField
                    id="text-reader"
                    label=tr!("text-preview-reader")
                    value=chosen
                    options
                />
                {move || {
                    about
                        .get()
                        .map(|title| {
                            view! { <p class="field-help">{tr!("text-preview-about", title = title)}</p> }
                        })
                }}
            </header>
            <div class="text-preview-body">
                {move || desk.preview_failure.get().map(|error| view! { <ErrorBox error/> })}
                {move || {
                    if !is_right.get() && !is_sms.get() {
                        view! { <p class="muted">{tr!("text-preview-wrong")}</p> }.into_any()
                    } else if is_there.get() {
                        view! { <MessagePaper preview/> }.into_any()
                    } else {
                        view! { <p class="muted">{tr!("text-preview-waiting")}</p> }.into_any()
                    }
                }}
            </div>
            <div class="form-foot">
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || (desk.testing.get() || !is_right.get()).then_some("true")
                    on:click=move |_| {
                        if is_right.get_untracked() {
                            desk.test();
                        }
                    }
                >
                    {move || {
                        let glyph = if is_sms.get() { Glyph::Phone } else { Glyph::Mail };
                        view! { <Icon glyph size=16/> }
                    }}
                    {tr!("text-test")}
                </button>
            </div>
        </section>
    }
}
