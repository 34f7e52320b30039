//! The text inside a `<textarea>`.

/// The text as a child of a `<textarea>`. Leptos escapes no children of this element when it writes HTML (they would be doubled in the browser,
/// where they become a text node), so what was typed could close it and go on as HTML: the server escapes it here.
#[cfg(feature = "ssr")]
pub fn raw_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The same in the browser, which makes a text node of it.
#[cfg(not(feature = "ssr"))]
pub fn raw_text(text: &str) -> String {
    text.to_owned()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn nothing_closes_the_element() {
        assert_eq!(
            raw_text("a < b & </textarea><script>"),
            "a &lt; b &amp; &lt;/textarea>&lt;script>"
        );
    }
}
