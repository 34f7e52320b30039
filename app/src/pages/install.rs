//! *Install Convoke*, in the menu of the account, where the browser can.

use crate::components::{Glyph, Icon};
use crate::install::{self, Way};
use crate::tr;
use leptos::prelude::*;

/// A line of the menu: a button where the browser asks, a sentence where it is done by hand, nothing where it is installed or cannot be.
#[component]
pub fn InstallItem() -> impl IntoView {
    let way = install::way();
    let ask = move |_| {
        install::prompt();
        // The browser answers from here on; it offers again when it wants to.
        way.set(None);
    };
    move || {
        way.get().map(|way| {
            let inside = match way {
                Way::Asked => view! {
                    <button type="button" class="menu-item" on:click=ask>
                        <Icon glyph=Glyph::Download/>
                        {tr!("install-console")}
                    </button>
                }
                .into_any(),
                Way::ByHand => {
                    view! { <p class="account-install">{tr!("install-by-hand")}</p> }.into_any()
                }
            };
            view! {
                {inside}
                <div class="menu-line"></div>
            }
        })
    }
}
