//! Light or dark: what the system says, unless the person chose. The choice is a cookie, so that the server
//! writes it into the page and no script has to repair the colours of the first paint.

use wasm_bindgen::JsCast;

/// How a person wants the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name of the cookie.
    pub const COOKIE: &'static str = "theme";

    /// The value of `data-theme` and of the cookie; `None` leaves it to the system.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The choice in a `Cookie` header (or in `document.cookie`, which has the same form).
    pub fn from_cookies(cookies: &str) -> Self {
        let value = cookies
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(name, value)| (name == Self::COOKIE).then_some(value));
        match value {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The choice in the request that is being answered.
    #[cfg(feature = "ssr")]
    pub fn of_request() -> Self {
        leptos::prelude::use_context::<http::request::Parts>()
            .and_then(|parts| {
                let header = parts.headers.get(http::header::COOKIE)?;
                Some(Self::from_cookies(header.to_str().ok()?))
            })
            .unwrap_or_default()
    }

    /// The choice that the page in the browser shows.
    pub fn of_document() -> Self {
        let chosen = leptos::prelude::document()
            .document_element()
            .and_then(|root| root.get_attribute("data-theme"));
        match chosen.as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Shows it at once and keeps it for a year.
    pub fn choose(self) {
        let document = leptos::prelude::document();
        if let Some(root) = document.document_element() {
            let _ = match self.attribute() {
                Some(value) => root.set_attribute("data-theme", value),
                None => root.remove_attribute("data-theme"),
            };
        }
        if let Some(document) = document.dyn_ref::<web_sys::HtmlDocument>() {
            let (value, age) = match self.attribute() {
                Some(value) => (value, 31_536_000),
                None => ("", 0),
            };
            let _ = document.set_cookie(&format!(
                "{}={value}; Path=/; Max-Age={age}; SameSite=Lax",
                Self::COOKIE
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        assert_eq!(Theme::from_cookies("a=b; theme=dark; c=d"), Theme::Dark);
        assert_eq!(Theme::from_cookies("theme=light"), Theme::Light);
        assert_eq!(Theme::from_cookies("my-theme=dark"), Theme::System);
        assert_eq!(Theme::from_cookies("theme=sepia"), Theme::System);
        assert_eq!(Theme::from_cookies(""), Theme::System);
    }
}
