//! Every e-mail as a mail program takes it: valid and narrow HTML that loads nothing, a dark dress, a plain-text twin that says the same, and
//! short lines on the wire.

mod letters;

use convoke_delivery::gateway::{Letterhead, Parcel, envelope};
use convoke_delivery::render::{Letter, Rendered, mail_style, render};
use convoke_domain::message_text::{TextDraft, WRITABLE};
use convoke_domain::{Channel, Language, MessageId, MessageKind, Timestamp};
use letters::{LINK, STOP, about_account, letter, person, rendered, training};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Every kind in every language, in the catalogue's words and in somebody's own, with its name.
fn every_mail() -> Vec<(String, Rendered)> {
    let (training, person) = (training(), person());
    let mut all = Vec::new();
    for language in Language::ALL {
        for kind in MessageKind::ALL {
            if *kind != MessageKind::Test {
                all.push((
                    format!("{kind}.{language}"),
                    rendered(*kind, Channel::Email, *language),
                ));
            }
        }
        all.push((
            format!("account_forgotten.{language}"),
            about_account(true, Channel::Email, *language),
        ));
        for kind in WRITABLE {
            let link = if kind.has_link() { "{link}" } else { "no link" };
            let text = TextDraft {
                subject: "<{title}> & \"more\"".to_owned(),
                body: format!(
                    "Dear {{first_name}} & all,\n\n<b>{link}</b>\nat {{place}}\n\n{}",
                    "no-space-at-all".repeat(80)
                ),
            };
            let letter = Letter {
                text: Some(&text),
                ..letter(&training, &person, *kind, *language)
            };
            all.push((
                format!("written {kind}.{language}"),
                render(&letter, Channel::Email),
            ));
        }
    }
    all
}

/// An element's start, its attributes, and the texts around it.
enum Part<'a> {
    Start(&'a str, BTreeMap<&'a str, &'a str>),
    End(&'a str),
    Text(&'a str),
}

/// The parts of a document; it panics where HTML would have to guess.
fn parts<'a>(name: &str, html: &'a str) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut rest = html
        .strip_prefix("<!DOCTYPE html>\n")
        .unwrap_or_else(|| panic!("{name} begins with its type"));
    while let Some((text, tagged)) = rest.split_once('<') {
        parts.push(Part::Text(text));
        let (tag, after) = tagged
            .split_once('>')
            .unwrap_or_else(|| panic!("{name}: {tagged}"));
        rest = after;
        if let Some(tag) = tag.strip_prefix('/') {
            parts.push(Part::End(tag));
            continue;
        }
        let (tag, mut inside) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = BTreeMap::new();
        while !inside.is_empty() {
            let (key, value) = inside
                .split_once("=\"")
                .unwrap_or_else(|| panic!("{name}: <{tag} … {inside}>"));
            let (value, more) = value
                .split_once('"')
                .unwrap_or_else(|| panic!("{name}: {inside}"));
            assert!(
                attributes.insert(key.trim(), value).is_none(),
                "{name}: {key} twice"
            );
            inside = more;
        }
        parts.push(Part::Start(tag, attributes));
        if tag == "style" {
            let (_, after) = rest.split_once("</style>").expect("it ends");
            rest = after;
            parts.push(Part::End("style"));
        }
    }
    parts.push(Part::Text(rest));
    parts
}

/// What may stand in what (<https://html.spec.whatwg.org/multipage/dom.html#content-models>), as far as mails need it.
fn may_hold(outer: &str, inner: &str) -> bool {
    match inner {
        "html" => outer.is_empty(),
        "head" | "body" => outer == "html",
        "meta" | "title" | "style" => outer == "head",
        "div" => matches!(outer, "body" | "div"),
        "p" | "h1" => outer == "div",
        "span" | "strong" | "a" | "br" => matches!(outer, "p" | "h1" | "span" | "strong"),
        _ => false,
    }
}

#[test]
fn it_is_valid_html() {
    for (name, mail) in every_mail() {
        let html = mail.html.unwrap();
        let mut open: Vec<&str> = Vec::new();
        let mut ids = BTreeSet::new();
        let mut headings = 0;
        let mut labelled = None;
        for part in parts(&name, &html) {
            match part {
                Part::Start(tag, attributes) => {
                    let outer = open.last().copied().unwrap_or_default();
                    assert!(may_hold(outer, tag), "{name}: <{tag}> in <{outer}>");
                    headings += u32::from(tag == "h1");
                    labelled = labelled.or(attributes.get("aria-labelledby").copied());
                    if let Some(id) = attributes.get("id") {
                        assert!(ids.insert(*id), "{name}: two elements are called {id}");
                    }
                    if tag == "html" {
                        let language = attributes.get("lang").copied().unwrap_or_default();
                        assert!(name.ends_with(language), "{name} is in {language}");
                    }
                    if !matches!(tag, "meta" | "br") {
                        open.push(tag);
                    }
                }
                Part::End(tag) => assert_eq!(open.pop(), Some(tag), "{name}"),
                Part::Text(text) => {
                    let outer = open.last().copied().unwrap_or_default();
                    let words = !text.trim().is_empty();
                    assert!(
                        !words || matches!(outer, "title" | "p" | "h1" | "span" | "strong" | "a"),
                        "{name}: {text:?} in <{outer}>"
                    );
                    for (at, _) in text.match_indices('&') {
                        let entity = text[at + 1..].split_once(';').map(|(entity, _)| entity);
                        assert!(
                            entity.is_some_and(|e| e.len() < 6),
                            "{name}: a lonely & in {text}"
                        );
                    }
                }
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
        assert_eq!(headings, 1, "{name}");
        assert!(labelled.is_some_and(|id| ids.contains(id)), "{name}");
    }
}

#[test]
fn it_loads_nothing_and_leads_nowhere_but_to_its_two_links() {
    for (name, mail) in every_mail() {
        let html = mail.html.unwrap();
        let own = mail_style();
        assert!(!own.is_empty() && html.contains(&format!("<style>{own}</style>")));
        let style = html.split_once("<style>").unwrap().1;
        let style = style.split_once("</style>").unwrap().0;
        assert!(!style.contains("url(") && !style.contains('@') || style.matches('@').count() == 1);
        assert!(
            style.contains("@media (prefers-color-scheme: dark)"),
            "{name}"
        );
        for part in parts(&name, &html) {
            let Part::Start(tag, attributes) = part else {
                continue;
            };
            for (key, value) in attributes {
                match key {
                    "href" => {
                        let ours = [LINK, STOP].map(|link| link.replace('/', "&#x2f;"));
                        assert!(
                            tag == "a" && ours.iter().any(|link| link == value),
                            "{name}"
                        );
                    }
                    "style" => assert!(!value.contains("url("), "{name}: {value}"),
                    "class" | "id" | "lang" | "role" | "aria-labelledby" | "charset" | "name"
                    | "content" => {}
                    _ => panic!("{name}: <{tag} {key}=\"{value}\">"),
                }
            }
        }
    }
}

/// The declarations of a style.
fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .map(|(property, value)| (property.trim(), value.trim()))
}

#[test]
fn it_is_narrow_and_breaks_long_words() {
    for (name, mail) in every_mail() {
        let html = mail.html.unwrap();
        assert!(
            html.contains("content=\"width=device-width, initial-scale=1\""),
            "{name}"
        );
        let mut frame = None;
        for part in parts(&name, &html) {
            let Part::Start(_, attributes) = part else {
                continue;
            };
            for (property, value) in
                declarations(attributes.get("style").copied().unwrap_or_default())
            {
                assert!(
                    property != "width" && property != "min-width",
                    "{name}: {property}"
                );
                if property == "max-width" {
                    frame = Some(value.to_owned());
                }
            }
        }
        assert_eq!(frame.as_deref(), Some("600px"), "{name}");
        assert!(html.contains("overflow-wrap:break-word"), "{name}");
    }
}

/// Relative luminance (WCAG 2.2) of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let channel = |from: usize| {
        let value = u8::from_str_radix(&colour[from..from + 2], 16).expect("#rrggbb");
        let c = f64::from(value) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn everything_coloured_has_a_dark_dress_and_can_be_read_in_both() {
    for (name, mail) in every_mail() {
        let html = mail.html.unwrap();
        assert!(
            html.contains("<meta name=\"color-scheme\" content=\"light dark\">"),
            "{name}"
        );
        let dark = html.split_once("(prefers-color-scheme: dark) {").unwrap().1;
        let dark = dark.split_once("</style>").unwrap().0;
        // What the dark dress says of a class and a property.
        let said = |class: &str, property: &str| {
            dark.lines().find_map(|rule| {
                let (selectors, body) = rule.trim().split_once('{')?;
                selectors
                    .split(',')
                    .any(|selector| selector.trim() == format!(".{class}"))
                    .then(|| {
                        declarations(body.trim_end_matches('}'))
                            .find(|(p, _)| *p == property)
                            .map(|(_, value)| {
                                value.trim_end_matches("!important").trim().to_owned()
                            })
                    })
                    .flatten()
            })
        };
        // Backgrounds that an element stands on, from outside in: light and dark.
        let mut grounds: Vec<(String, String)> = Vec::new();
        for part in parts(&name, &html) {
            match part {
                Part::Start(tag, attributes) => {
                    let class = attributes.get("class").copied().unwrap_or_default();
                    let style: BTreeMap<_, _> =
                        declarations(attributes.get("style").copied().unwrap_or_default())
                            .collect();
                    let mut ground = grounds.last().cloned().unwrap_or_default();
                    if let Some(light) = style.get("background-color") {
                        let dark = said(class, "background-color");
                        let dark =
                            dark.unwrap_or_else(|| panic!("{name}: no dark ground of .{class}"));
                        ground = ((*light).to_owned(), dark);
                    }
                    if let Some(light) = style.get("color") {
                        let dark = said(class, "color");
                        let dark =
                            dark.unwrap_or_else(|| panic!("{name}: no dark colour of .{class}"));
                        for (colour, ground) in [(*light, &ground.0), (&*dark, &ground.1)] {
                            let contrast = contrast(colour, ground);
                            assert!(
                                contrast >= 4.5,
                                "{name}: .{class} {colour} on {ground}: {contrast}"
                            );
                        }
                    }
                    if !matches!(tag, "meta" | "br") {
                        grounds.push(ground);
                    }
                }
                Part::End(_) => {
                    grounds.pop();
                }
                Part::Text(_) => {}
            }
        }
    }
}

/// Runs of words of a document, block by block, as they are read.
fn read(name: &str, html: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut hidden = false;
    for part in parts(name, html) {
        match part {
            Part::Start(tag, _) => {
                hidden = hidden || tag == "title";
                if matches!(tag, "p" | "h1" | "br" | "div") {
                    blocks.push(String::new());
                }
            }
            Part::End(tag) => {
                hidden = hidden && tag != "title";
                if matches!(tag, "p" | "h1" | "div") {
                    blocks.push(String::new());
                }
            }
            Part::Text(text) if !hidden => blocks.last_mut().unwrap().push_str(text),
            Part::Text(_) => {}
        }
    }
    let plain = |block: &String| {
        let mut text = block.replace("&lt;", "<").replace("&gt;", ">");
        text = text
            .replace("&#x2f;", "/")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'");
        text.replace("&amp;", "&")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    blocks
        .iter()
        .map(plain)
        .filter(|block| !block.is_empty())
        .collect()
}

#[test]
fn its_plain_text_twin_says_the_same() {
    for (name, mail) in every_mail() {
        let html = mail.html.unwrap();
        let blocks = read(&name, &html);
        let text: Vec<String> = mail
            .text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty() && line != "--")
            .collect();
        let all_text = text.join(" ");
        let all_html = blocks.join(" ");
        for line in &text {
            // The words before the last link are what leads there.
            let stops = line.strip_suffix(STOP);
            let line = stops.map_or(&**line, |words| words.trim_end_matches([' ', ':']));
            // The words before the link are what the button says.
            let asks = line.ends_with(':') && blocks.iter().any(|block| block == LINK);
            assert!(
                asks || all_html.contains(line),
                "{name}: {line:?} is missing in the HTML: {all_html}"
            );
        }
        let button = html.split_once("class=\"button\"").map(|(_, rest)| {
            let (_, rest) = rest.split_once('>').unwrap();
            rest.split_once('<').unwrap().0.replace("&#x27;", "'")
        });
        for block in &blocks {
            let is_button = button.as_deref() == Some(block);
            // Two lines of the text are one paragraph of the HTML.
            let said = all_text.contains(block);
            assert!(
                said || is_button,
                "{name}: {block:?} is missing in the text: {all_text}"
            );
        }
        assert_eq!(
            mail.text.contains(LINK),
            html.contains("class=\"button\""),
            "{name}"
        );
    }
}

#[test]
fn no_line_on_the_wire_is_longer_than_a_mail_server_takes() {
    for (name, rendered) in every_mail() {
        let parcel = Parcel {
            id: MessageId(Uuid::from_u128(9)),
            address: "zoe@example.org".into(),
            name: "Zoë Öztürk".into(),
            at: Timestamp(1_793_520_000_000),
            letterhead: Letterhead::default(),
            rendered,
        };
        let from = "Office <office@example.org>".parse().unwrap();
        let raw = envelope(&parcel, &from).unwrap().formatted();
        // RFC 5322, section 2.1.1.
        for line in raw.split(|byte| *byte == b'\n') {
            assert!(line.len() <= 999, "{name}: {} octets", line.len());
        }
    }
}
