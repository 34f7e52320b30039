//! A page that stays open while the server becomes a new release says so, calmly, with a button that loads it anew. The service worker hears from
//! each answer which build serves, and tells the pages.

use crate::dom;
use web_sys::{Document, Window};

/// Takes care of the button of the notice, if the page has one.
pub fn start(window: &Window, document: &Document) {
    let Some(button) = document.get_element_by_id("new-version-reload") else {
        return;
    };
    let location = window.location();
    dom::on(&button, "click", move |_| {
        let _ = location.reload();
    });
}

/// The build that serves is this one: shows the notice when the page is of another.
pub fn heard(document: &Document, build: Option<&str>) {
    let ours = document
        .query_selector("meta[name=build]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"));
    let notice = document
        .get_element_by_id("new-version")
        .and_then(|found| dom::html(&found));
    if let Some(notice) = notice
        && is_another(ours.as_deref(), build)
    {
        notice.set_hidden(false);
    }
}

/// Whether the server is another build than the page. Where either has no name nobody knows.
fn is_another(ours: Option<&str>, theirs: Option<&str>) -> bool {
    matches!((ours, theirs), (Some(ours), Some(theirs)) if ours != theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_builds_with_names_are_told_apart() {
        assert!(is_another(Some("a"), Some("b")));
        assert!(!is_another(Some("a"), Some("a")));
        assert!(!is_another(None, Some("b")));
        assert!(!is_another(Some("a"), None));
    }
}
