//! Bringing a file to the server: the place to choose or drop it, and the request. `XMLHttpRequest`, because `fetch` does not tell how
//! much has gone out.

use super::{Glyph, Icon};
use crate::api::ApiError;
use crate::{language, tr};
use convoke_domain::Refusal;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The place to choose or drop files.
#[component]
pub fn DropZone(
    /// What can be done here.
    words: String,
    /// The words of the button.
    choose: String,
    /// What is taken.
    help: String,
    /// Endings and types that the browser offers first.
    accept: String,
    /// Whether several are taken at once; else only the first one is.
    #[prop(optional)]
    multiple: bool,
    /// Hears each file.
    #[prop(into)]
    on_file: Callback<web_sys::File>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let begin = move |files: Option<web_sys::FileList>| {
        let Some(files) = files else {
            return;
        };
        let count = if multiple { files.length() } else { 1 };
        for file in (0..count).filter_map(|n| files.get(n)) {
            on_file.run(file);
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
            <p class="drop-words">{words}</p>
            <label class="button drop-button">
                {choose}
                <input
                    type="file"
                    multiple=multiple
                    accept=accept
                    class="visually-hidden"
                    on:change=chosen
                />
            </label>
            <p class="field-help">{help}</p>
        </div>
    }
}

/// Which files a place takes, and how it says no.
#[derive(Clone)]
pub struct Taken {
    /// Endings, separated by commas, as in `accept` of an input; types among them are not looked at. Empty for any.
    pub accept: String,
    /// The largest file, in bytes; 0 for any.
    pub max_bytes: u64,
    /// What is said of a file that is too large.
    pub too_large: fn() -> String,
    /// What is said of an empty one.
    pub empty: fn() -> String,
    /// What is said of one of another kind.
    pub kind: fn() -> String,
}

impl Taken {
    /// Why the server would refuse a file, as far as that can be told here.
    pub fn refused(&self, file: &web_sys::File) -> Option<String> {
        #[allow(clippy::cast_precision_loss, reason = "sizes of files")]
        if self.max_bytes > 0 && file.size() > self.max_bytes as f64 {
            return Some((self.too_large)());
        }
        if file.size() <= 0.0 {
            return Some((self.empty)());
        }
        (!takes_name(&self.accept, &file.name())).then(|| (self.kind)())
    }

    /// Why the server did not take a file: what it answered, in the reader's language.
    pub fn refusal_words(&self, answer: &Answer) -> String {
        let error = serde_json::from_str::<ApiError>(&answer.body)
            .ok()
            .or_else(|| {
                let refusal = serde_json::from_str::<Refusal>(&answer.body).ok()?;
                Some(ApiError::Refused(refusal))
            });
        if let Some(error) = error {
            return error
                .at_field(language(), "file")
                .unwrap_or_else(|| error.sentence(language()));
        }
        match answer.status {
            401 => tr!("refusal-not-signed-in"),
            403 => tr!("refusal-not-allowed"),
            404 => tr!("refusal-not-found"),
            413 => (self.too_large)(),
            415 | 422 => (self.kind)(),
            _ => tr!("refusal-transport"),
        }
    }
}

fn takes_name(accept: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let mut endings = accept
        .split(',')
        .map(str::trim)
        .filter(|e| e.starts_with('.'))
        .peekable();
    endings.peek().is_none() || endings.any(|ending| name.ends_with(ending))
}

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status; 0 when nothing came back.
    pub status: u16,
    /// The text.
    pub body: String,
}

impl Answer {
    /// Whether the file was taken.
    pub const fn is_taken(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

/// Sends a file as the field `file` of a form, after the other `fields`, so that the server knows these before it comes.
///
/// # Errors
/// What the browser says when it does not even begin.
pub fn send_file(
    address: &str,
    fields: &[(&str, &str)],
    file: &web_sys::File,
    on_percent: impl Fn(u32) + 'static,
    on_answer: impl FnOnce(Answer) + 'static,
) -> Result<(), JsValue> {
    let request = web_sys::XmlHttpRequest::new()?;
    request.open("POST", address)?;
    let form = web_sys::FormData::new()?;
    for (name, value) in fields {
        form.append_with_str(name, value)?;
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
                on_percent((event.loaded() / event.total() * 100.0) as u32);
            }
        });
    request
        .upload()?
        .set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let answered = request.clone();
    let ended = Closure::once_into_js(move || {
        drop(progress);
        on_answer(Answer {
            status: answered.status().unwrap_or(0),
            body: answered.response_text().ok().flatten().unwrap_or_default(),
        });
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    request.send_with_opt_form_data(Some(&form))
}

#[cfg(test)]
mod tests {
    use super::takes_name;

    #[test]
    fn the_ending_decides() {
        assert!(takes_name(".csv,.xlsx", "People.CSV"));
        assert!(takes_name("text/csv, .csv", "a.csv"));
        assert!(!takes_name(".csv,.xlsx", "people.pdf"));
        assert!(takes_name("", "anything"));
        assert!(takes_name("image/*", "anything"));
    }
}
