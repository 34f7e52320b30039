//! Adding files: chosen or dropped, each with its progress. `XMLHttpRequest`, because `fetch` does not tell how much has gone out.

use super::Shelf;
use crate::api::ApiError;
use crate::components::{Glyph, Icon};
use crate::{language, tr};
use convoke_domain::Refusal;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

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
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let accept = shelf.view.with_untracked(|view| view.accept.clone());
    let begin = move |files: Option<web_sys::FileList>| {
        let Some(files) = files else {
            return;
        };
        for file in (0..files.length()).filter_map(|n| files.get(n)) {
            let id = count.get_value() + 1;
            count.set_value(id);
            let upload = Upload {
                id,
                name: StoredValue::new(file.name()),
                percent: RwSignal::new(0),
                problem: RwSignal::new(None),
            };
            uploads.update(|all| all.push(upload));
            match refused_here(shelf, &file) {
                Some(problem) => upload.problem.set(Some(problem)),
                None => send(shelf, upload, uploads, &file),
            }
        }
    };
    let chosen = move |event: ev::Event| {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            begin(input.files());
            // The same file can be chosen again after it was refused.
            input.set_value("");
        }
    };
    let most = shelf.view.with_untracked(|view| view.max_bytes / 1_000_000);
    view! {
        <div
            class="drop-zone"
            class:is-over=move || over.get()
            on:dragover=move |event: ev::DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event: ev::DragEvent| {
                event.prevent_default();
                over.set(false);
                begin(event.data_transfer().and_then(|data| data.files()));
            }
        >
            <Icon glyph=Glyph::Upload size=22/>
            <p class="drop-words">{tr!("documents-drop")}</p>
            <label class="button drop-button">
                {tr!("documents-choose")}
                <input
                    node_ref=input
                    type="file"
                    multiple
                    accept=accept
                    class="visually-hidden"
                    on:change=chosen
                />
            </label>
            <p class="field-help">{tr!("documents-limit", size = most)}</p>
        </div>
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

/// What the server would refuse is said at once.
fn refused_here(shelf: Shelf, file: &web_sys::File) -> Option<String> {
    let (most, accept) = shelf
        .view
        .with_untracked(|view| (view.max_bytes, view.accept.clone()));
    #[allow(clippy::cast_precision_loss, reason = "sizes of files")]
    if most > 0 && file.size() > most as f64 {
        return Some(tr!("documents-too-large"));
    }
    if file.size() <= 0.0 {
        return Some(tr!("documents-empty-file"));
    }
    let name = file.name().to_lowercase();
    let mut endings = accept
        .split(',')
        .map(str::trim)
        .filter(|e| e.starts_with('.'))
        .peekable();
    let known = endings.peek().is_none() || endings.any(|ending| name.ends_with(ending));
    (!known).then(|| tr!("documents-kind"))
}

fn send(shelf: Shelf, upload: Upload, uploads: RwSignal<Vec<Upload>>, file: &web_sys::File) {
    let failed = move |words: String| {
        upload.problem.try_set(Some(words));
    };
    let begun = || {
        let request = web_sys::XmlHttpRequest::new()?;
        request.open(
            "POST",
            &format!("/api/trainings/{}/documents", shelf.training),
        )?;
        let form = web_sys::FormData::new()?;
        // First, so that the server knows it before the file comes.
        if shelf.share.get_untracked() {
            form.append_with_str("share", "on")?;
        }
        form.append_with_blob_and_filename("file", file, &file.name())?;
        let progress =
            Closure::<dyn Fn(web_sys::ProgressEvent)>::new(move |event: web_sys::ProgressEvent| {
                if event.length_computable() && event.total() > 0.0 {
                    #[allow(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "0 to 100"
                    )]
                    upload
                        .percent
                        .try_set((event.loaded() / event.total() * 100.0) as u32);
                }
            });
        request
            .upload()?
            .set_onprogress(Some(progress.as_ref().unchecked_ref()));
        let answered = request.clone();
        let ended = Closure::once_into_js(move || {
            drop(progress);
            let status = answered.status().unwrap_or(0);
            if (200..300).contains(&status) {
                let name = upload.name.get_value();
                shelf
                    .announcer
                    .announce(tr!("documents-added", name = name));
                uploads.try_update(|all| all.retain(|other| other.id != upload.id));
                shelf.refresh();
            } else {
                let text = answered.response_text().ok().flatten();
                failed(refusal_words(status, text.as_deref().unwrap_or_default()));
            }
        });
        request.set_onloadend(Some(ended.unchecked_ref()));
        request.send_with_opt_form_data(Some(&form))
    };
    if begun().is_err() {
        failed(tr!("refusal-transport"));
    }
}

/// Why the server did not take a file.
fn refusal_words(status: u16, body: &str) -> String {
    let error = serde_json::from_str::<ApiError>(body).ok().or_else(|| {
        let refusal = serde_json::from_str::<Refusal>(body).ok()?;
        Some(ApiError::Refused(refusal))
    });
    if let Some(error) = error {
        return error
            .at_field(language(), "file")
            .unwrap_or_else(|| error.sentence(language()));
    }
    match status {
        401 => tr!("refusal-not-signed-in"),
        403 => tr!("refusal-not-allowed"),
        404 => tr!("refusal-not-found"),
        413 => tr!("documents-too-large"),
        415 | 422 => tr!("documents-kind"),
        _ => tr!("refusal-transport"),
    }
}
