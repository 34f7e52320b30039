//! Adding files: chosen or dropped, each with its progress.

use super::Shelf;
use crate::components::file_upload::{DropZone, Taken, send_file};
use crate::components::{Glyph, Icon};
use crate::tr;
use leptos::prelude::*;

/// A file on its way.
#[derive(Clone, Copy)]
struct Upload {
    id: u32,
    name: StoredValue<String>,
    /// Percent that has gone out.
    percent: RwSignal<u32>,
    /// Why it did not arrive.
    problem: RwSignal<Option<String>>,
}

/// The place to choose or drop files, and what is on its way.
#[component]
pub fn Uploads(shelf: Shelf) -> impl IntoView {
    let uploads = RwSignal::new(Vec::<Upload>::new());
    let count = StoredValue::new(0_u32);
    let (accept, max_bytes) = shelf
        .view
        .with_untracked(|view| (view.accept.clone(), view.max_bytes));
    let taken = StoredValue::new(Taken {
        accept: accept.clone(),
        max_bytes,
        too_large: || tr!("documents-too-large"),
        empty: || tr!("documents-empty-file"),
        kind: || tr!("documents-kind"),
    });
    let begin = move |file: web_sys::File| {
        let id = count.get_value() + 1;
        count.set_value(id);
        let upload = Upload {
            id,
            name: StoredValue::new(file.name()),
            percent: RwSignal::new(0),
            problem: RwSignal::new(None),
        };
        uploads.update(|all| all.push(upload));
        // What the server would refuse is said at once.
        match taken.with_value(|taken| taken.refused(&file)) {
            Some(problem) => upload.problem.set(Some(problem)),
            None => send(shelf, taken, upload, uploads, &file),
        }
    };
    view! {
        <DropZone
            words=tr!("documents-drop")
            choose=tr!("documents-choose")
            help=tr!("documents-limit", size = max_bytes / 1_000_000)
            accept
            multiple=true
            on_file=begin
        />
        <ul class="uploads" aria-live="polite">
            <For each=move || uploads.get() key=|upload| upload.id let:upload>
                <Line upload uploads/>
            </For>
        </ul>
    }
}

#[component]
fn Line(upload: Upload, uploads: RwSignal<Vec<Upload>>) -> impl IntoView {
    let name = upload.name.get_value();
    let failed = Memo::new(move |_| upload.problem.with(Option::is_some));
    let label = tr!("documents-uploading", name = name.as_str());
    view! {
        <li class="upload" class:is-failed=move || failed.get()>
            <span class="upload-name">{name.clone()}</span>
            {move || match upload.problem.get() {
                None => {
                    view! {
                        <progress
                            max="100"
                            aria-label=label.clone()
                            value=move || upload.percent.get().to_string()
                        ></progress>
                    }
                        .into_any()
                }
                Some(problem) => {
                    view! {
                        <p class="field-error">{problem}</p>
                        <button
                            type="button"
                            class="icon-button"
                            aria-label=tr!("documents-upload-close", name = name.as_str())
                            on:click=move |_| {
                                uploads.update(|all| all.retain(|other| other.id != upload.id));
                            }
                        >
                            <Icon glyph=Glyph::Cross size=16/>
                        </button>
                    }
                        .into_any()
                }
            }}
        </li>
    }
}

fn send(
    shelf: Shelf,
    taken: StoredValue<Taken>,
    upload: Upload,
    uploads: RwSignal<Vec<Upload>>,
    file: &web_sys::File,
) {
    let failed = move |words: String| {
        upload.problem.try_set(Some(words));
    };
    let share: &[_] = if shelf.share.get_untracked() {
        &[("share", "on")]
    } else {
        &[]
    };
    let begun = send_file(
        &format!("/api/trainings/{}/documents", shelf.training),
        share,
        file,
        move |percent| {
            upload.percent.try_set(percent);
        },
        move |answer| {
            if answer.is_taken() {
                let name = upload.name.get_value();
                shelf
                    .announcer
                    .announce(tr!("documents-added", name = name));
                uploads.try_update(|all| all.retain(|other| other.id != upload.id));
                shelf.refresh();
            } else if let Some(words) = taken.try_with_value(|t| t.refusal_words(&answer)) {
                failed(words);
            }
        },
    );
    if begun.is_err() {
        failed(tr!("refusal-transport"));
    }
}
