//! Asking the DNS.

use super::SenderSetup;
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{RData, RecordType};
use std::net::SocketAddr;
use std::time::Duration;

/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the DNS says to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// These records; none when the name has none.
    Records(Vec<String>),
    /// Nobody answered, or not to this: in the resolver's words.
    Unknown(String),
}

/// What the DNS says about a sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsFacts {
    /// TXT records of the sender's domain.
    pub domain: Found,
    /// TXT records where the public key should be; `None` where nothing is signed.
    pub dkim: Option<Found>,
    /// TXT records of `_dmarc` under the sender's domain or, where there are none, under the one that it is part of.
    pub dmarc: Found,
    /// Hosts that take mail for the sender's domain.
    pub mx: Found,
}

fn resolver(dns: Option<SocketAddr>) -> Result<TokioResolver, NetError> {
    let mut builder = match dns {
        None => TokioResolver::builder_tokio()?,
        Some(address) => {
            let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut c| {
                c.port = address.port();
                c
            });
            let server = NameServerConfig::new(address.ip(), true, connections.into());
            let config = ResolverConfig::from_name_servers(vec![server]);
            TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
        }
    };
    let options = builder.options_mut();
    options.timeout = PATIENCE;
    options.attempts = 1;
    builder.build()
}

/// What a name has of a kind.
async fn ask(resolver: &TokioResolver, name: &str, kind: RecordType) -> Found {
    // With a dot at its end it is looked for nowhere else.
    let asked = resolver.lookup(format!("{name}."), kind);
    match tokio::time::timeout(PATIENCE * 2, asked).await {
        Err(_) => Found::Unknown("no answer in time".to_owned()),
        Ok(Err(error)) if error.is_no_records_found() => Found::Records(Vec::new()),
        Ok(Err(error)) => Found::Unknown(error.to_string()),
        Ok(Ok(lookup)) => {
            let said = lookup
                .answers()
                .iter()
                .filter_map(|record| match &record.data {
                    RData::TXT(text) => {
                        let whole = text.txt_data.concat();
                        Some(String::from_utf8_lossy(&whole).into_owned())
                    }
                    RData::MX(mx) => Some(mx.exchange.to_utf8()),
                    _ => None,
                });
            Found::Records(said.collect())
        }
    }
}

/// Everything that is asked about a sender, at once. Each time anew: who has just published a record sees it.
pub async fn look_up(setup: &SenderSetup) -> DnsFacts {
    let domain = setup.from.domain();
    let resolver = match resolver(setup.dns) {
        Ok(resolver) => resolver,
        Err(error) => {
            let unknown = Found::Unknown(error.to_string());
            return DnsFacts {
                domain: unknown.clone(),
                dkim: setup.dkim.as_ref().map(|_| unknown.clone()),
                dmarc: unknown.clone(),
                mx: unknown,
            };
        }
    };
    let txt = async |name: &str| ask(&resolver, name, RecordType::TXT).await;
    let dkim = async {
        match &setup.dkim {
            Some(dkim) => Some(txt(&dkim.name()).await),
            None => None,
        }
    };
    let dmarc = async {
        let own = txt(&format!("_dmarc.{domain}")).await;
        match (&own, parent(domain)) {
            (Found::Records(records), Some(parent)) if records.is_empty() => {
                txt(&format!("_dmarc.{parent}")).await
            }
            _ => own,
        }
    };
    let (own, dkim, dmarc, mx) = tokio::join!(
        txt(domain),
        dkim,
        dmarc,
        ask(&resolver, domain, RecordType::MX)
    );
    DnsFacts {
        domain: own,
        dkim,
        dmarc,
        mx,
    }
}

/// The domain that a domain of three labels or more is part of.
fn parent(domain: &str) -> Option<&str> {
    let (_, parent) = domain.split_once('.')?;
    parent.contains('.').then_some(parent)
}
