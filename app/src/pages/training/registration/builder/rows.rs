//! The fields in their order: each a head with its buttons, and its editor while it is open.

use super::editor::Editor;
use super::{Bench, dragging, field_name, glyph, kind_words, palette};
use crate::components::{Glyph, Icon};
use crate::state::form_builder::Message;
use crate::state::reorder::Reorder;
use crate::{focus, tr};
use convoke_domain::FieldId;
use convoke_domain::registration::Attribute;
use leptos::prelude::*;

/// First and last name, and the fields below them.
#[component]
pub fn Rows(bench: Bench) -> impl IntoView {
    let ids = Memo::new(move |_| {
        bench
            .state
            .with(|s| s.form.fields.iter().map(|f| f.id).collect::<Vec<_>>())
    });
    let nothing = Memo::new(move |_| ids.with(Vec::is_empty));
    // Only by an address is somebody recognised, and written to.
    let no_address = Memo::new(move |_| {
        bench.state.with(|s| {
            s.form.filling(Attribute::Email).is_none()
                && s.form.filling(Attribute::Mobile).is_none()
        })
    });
    view! {
        <section class="card builder-list" aria-labelledby="builder-fields-title">
            <h3 id="builder-fields-title" class="visually-hidden">{tr!("form-fields")}</h3>
            <ul class="field-rows fixed-rows">
                <Fixed words=tr!("set-up-first-name")/>
                <Fixed words=tr!("set-up-last-name")/>
            </ul>
            <ol class="field-rows" node_ref=bench.list>
                <For each=move || ids.get() key=|id| *id let:id>
                    <Row bench id/>
                </For>
            </ol>
            {move || {
                nothing
                    .get()
                    .then(|| view! { <p class="builder-nothing">{tr!("form-nothing")}</p> })
            }}
            {move || {
                no_address
                    .get()
                    .then(|| {
                        view! {
                            <p class="builder-hint">
                                <Icon glyph=Glyph::Info size=16/>
                                <span>{tr!("form-no-address")}</span>
                            </p>
                        }
                    })
            }}
        </section>
    }
}

/// A field that is always asked.
#[component]
fn Fixed(words: String) -> impl IntoView {
    view! {
        <li class="field-row">
            <div class="field-row-head">
                <span class="field-glyph">
                    <Icon glyph=Glyph::User size=16/>
                </span>
                <span class="field-row-text">
                    <span class="field-row-name">{words}</span>
                </span>
                <span class="badge badge-neutral">{tr!("form-always")}</span>
            </div>
        </li>
    }
}

/// A field of its own.
#[component]
fn Row(bench: Bench, id: FieldId) -> impl IntoView {
    let field = Memo::new(move |_| bench.state.with(|s| s.field(id).cloned()));
    let place = Memo::new(move |_| bench.state.with(|s| s.place(id).unwrap_or(0)));
    let count = Memo::new(move |_| bench.state.with(|s| s.form.fields.len()));
    let open = Memo::new(move |_| bench.state.with(|s| s.open == Some(id)));
    let wrong = Memo::new(move |_| bench.state.with(|s| s.has_problem(id)));
    let answered = bench.state.with_untracked(|s| s.answered(id));
    let name = Memo::new(move |_| bench.name(id));
    let dragged = Memo::new(move |_| bench.drag.with(Reorder::dragged) == Some(place.get()));
    let target = Memo::new(move |_| bench.drag.with(Reorder::target));
    let is_last = Memo::new(move |_| place.get() + 1 == count.get());
    let step = move |up: bool| {
        bench.send(Message::Step(id, up));
        // The row is put elsewhere in the document, which takes the focus away.
        let side = if up { "up" } else { "down" };
        focus::go_to(format!("#field-{id}-{side}"));
    };
    view! {
        <li
            class="field-row"
            class:is-open=move || open.get()
            class:is-wrong=move || wrong.get()
            class:is-dragged=move || dragged.get()
            class:gap-above=move || target.get() == Some(place.get())
            class:gap-below=move || is_last.get() && target.get() == Some(count.get())
        >
            <div
                class="field-row-head"
                on:pointerdown=move |event| dragging::down(bench, place.get_untracked(), &event)
            >
                <span class="field-grip" aria-hidden="true" title=tr!("form-drag")>
                    <Icon glyph=Glyph::Grip size=16/>
                </span>
                <button
                    type="button"
                    class="field-toggle"
                    id=format!("field-{id}-head")
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| bench.send(Message::Toggle(id))
                >
                    <span class="field-glyph">
                        {move || field.get().map(|field| view! { <Icon glyph=glyph(field.kind) size=16/> })}
                    </span>
                    <span class="field-row-text">
                        <span class="field-row-name">
                            {move || {
                                field
                                    .with(|field| {
                                        field
                                            .as_ref()
                                            .map(|field| {
                                                view! {
                                                    {field_name(field)}
                                                    {field
                                                        .required
                                                        .then(|| {
                                                            view! {
                                                                <span class="field-star" title=tr!("form-required")>
                                                                    <span aria-hidden="true">" *"</span>
                                                                    <span class="visually-hidden">
                                                                        {format!(" ({})", tr!("form-required"))}
                                                                    </span>
                                                                </span>
                                                            }
                                                        })}
                                                }
                                            })
                                    })
                            }}
                        </span>
                        <span class="field-row-kind">
                            {move || field.with(|f| f.as_ref().map(|f| kind_words(f.kind)))}
                            {(answered > 0)
                                .then(|| {
                                    format!(" · {}", tr!("form-answered", count = answered))
                                })}
                        </span>
                    </span>
                    {move || {
                        wrong
                            .get()
                            .then(|| view! { <span class="badge badge-problem">{tr!("form-wrong")}</span> })
                    }}
                </button>
                <span class="field-row-buttons">
                    <button
                        type="button"
                        class="icon-button"
                        id=format!("field-{id}-up")
                        aria-label=move || tr!("form-up", name = name.get())
                        title=tr!("form-up-title")
                        aria-disabled=move || (place.get() == 0).then_some("true")
                        on:click=move |_| step(true)
                    >
                        <Icon glyph=Glyph::ArrowUp size=16/>
                    </button>
                    <button
                        type="button"
                        class="icon-button"
                        id=format!("field-{id}-down")
                        aria-label=move || tr!("form-down", name = name.get())
                        title=tr!("form-down-title")
                        aria-disabled=move || is_last.get().then_some("true")
                        on:click=move |_| step(false)
                    >
                        <Icon glyph=Glyph::ArrowDown size=16/>
                    </button>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=move || tr!("form-duplicate", name = name.get())
                        title=tr!("form-duplicate-title")
                        on:click=move |_| bench.send(Message::Duplicate(id, palette::new_id()))
                    >
                        <Icon glyph=Glyph::Copy size=16/>
                    </button>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=move || tr!("form-remove-name", name = name.get())
                        title=tr!("form-remove")
                        on:click=move |_| bench.send(Message::Remove(id))
                    >
                        <Icon glyph=Glyph::Bin size=16/>
                    </button>
                </span>
            </div>
            {move || open.get().then(|| view! { <Editor bench id/> })}
        </li>
    }
}
