//! The list of registered trainees: it follows what is typed, by the same rules as the server's search.

use crate::dom;
use crate::unicode::Browser;
use convoke_domain::fold::{Query, Unicode, search_text_of};
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, FocusOptions, HtmlElement, HtmlInputElement};

/// A name of the list.
struct Row {
    item: HtmlElement,
    search_text: String,
}

/// Takes care of the list, if the page has one.
pub fn start(document: &Document) {
    let rows: Vec<Row> =
        dom::of_kind::<HtmlElement>(document.query_selector_all("main[data-list] .join-list > li"))
            .into_iter()
            .filter_map(|item| {
                let name = item.query_selector(".join-name").ok()??.text_content()?;
                let search_text = search_text::<Browser>(&name);
                Some(Row { item, search_text })
            })
            .collect();
    jump(document);
    let input = document
        .get_element_by_id("find")
        .and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else {
        return;
    };
    // A list that the server has searched already is not the whole one.
    if rows.is_empty() || !input.default_value().is_empty() {
        return;
    }
    follow(document, &input, rows);
}

/// What is searched in: each word of the name, and the name as a whole.
fn search_text<U: Unicode>(name: &str) -> String {
    let mut fields = vec![name];
    fields.extend(name.split_whitespace());
    search_text_of::<U>(&fields)
}

/// Shows the names that match, while one types.
fn follow(document: &Document, input: &HtmlInputElement, rows: Vec<Row>) {
    let nobody = html(document, "#nobody");
    let letters = html(document, ".join-letters");
    let said = html(document, "#found");
    let clear = html(document, "#find-clear");
    let look = html(document, "#find-form [type=submit]");
    let field = input.clone();
    let filter = move || {
        let query = Query::parse_with::<Browser>(&field.value());
        let mut shown = 0_u32;
        for row in &rows {
            let fits = query.matches(&row.search_text);
            row.item.set_hidden(!fits);
            shown += u32::from(fits);
        }
        if let Some(nobody) = &nobody {
            nobody.set_hidden(shown > 0);
        }
        if let Some(letters) = &letters {
            letters.set_hidden(!query.is_empty());
        }
        // There is nothing to press for what is found while one types; there is for the next person.
        if let (Some(clear), Some(look)) = (&clear, &look) {
            let is_empty = field.value().is_empty();
            clear.set_hidden(is_empty);
            look.set_hidden(!is_empty);
        }
        if let Some(said) = &said {
            let sentence = match shown {
                _ if query.is_empty() => None,
                0 => said.get_attribute("data-none"),
                1 => said.get_attribute("data-one"),
                _ => said
                    .get_attribute("data-many")
                    .map(|text| text.replace('#', &shown.to_string())),
            };
            said.set_text_content(sentence.as_deref());
        }
    };
    // What the browser filled in before the module ran.
    filter();
    let filter = Rc::new(filter);
    if let Some(clear) = html(document, "#find-clear") {
        let (filter, field) = (Rc::clone(&filter), input.clone());
        dom::on(&clear, "click", move |_| {
            field.set_value("");
            filter();
            let _ = field.focus();
        });
    }
    dom::on(input, "input", move |_| filter());
    let Some(form) = input.form() else {
        return;
    };
    let document = document.clone();
    dom::on(&form, "submit", move |event| {
        event.prevent_default();
        if let Some(first) = html(&document, ".join-list > li:not([hidden]) > button") {
            let _ = first.focus();
        }
    });
}

/// The alphabet bar: goes there at once, instead of leaving an address behind for each letter.
fn jump(document: &Document) {
    let Some(letters) = html(document, ".join-letters") else {
        return;
    };
    let document = document.clone();
    dom::on(&letters, "click", move |event| {
        let place = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| target.closest("a").ok().flatten())
            .and_then(|link| link.get_attribute("href"))
            .and_then(|href| document.get_element_by_id(href.trim_start_matches('#')));
        let Some(place) = place else {
            return;
        };
        event.prevent_default();
        place.scroll_into_view();
        // The name itself, or the field to search in.
        let target = place.first_element_child().unwrap_or(place);
        if let Ok(target) = target.dyn_into::<HtmlElement>() {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = target.focus_with_options(&options);
        }
    });
}

fn html(document: &Document, selector: &str) -> Option<HtmlElement> {
    let found = document.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::fold::OwnTables;

    #[test]
    fn names_are_found_as_the_server_finds_them() {
        let finds =
            |typed: &str, name: &str| Query::parse(typed).matches(&search_text::<OwnTables>(name));
        for typed in ["mull", "mueller", "MÜLLER anna", "anna mul", "anna"] {
            assert!(finds(typed, "Anna Müller"), "{typed}");
        }
        assert!(finds("oneill", "Liam O’Neill"));
        assert!(finds("de la cruz", "Ana de la Cruz"));
        assert!(!finds("bob", "Anna Müller"));
        assert!(finds("", "Anna Müller"));
    }
}
