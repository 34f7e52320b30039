//! Cookies: their names, how they are written, and how they are found.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// A cookie of ours. Each is for the whole site and out of reach of scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session of the console.
    Session,
    /// The device, for the throttle of training codes.
    Device,
    /// The training space that was entered; it ends with the browser's session.
    Space,
    /// When somebody last left a space or a form on this device, in Unix milliseconds.
    Left,
    /// The language chosen on a public page.
    Language,
    /// The code of the training that the device is locked to; whether it still is, the database says.
    Lock,
}

impl Cookie {
    /// The name. `__Host-` makes browsers insist on https, the whole site and no other host; on plain http they refuse it.
    pub const fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Session, true) => "__Host-convoke",
            (Self::Session, false) => "convoke",
            (Self::Device, true) => "__Host-convoke-device",
            (Self::Device, false) => "convoke-device",
            (Self::Space, true) => "__Host-convoke-space",
            (Self::Space, false) => "convoke-space",
            (Self::Left, true) => "__Host-convoke-left",
            (Self::Left, false) => "convoke-left",
            (Self::Language, true) => "__Host-convoke-language",
            (Self::Language, false) => "convoke-language",
            (Self::Lock, true) => "__Host-convoke-lock",
            (Self::Lock, false) => "convoke-lock",
        }
    }

    /// How long a browser keeps it, in seconds; `None` until it is closed. RFC 6265bis asks for at most 400 days.
    const fn max_age(self) -> Option<u32> {
        const DAY: u32 = 24 * 3600;
        match self {
            Self::Session => Some(400 * DAY),
            Self::Device | Self::Language | Self::Lock => Some(365 * DAY),
            Self::Left => Some(DAY),
            Self::Space => None,
        }
    }

    /// The header that sets it.
    pub fn set(self, https: bool, value: &str) -> HeaderValue {
        self.header(https, value, self.max_age())
    }

    /// The header that takes it away.
    pub fn remove(self, https: bool) -> HeaderValue {
        self.header(https, "", Some(0))
    }

    fn header(self, https: bool, value: &str, max_age: Option<u32>) -> HeaderValue {
        let name = self.name(https);
        let age = max_age.map_or_else(String::new, |age| format!("; Max-Age={age}"));
        let secure = if https { "; Secure" } else { "" };
        HeaderValue::from_str(&format!(
            "{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"
        ))
        .unwrap_or(HeaderValue::from_static(""))
    }

    /// Its value in a request.
    pub fn get(self, headers: &HeaderMap, https: bool) -> Option<String> {
        let name = self.name(https);
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name && !value.is_empty()).then(|| value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_of_https_are_bound_to_the_host() {
        assert_eq!(
            Cookie::Session.set(true, "abc").to_str().unwrap(),
            "__Host-convoke=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure"
        );
        assert_eq!(
            Cookie::Session.remove(false).to_str().unwrap(),
            "convoke=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
        assert_eq!(
            Cookie::Space.set(true, "abc").to_str().unwrap(),
            "__Host-convoke-space=abc; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "theme=dark; convoke=abc".parse().unwrap());
        headers.append(
            COOKIE,
            "__Host-convoke=def; convoke-space=ghi".parse().unwrap(),
        );
        let found = |cookie: Cookie, https| cookie.get(&headers, https);
        assert_eq!(found(Cookie::Session, false).as_deref(), Some("abc"));
        assert_eq!(found(Cookie::Session, true).as_deref(), Some("def"));
        assert_eq!(found(Cookie::Space, false).as_deref(), Some("ghi"));
        assert_eq!(found(Cookie::Space, true), None);
    }
}
