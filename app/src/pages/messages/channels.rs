//! Where messages go in this installation, and whether something stops them.

use crate::components::{Glyph, Icon};
use crate::tr;
use convoke_domain::Channel;
use convoke_domain::view::ChannelStatus;
use leptos::prelude::*;

/// One card per channel.
#[component]
pub fn ChannelCards(
    /// The channels.
    channels: Vec<ChannelStatus>,
) -> impl IntoView {
    let only_files = !channels.is_empty() && channels.iter().all(|channel| channel.is_file);
    view! {
        <section class="channels" aria-label=tr!("messages-where")>
            {channels.into_iter().map(card).collect_view()}
            {only_files
                .then(|| {
                    view! {
                        <p class="channels-note">
                            <Icon glyph=Glyph::Info size=16/>
                            <span>{tr!("messages-to-files")}</span>
                        </p>
                    }
                })}
        </section>
    }
}

fn card(channel: ChannelStatus) -> impl IntoView {
    let (glyph, name) = match channel.channel {
        Channel::Email => (Glyph::Mail, tr!("channel-email")),
        Channel::Sms => (Glyph::Phone, tr!("channel-sms")),
    };
    let badge = if channel.stopped.is_some() {
        view! { <span class="badge badge-problem">{tr!("messages-channel-stopped")}</span> }
    } else {
        view! { <span class="badge badge-confirmed">{tr!("messages-channel-works")}</span> }
    };
    let destination = if channel.is_file {
        tr!("messages-written-to", folder = channel.destination.as_str())
    } else {
        channel.destination
    };
    view! {
        <div class="card channel">
            <span class="channel-mark">
                <Icon glyph/>
            </span>
            <div class="channel-text">
                <h2 class="channel-name">{name} " " {badge}</h2>
                <p class="channel-where">{destination}</p>
                {channel.stopped.map(|why| view! { <p class="channel-stopped">{why}</p> })}
            </div>
        </div>
    }
}
