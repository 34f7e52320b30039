//! The menu of the person who is signed in: language, appearance, sign out.

use super::install::InstallItem;
use super::sign_out::{SignOut, SignOutDialog};
use crate::api::session::set_language;
use crate::components::{Avatar, Glyph, Icon, use_announcer};
use crate::language::language;
use crate::theme::Theme;
use crate::tr;
use convoke_domain::Language;
use convoke_domain::person::full_name;
use convoke_domain::view::SignedIn;
use convoke_texts::t;
use leptos::prelude::*;

/// The person at the foot of the side bar, and their menu. The menu is the browser's own popover: Escape and a
/// press elsewhere close it, and the focus goes back to the button.
#[component]
pub fn AccountMenu(
    /// Who is signed in.
    person: SignedIn,
) -> impl IntoView {
    let name = full_name(&person.first_name, &person.last_name);
    let asking = RwSignal::new(false);
    view! {
        <button
            type="button"
            class="side-link side-person"
            popovertarget="account-menu"
            aria-label=tr!("account-menu", name = name.as_str())
        >
            <Avatar user_id=person.user_id first_name=person.first_name last_name=person.last_name/>
            <span class="side-person-name">{name.clone()}</span>
            <Icon glyph=Glyph::UpDown size=16/>
        </button>
        <div id="account-menu" class="menu account-menu" popover="auto">
            <p class="account-name">{name.clone()}</p>
            <p class="account-organisation">{person.organisation}</p>
            <div class="menu-line"></div>
            <p class="menu-group" id="account-language">{tr!("account-language")}</p>
            <LanguageSwitch/>
            <p class="menu-group" id="account-theme">{tr!("account-theme")}</p>
            <ThemeSwitch/>
            <div class="menu-line"></div>
            <InstallItem/>
            <SignOut asking/>
        </div>
        <SignOutDialog asking/>
    }
}

/// The languages, each in its own words. The choice is stored with the person; the page is loaded anew in it.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let announcer = use_announcer();
    let choose = move |wanted: Language| {
        if wanted == language() {
            return;
        }
        leptos::task::spawn_local(async move {
            match set_language(wanted).await {
                Ok(()) => {
                    let _ = window().location().reload();
                }
                Err(error) => announcer.toast(error.sentence(language())),
            }
        });
    };
    view! {
        <div class="switch" role="group" aria-labelledby="account-language">
            {Language::ALL
                .iter()
                .map(|&wanted| {
                    // Each in its own words: who looks for a language may not read the present one.
                    let name = match wanted {
                        Language::En => t!(wanted, "language-en"),
                        Language::Fr => t!(wanted, "language-fr"),
                    };
                    view! {
                        <button
                            type="button"
                            lang=wanted.as_str()
                            aria-pressed=if wanted == language() { "true" } else { "false" }
                            on:click=move |_| choose(wanted)
                        >
                            {name}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// Light, dark, or as the system has it; at once.
#[component]
fn ThemeSwitch() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let now = Theme::of_request();
    #[cfg(not(feature = "ssr"))]
    let now = Theme::of_document();
    let chosen = RwSignal::new(now);
    view! {
        <div class="switch" role="group" aria-labelledby="account-theme">
            {Theme::ALL
                .into_iter()
                .map(|theme| {
                    let name = match theme {
                        Theme::System => tr!("theme-system"),
                        Theme::Light => tr!("theme-light"),
                        Theme::Dark => tr!("theme-dark"),
                    };
                    view! {
                        <button
                            type="button"
                            aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                            on:click=move |_| {
                                chosen.set(theme);
                                theme.choose();
                            }
                        >
                            {name}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
