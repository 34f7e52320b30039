//! Who sent a request, as far as the network tells.

use super::AppState;
use crate::config::throttle_key;
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The key under which the sender of a request is throttled.
pub fn key(state: &AppState, headers: &HeaderMap, extensions: &Extensions) -> String {
    throttle_key(address(state, headers, extensions))
}

/// The address of the sender of a request, by the connection and by what trusted proxies say. Unspecified where there is no connection.
pub fn address(state: &AppState, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    state.proxies.sender(peer, forwarded)
}
