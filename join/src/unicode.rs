//! The tables of Unicode that every browser has.

use convoke_domain::fold::Unicode;
use js_sys::{JsString, RegExp};

/// What the browser knows of Unicode.
pub struct Browser;

impl Unicode for Browser {
    fn composed(text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    fn decomposed(c: char) -> String {
        let mut buffer = [0; 4];
        let text: &str = c.encode_utf8(&mut buffer);
        JsString::from(text).normalize("NFKD").into()
    }

    fn is_mark(c: char) -> bool {
        // No mark is below this one, the combining grave accent.
        c >= '\u{300}' && {
            let mut buffer = [0; 4];
            RegExp::new("\\p{M}", "u").test(c.encode_utf8(&mut buffer))
        }
    }
}
