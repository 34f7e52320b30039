//! People of the directory: how they are reached, what state they are in, and what makes an e-mail
//! address acceptable.

use serde::{Deserialize, Serialize};

/// Makes a text enum: the stored word, its parsing and its list, in one place.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that is stored and sent.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::person::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::person::UnknownWord(text.to_owned())),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::person::UnknownWord;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    };
}
pub(crate) use text_enum;

/// A stored or typed word that is none of those an enum knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {0:?}")]
pub struct UnknownWord(pub String);

text_enum! {
    /// How a person prefers to be written to, and how a message goes out.
    Channel {
        /// By e-mail.
        Email = "email",
        /// By text message.
        Sms = "sms",
    }
}

impl Channel {
    /// The other one, which a message falls back to when an address is missing.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Email => Self::Sms,
            Self::Sms => Self::Email,
        }
    }
}

text_enum! {
    /// A language of the catalogue. English is the source language.
    Language {
        /// English.
        En = "en",
        /// French.
        Fr = "fr",
    }
}

impl Language {
    /// The best of our languages for an `Accept-Language` header (RFC 9110, section 12.5.4); English when none fits.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::En, 0.0_f32);
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase();
            let primary = tag.split('-').next().unwrap_or_default();
            let weight = pieces
                .find_map(|p| p.trim().strip_prefix("q=")?.trim().parse::<f32>().ok())
                .unwrap_or(1.0);
            if let Ok(language) = primary.parse::<Self>()
                && weight > best.1
            {
                best = (language, weight);
            }
        }
        best.0
    }
}

text_enum! {
    /// Where a user stands between being known and being forgotten.
    UserState {
        /// Known, not informed, cannot sign in.
        Created = "created",
        /// Has been asked to activate the account.
        Invited = "invited",
        /// Uses the account.
        Active = "active",
        /// Is never invited; keeps its history.
        Inactive = "inactive",
    }
}

text_enum! {
    /// By whose word somebody wants no messages.
    OptOut {
        /// Their own, by a link of theirs. Nobody else takes it back.
        Person = "person",
        /// An administrator noted it, at their request.
        Administrator = "administrator",
    }
}

/// Trims an e-mail address and puts its domain in lower case; `None` when it cannot be delivered to.
///
/// The check is the practical one: one `@`, no white space or control characters, a domain with a dot
/// or `localhost`, at most 254 characters (RFC 5321, section 4.5.3.1.3). Whether it exists, only sending tells.
pub fn parse_email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let clean = |s: &str| {
        !s.is_empty()
            && !s.starts_with('.')
            && !s.ends_with('.')
            && !s.contains("..")
            && !s.chars().any(|c| {
                c.is_whitespace()
                    || c.is_control()
                    || matches!(
                        c,
                        '@' | '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\' | '[' | ']'
                    )
            })
    };
    let good = text.len() <= 254
        && local.len() <= 64
        && clean(local)
        && clean(domain)
        && (domain.contains('.') || domain == "localhost")
        && !domain.starts_with('-')
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    good.then(|| format!("{local}@{}", domain.to_lowercase()))
}

/// The initials that stand for a person in a circle: the first letter of each name, in upper case.
pub fn initials(first_name: &str, last_name: &str) -> String {
    let first = |s: &str| s.chars().find(|c| c.is_alphanumeric());
    [first(first_name), first(last_name)]
        .into_iter()
        .flatten()
        .flat_map(char::to_uppercase)
        .collect()
}

/// "First Last", without a stray space when one is missing.
pub fn full_name(first_name: &str, last_name: &str) -> String {
    format!("{first_name} {last_name}").trim().to_owned()
}

/// Which address a message to a person uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Route {
    /// The preferred channel has an address.
    Preferred(Channel),
    /// The preferred channel has none, the other one has.
    Fallback(Channel),
    /// Neither e-mail nor mobile.
    Unreachable,
}

impl Route {
    /// The route for a person who prefers `channel`.
    pub fn choose(channel: Channel, has_email: bool, has_mobile: bool) -> Self {
        let has = |c: Channel| match c {
            Channel::Email => has_email,
            Channel::Sms => has_mobile,
        };
        if has(channel) {
            Self::Preferred(channel)
        } else if has(channel.other()) {
            Self::Fallback(channel.other())
        } else {
            Self::Unreachable
        }
    }

    /// The channel the message goes by, if any.
    pub const fn channel(self) -> Option<Channel> {
        match self {
            Self::Preferred(c) | Self::Fallback(c) => Some(c),
            Self::Unreachable => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses() {
        assert_eq!(
            parse_email(" Anna.Mueller@Example.ORG ").as_deref(),
            Some("Anna.Mueller@example.org")
        );
        assert_eq!(
            parse_email("o'neill+x@mail.example").as_deref(),
            Some("o'neill+x@mail.example")
        );
        for bad in [
            "",
            "anna",
            "anna@",
            "@x.org",
            "a b@x.org",
            "a@b",
            "a@x..org",
            "a@x.org\r\nBcc: b@y.org",
            "a,b@x.org",
            ".a@x.org",
        ] {
            assert_eq!(parse_email(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn the_browser_language_is_the_heaviest_we_have() {
        assert_eq!(
            Language::from_accept_language("fr-CA,fr;q=0.9,en;q=0.8"),
            Language::Fr
        );
        assert_eq!(
            Language::from_accept_language("de,en;q=0.7,fr;q=0.6"),
            Language::En
        );
        assert_eq!(Language::from_accept_language("de, fr;q=0.2"), Language::Fr);
        assert_eq!(Language::from_accept_language(""), Language::En);
    }

    #[test]
    fn routes() {
        assert_eq!(
            Route::choose(Channel::Sms, true, false),
            Route::Fallback(Channel::Email)
        );
        assert_eq!(
            Route::choose(Channel::Sms, true, true),
            Route::Preferred(Channel::Sms)
        );
        assert_eq!(
            Route::choose(Channel::Email, false, false),
            Route::Unreachable
        );
    }

    #[test]
    fn initials_of_many_scripts() {
        assert_eq!(initials("Élodie", "O’Neill"), "ÉO");
        assert_eq!(initials("محمد", "الأحمد"), "ما");
        assert_eq!(initials("", "’t Hooft"), "T");
    }
}
