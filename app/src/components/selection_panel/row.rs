//! A row of a column: one person.

use super::column::name;
use super::desk::Desk;
use super::words;
use crate::components::{RouteIcon, similar_badge, tone};
use crate::state::selection::{Drawn, DrawnRow};
use crate::tr;
use convoke_domain::person::{Route, full_name, initials};
use convoke_domain::view::{SelectionRow, Side};
use convoke_domain::{Channel, InvitationState};
use leptos::html::{Div, Span};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The id of a row's element.
pub fn row_id(side: Side, index: u32) -> String {
    format!("panel-{}-{index}", name(side))
}

/// The row that an event came from, and whether it came from its handle.
pub fn row_at(target: Option<web_sys::EventTarget>) -> Option<(u32, bool)> {
    let element: web_sys::Element = target?.dyn_into().ok()?;
    let row = element.closest("[data-index]").ok()??;
    let index = row.get_attribute("data-index")?.parse().ok()?;
    let handle = element.closest("[data-grip]").ok().flatten().is_some();
    Some((index, handle))
}

/// What is drawn of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    /// Length of the list.
    total: u32,
    /// The row; `None` beyond the end of the list.
    row: Option<DrawnRow>,
    /// Who stands there; beyond the end, who stood there last, as nobody sees them.
    person: Option<Arc<SelectionRow>>,
}

impl Shown {
    fn class(&self) -> &'static str {
        match &self.row {
            None => "windowed-row panel-row is-beyond",
            Some(row) if row.person.is_none() => "windowed-row panel-row is-waiting",
            Some(row) => match (row.picked, row.focused) {
                (true, true) => "windowed-row panel-row is-picked is-focused",
                (true, false) => "windowed-row panel-row is-picked",
                (false, true) => "windowed-row panel-row is-focused",
                (false, false) => "windowed-row panel-row",
            },
        }
    }
}

/// The elements of a row that change.
#[derive(Clone, Copy, Default)]
struct Elements {
    row: NodeRef<Div>,
    avatar: NodeRef<Span>,
    name: NodeRef<Span>,
    new: NodeRef<Span>,
    detail: NodeRef<Span>,
}

/// What stands in the elements of a row.
#[derive(Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "attributes that are there or not"
)]
struct Written {
    class: &'static str,
    beyond: bool,
    selected: bool,
    set_size: u32,
    waits: bool,
    tone: u32,
    letters: String,
    name: String,
    detail: String,
    titles: bool,
    new: bool,
}

impl Written {
    /// `titles`: what may be too long for the row is a tooltip. `saves`: the list is one that is saved, where people may be new.
    fn of(shown: &Shown, titles: bool, saves: bool) -> Self {
        let person = shown.person.as_deref();
        let (letters, name, detail) = person.map_or_else(Default::default, |person| {
            let (first, last) = (&person.first_name, &person.last_name);
            (
                initials(first, last),
                full_name(first, last),
                person.detail.clone(),
            )
        });
        Self {
            class: shown.class(),
            beyond: shown.row.is_none(),
            selected: shown.row.as_ref().is_some_and(|row| row.picked),
            set_size: shown.total,
            waits: shown.row.as_ref().is_some_and(|row| row.person.is_none()),
            tone: person.map_or(1, |person| tone(person.user_id)),
            letters,
            name,
            detail,
            titles,
            new: saves && person.is_some_and(|person| !person.saved),
        }
    }

    /// Writes what is another than `before`; `None` while the elements are not there.
    fn write(self, before: Option<Self>, elements: Elements) -> Option<Self> {
        let row = elements.row.get()?;
        let avatar = elements.avatar.get()?;
        let name = elements.name.get()?;
        let new = elements.new.get()?;
        let detail = elements.detail.get()?;
        let first = before.is_none();
        let before = before.unwrap_or_default();
        if first || before.class != self.class {
            row.set_class_name(self.class);
        }
        if before.beyond != self.beyond {
            set_or_remove(&row, "aria-hidden", self.beyond.then_some("true"));
        }
        if first || before.selected != self.selected {
            set_attribute(
                &row,
                "aria-selected",
                if self.selected { "true" } else { "false" },
            );
        }
        if first || before.set_size != self.set_size {
            set_attribute(&row, "aria-setsize", &self.set_size.to_string());
        }
        if before.waits != self.waits {
            let label = self.waits.then(|| tr!("loading"));
            set_or_remove(&row, "aria-label", label.as_deref());
        }
        if first || before.tone != self.tone {
            avatar.set_class_name(&format!("avatar tone-{}", self.tone));
        }
        if before.letters != self.letters {
            set_text(&avatar, &self.letters);
        }
        if before.name != self.name {
            set_text(&name, &self.name);
        }
        if before.detail != self.detail {
            set_text(&detail, &self.detail);
        }
        if before.titles != self.titles || (self.titles && before != self) {
            set_or_remove(&name, "title", self.titles.then_some(&self.name));
            set_or_remove(&detail, "title", self.titles.then_some(&self.detail));
        }
        if first || before.new != self.new {
            new.set_hidden(!self.new);
        }
        Some(self)
    }
}

fn set_attribute(element: &web_sys::Element, name: &str, value: &str) {
    // Only a name that can't be one fails.
    let _ = element.set_attribute(name, value);
}

fn set_or_remove(element: &web_sys::Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => set_attribute(element, name, value),
        None => drop(element.remove_attribute(name)),
    }
}

/// Writes the text of an element that has nothing but text. The text node stays once it is there; before, there may be a mark that Leptos puts where nothing is.
fn set_text(element: &web_sys::Element, text: &str) {
    let node = element.first_child();
    match node.as_ref().and_then(JsCast::dyn_ref::<web_sys::Text>) {
        Some(node) => node.set_data(text),
        None => element.set_text_content(Some(text)),
    }
}

/// The row at an index; its outline while it is on its way, and nothing to be seen beyond the end of the list.
///
/// Its elements stay whoever stands in it: while one types, and when everybody moves, only texts change. One effect writes them all. With a signal for each a screenful of rows had
/// four hundred, which cost as much as what they did.
#[component]
pub fn Row(
    desk: Desk,
    side: Side,
    index: u32,
    /// What is drawn of the column.
    drawn: Memo<Drawn>,
    /// The row that something points at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let shown = Memo::new(move |before: Option<&Shown>| {
        drawn.with(|drawn| match before {
            // Of a list with nobody in it no row is shown: when everybody leaves, none has to be touched.
            Some(before) if drawn.total == 0 => before.clone(),
            _ => {
                let row = drawn.row(index);
                let person = match &row {
                    Some(row) => row.person.clone(),
                    None => before.and_then(|before| before.person.clone()),
                };
                Shown {
                    total: drawn.total,
                    row,
                    person,
                }
            }
        })
    });
    let pointed = Memo::new(move |_| pointed.get() == Some(index));
    let saves = side == Side::Participants && words::is_saved(desk.list);
    let elements = Elements::default();
    Effect::new(move |before: Option<Option<Written>>| {
        let now = shown.with(|shown| Written::of(shown, pointed.get(), saves));
        now.write(before.flatten(), elements)
    });
    let found = Memo::new(move |_| {
        shown.with(|shown| {
            let person = shown.person.as_deref()?;
            let new = saves && !person.saved;
            let badged = person.similar || person.state.is_some();
            badged.then_some((person.similar, person.state, new))
        })
    });
    let badges = move || {
        found.get().map(|(similar, state, new)| {
            view! {
                {similar.then(similar_badge)}
                {state.and_then(|state| badge(side, state, new))}
            }
        })
    };
    let route = Memo::new(move |_| {
        let route = shown.with(|shown| shown.person.as_deref().map(|person| person.route));
        route.unwrap_or(Route::Preferred(Channel::Email))
    });
    view! {
        <div
            class="windowed-row panel-row is-waiting"
            role="option"
            id=row_id(side, index)
            data-index=index
            aria-posinset=index + 1
            node_ref=elements.row
        >
            <span class="panel-grip" data-grip="" aria-hidden="true"></span>
            <span class="avatar" aria-hidden="true" node_ref=elements.avatar></span>
            <span class="person-text">
                <span class="person-line">
                    <span class="person-name" node_ref=elements.name></span>
                    // There for everybody: most people who are added are new.
                    <span class="badge badge-sent" node_ref=elements.new>{tr!("panel-new")}</span>
                    {badges}
                </span>
                <span class="person-detail" node_ref=elements.detail></span>
            </span>
            {move || view! { <RouteIcon route=route.get()/> }}
        </div>
    }
}

/// What was known of a person before the panel was opened.
fn badge(side: Side, state: InvitationState, new: bool) -> Option<AnyView> {
    let (class, word) = match state {
        InvitationState::Confirmed => ("badge badge-confirmed", tr!("panel-state-confirmed")),
        InvitationState::Sent => ("badge badge-sent", tr!("panel-state-sent")),
        InvitationState::Waiting => ("badge badge-neutral", tr!("panel-state-waiting")),
        InvitationState::Declined => ("badge badge-neutral", tr!("panel-state-declined")),
        InvitationState::Cancelled if side == Side::Users || new => {
            ("badge badge-neutral", tr!("panel-state-cancelled"))
        }
        InvitationState::ToSend | InvitationState::Cancelled => return None,
    };
    Some(view! { <span class=class>{word}</span> }.into_any())
}

/// An outline that is no row: what stands there before the length of the list is known.
pub fn outline() -> AnyView {
    view! { <div class="panel-row is-waiting"></div> }.into_any()
}
