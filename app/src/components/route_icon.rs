//! By which channel a message to a person goes.

use super::{Glyph, Icon};
use crate::language::tr;
use convoke_domain::Channel;
use convoke_domain::person::Route;
use leptos::prelude::*;

/// The icon of the channel, or a badge where it is not the one the person prefers, or where there is none.
#[component]
pub fn RouteIcon(
    /// The route.
    route: Route,
) -> impl IntoView {
    match route {
        Route::Preferred(channel) => {
            let (glyph, name) = match channel {
                Channel::Email => (Glyph::Mail, tr!("channel-email")),
                Channel::Sms => (Glyph::Phone, tr!("channel-sms")),
            };
            view! {
                <span class="route" title=name.clone()>
                    <Icon glyph size=16/>
                    <span class="visually-hidden">{name.clone()}</span>
                </span>
            }
            .into_any()
        }
        Route::Fallback(Channel::Email) => {
            view! { <span class="badge badge-problem">{tr!("route-no-mobile")}</span> }.into_any()
        }
        Route::Fallback(Channel::Sms) => {
            view! { <span class="badge badge-problem">{tr!("route-no-email")}</span> }.into_any()
        }
        Route::Unreachable => {
            view! { <span class="badge badge-problem">{tr!("route-none")}</span> }.into_any()
        }
    }
}
