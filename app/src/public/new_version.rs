//! The notice of pages behind a training code that stay open while the server becomes a new release. It is hidden until the module shows it
//! (`join/src/release.rs`). Where something is being typed it does not stand: what is sent from there leads to a page of the new release anyway.

use convoke_domain::Language;
use convoke_texts::t;
use leptos::prelude::*;

/// The notice, with the one button. The box around it is there always, so that it is read out when it appears.
pub(super) fn notice(language: Language) -> impl IntoView {
    view! {
        <div class="new-version-place" role="status">
            <div class="notice notice-info new-version" id="new-version" hidden>
                <p class="notice-text">{t!(language, "new-version-public")}</p>
                <button class="button" id="new-version-reload" type="button">
                    {t!(language, "new-version-reload")}
                </button>
            </div>
        </div>
    }
}
