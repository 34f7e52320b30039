//! The offer to install, hidden until the browser can (`join/src/install.rs`). It stands below everything else, so it is in nobody's way.

use convoke_domain::Language;
use convoke_texts::t;
use leptos::prelude::*;

/// Where it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Where the code is typed, by whoever sets a tablet up: always.
    Code,
    /// Below the list.
    List,
    /// To somebody who has just registered.
    Registered,
}

/// The offer. But for the page of the code, *Not now* puts it away on this device for good.
pub(super) fn offer(language: Language, moment: Moment) -> impl IntoView {
    let text = match moment {
        Moment::Code | Moment::List => t!(language, "install-text"),
        Moment::Registered => t!(language, "install-registered"),
    };
    let dismiss = (moment != Moment::Code).then(|| {
        view! {
            <button class="button button-ghost" id="install-dismiss" type="button">
                {t!(language, "install-dismiss")}
            </button>
        }
    });
    view! {
        <section class="install" id="install" aria-label=t!(language, "install-title") hidden>
            <p class="field-help">{text}</p>
            <p class="field-help" id="install-by-hand" hidden>
                {t!(language, "install-by-hand")}
            </p>
            <div class="install-buttons">
                <button class="button" id="install-button" type="button" hidden>
                    {t!(language, "install-button")}
                </button>
                {dismiss}
            </div>
        </section>
    }
}
