//! Where messages go in this installation, and whether something stops them.

use crate::components::{Glyph, Icon};
use crate::tr;
use convoke_domain::Channel;
use convoke_domain::view::{BouncesStatus, ChannelStatus};
use leptos::prelude::*;

/// One card per channel.
#[component]
pub fn ChannelCards(
    /// The channels.
    channels: Vec<ChannelStatus>,
    /// The mailbox that mails come back to, for those who may know.
    bounces: Option<BouncesStatus>,
) -> impl IntoView {
    let only_files = !channels.is_empty() && channels.iter().all(|channel| channel.is_file);
    view! {
        <section class="channels" aria-label=tr!("messages-where")>
            {channels.into_iter().map(card).collect_view()}
            {bounces.map(mailbox)}
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

/// The mailbox that mails come back to.
fn mailbox(status: BouncesStatus) -> impl IntoView {
    let broken = status.problem.is_some();
    let badge = if broken {
        view! { <span class="badge badge-problem">{tr!("messages-bounces-broken")}</span> }
    } else {
        view! { <span class="badge badge-confirmed">{tr!("messages-channel-works")}</span> }
    };
    let read = if status.read_at.is_empty() {
        tr!("messages-bounces-never")
    } else {
        tr!("messages-bounces-read", when = status.read_at.as_str())
    };
    view! {
        <div class="card channel">
            <span class="channel-mark">
                <Icon glyph=Glyph::Retry/>
            </span>
            <div class="channel-text">
                <h2 class="channel-name">{tr!("messages-bounces")} " " {badge}</h2>
                <p class="channel-where">{status.mailbox} " · " {read}</p>
                {status
                    .problem
                    .map(|why| {
                        view! {
                            <p class="channel-stopped">{why}</p>
                            <p class="channel-where">{tr!("messages-bounces-next")}</p>
                        }
                    })}
            </div>
        </div>
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
