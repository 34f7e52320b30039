//! The frame of the console: side bar with navigation and the person, and the page beside it.

use super::account_menu::AccountMenu;
use super::marks_notice::MarksNotice;
use super::new_version::NewVersion;
use super::stopped::StoppedChannels;
use crate::api::ApiError;
use crate::awaiting::awaiting;
use crate::components::{ErrorBox, Glyph, Icon, Logo};
use crate::me::me;
use crate::tr;
use convoke_domain::{Refusal, Role};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// The frame around every page of the console.
#[component]
pub fn Frame() -> impl IntoView {
    let Some(person) = me() else {
        return view! {
            <main class="page">
                <ErrorBox error=ApiError::Refused(Refusal::NotSignedIn)/>
            </main>
        }
        .into_any();
    };
    let may_invite = person.role != Role::Member;
    let may_set = person.role == Role::Administrator;
    if may_invite {
        awaiting().watch();
    }
    view! {
        <a class="button skip-link" href="#content" rel="external">
            {tr!("skip-to-content")}
        </a>
        <div class="frame">
            <header class="side">
                <a class="brand" href="/trainings">
                    <Logo/>
                    <span class="brand-name">{tr!("app-name")}</span>
                </a>
                <nav class="side-nav" aria-label=tr!("nav-main")>
                    <SideLink href="/trainings" glyph=Glyph::Calendar words=tr!("nav-trainings")/>
                    {may_invite
                        .then(|| {
                            view! {
                                <SideLink href="/people" glyph=Glyph::People words=tr!("nav-people")/>
                                <SideLink href="/messages" glyph=Glyph::Chat words=tr!("nav-messages")/>
                            }
                        })}
                </nav>
                <div class="side-foot">
                    {may_set
                        .then(|| {
                            view! {
                                <SideLink href="/settings" glyph=Glyph::Gear words=tr!("nav-settings")/>
                            }
                        })}
                    <AccountMenu person/>
                </div>
            </header>
            <main class="page" id="content" tabindex="-1">
                <NewVersion/>
                <MarksNotice/>
                {may_invite.then(|| view! { <StoppedChannels/> })}
                <Outlet/>
            </main>
        </div>
    }
    .into_any()
}

/// A link of the side bar, marked on its page and on those below it.
#[component]
fn SideLink(href: &'static str, glyph: Glyph, words: String) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || {
        path.with(|path| {
            let rest = path.strip_prefix(href)?;
            match rest {
                "" | "/" => Some("page"),
                _ => rest.starts_with('/').then_some("true"),
            }
        })
    };
    view! {
        <a class="side-link" href=href aria-current=current>
            <Icon glyph/>
            <span>{words}</span>
        </a>
    }
}
