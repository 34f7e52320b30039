//! Facts about the channels of this installation: where they lead, and whether something stops them. They stand in
//! the database because any process may send and any process may be asked.

use crate::{Result, Transaction};
use convoke_domain::{Channel, Timestamp};
use serde::{Deserialize, Serialize};

/// A channel that cannot be used at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedChannel {
    /// Since when.
    pub since: Timestamp,
    /// Why, in the server's words.
    pub reason: String,
}

/// Where a channel leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// Address without credentials, or the folder.
    pub address: String,
    /// Whether messages are only written to files.
    pub is_file: bool,
}

fn stopped(channel: Channel) -> String {
    format!("stopped:{channel}")
}

fn destination(channel: Channel) -> String {
    format!("destination:{channel}")
}

impl Transaction {
    /// Notes that a channel is stopped; `since` stays that of the first report.
    pub async fn stop_channel(
        &mut self,
        channel: Channel,
        now: Timestamp,
        reason: &str,
    ) -> Result<()> {
        let since = self
            .stopped_channel(channel)
            .await?
            .map_or(now, |s| s.since);
        let value = StoppedChannel {
            since,
            reason: reason.replace('\0', " "),
        };
        self.set_installation_value(&stopped(channel), &json(&value))
            .await
    }

    /// Notes that a channel works again. Whether it was stopped.
    pub async fn start_channel(&mut self, channel: Channel) -> Result<bool> {
        self.remove_installation_value(&stopped(channel)).await
    }

    /// Why a channel is stopped, if it is.
    pub async fn stopped_channel(&mut self, channel: Channel) -> Result<Option<StoppedChannel>> {
        let value = self.installation_value(&stopped(channel)).await?;
        Ok(value.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Notes where a channel leads.
    pub async fn set_destination(&mut self, channel: Channel, to: &Destination) -> Result<()> {
        self.set_installation_value(&destination(channel), &json(to))
            .await
    }

    /// Where a channel leads, if a worker ever ran.
    pub async fn destination(&mut self, channel: Channel) -> Result<Option<Destination>> {
        let value = self.installation_value(&destination(channel)).await?;
        Ok(value.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
