//! What the list of messages is narrowed by, in the address of its page and of its files.

use convoke_domain::view::MessageFilter;
use convoke_domain::{Channel, Fate, MessageKind};

/// The query of an address: `search=anna&state=bounced`; empty when nothing is filtered. `escape` is the browser's.
pub fn written(filter: &MessageFilter, escape: impl Fn(&str) -> String) -> String {
    let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
    let parts = [
        ("search", escape(filter.text.trim())),
        ("state", word(filter.fate.map(Fate::as_str))),
        ("channel", word(filter.channel.map(Channel::as_str))),
        ("kind", word(filter.kind.map(MessageKind::as_str))),
        (
            "training",
            filter.training.map(|id| id.to_string()).unwrap_or_default(),
        ),
    ];
    let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = parts
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    parts.join("&")
}

/// The filters that a query names; what is no known word is passed over. `get` gives the value of a name.
pub fn read(get: impl Fn(&str) -> Option<String>) -> MessageFilter {
    let get = |name: &str| get(name).unwrap_or_default();
    MessageFilter {
        text: get("search"),
        fate: get("state").parse().ok(),
        channel: get("channel").parse().ok(),
        kind: get("kind").parse().ok(),
        training: get("training").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::id::uuid_v7;
    use std::collections::HashMap;

    fn query(address: &str) -> MessageFilter {
        let pairs = address.split('&').filter_map(|part| part.split_once('='));
        let pairs: HashMap<&str, String> = pairs
            .map(|(name, value)| (name, value.replace('+', " ")))
            .collect();
        read(|name| pairs.get(name).cloned())
    }

    #[test]
    fn what_is_written_is_read() {
        let filters = [
            MessageFilter::NONE,
            MessageFilter {
                text: "müller anna".to_owned(),
                fate: Some(Fate::Bounced),
                ..MessageFilter::NONE
            },
            MessageFilter {
                channel: Some(Channel::Sms),
                kind: Some(MessageKind::Resend),
                training: Some(uuid_v7(1, [7; 10]).into()),
                ..MessageFilter::NONE
            },
        ];
        for filter in filters {
            let address = written(&filter, |text| text.replace(' ', "+"));
            assert_eq!(query(&address), filter, "{address}");
        }
        assert_eq!(written(&MessageFilter::NONE, str::to_owned), "");
        assert!(query("state=lost&channel=&kind=x&training=1").is_empty());
    }
}
