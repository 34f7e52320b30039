//! What a person sees, and the server functions it calls: shared by the server, which renders it, and the browser, which hydrates it.

pub mod api;
mod awaiting;
pub mod components;
mod focus;
mod install;
mod language;
mod leave;
mod marks;
mod me;
pub mod number;
mod pages;
mod patience;
#[cfg(feature = "ssr")]
pub mod public;
mod raw_text;
mod release;
mod remembered;
#[cfg(feature = "ssr")]
mod shell;
pub mod state;
mod theme;

pub use language::language;
pub use release::HEADER as BUILD_HEADER;
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use theme::Theme;

pub(crate) use language::tr;

use awaiting::Awaiting;
use components::{LiveRegion, Navigation, Toasts, provide_announcer};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::Router;
use pages::Pages;

/// The console.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_announcer();
    Navigation::provide();
    leave::LeaveGuard::provide();
    remembered::provide();
    marks::WaitingMarks::provide();
    let awaiting = Awaiting::provide();
    view! {
        <Title formatter=move |text: String| awaiting.titled(&text)/>
        <Router>
            <Pages/>
        </Router>
        <LiveRegion/>
        <Toasts/>
    }
}
