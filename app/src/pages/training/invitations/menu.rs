//! The menu of a row: what can be done for one person. There is one in the page, at whichever row opened it.

use super::board::Over;
use super::repair::Repairing;
use super::store::Board;
use crate::api::invitations::confirm_for;
use crate::api::repair::it_arrived;
use crate::components::{Glyph, Icon, use_announcer};
use crate::tr;
use convoke_domain::InvitationState;
use convoke_domain::message::Problem;
use convoke_domain::person::{Route, full_name};
use convoke_domain::view::{InvitationRow, SendAction, SendRequest};
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// An open menu: for whom, and where.
#[derive(Clone, Debug)]
pub struct OpenMenu {
    /// The person.
    pub row: InvitationRow,
    /// The block they were in.
    pub state: InvitationState,
    /// Right and lower edge of the button, in pixels of the window.
    corner: (f64, f64),
    /// The button, which gets the focus back.
    button: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>,
}

impl OpenMenu {
    /// The menu of `row`, at the button that was pressed.
    pub fn at(event: &ev::MouseEvent, row: InvitationRow, state: InvitationState) -> Self {
        let button = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        let corner = button.as_ref().map_or((0.0, 0.0), |button| {
            let edges = button.get_bounding_client_rect();
            (edges.right(), edges.bottom())
        });
        Self {
            row,
            state,
            corner,
            button: StoredValue::new_local(button),
        }
    }
}

/// The menu, while one is open.
#[component]
pub fn RowMenu(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
) -> impl IntoView {
    let element = NodeRef::<Div>::new();
    let close = move |give_back: bool| {
        let Some(menu) = over.menu.get_untracked() else {
            return;
        };
        over.menu.set(None);
        if give_back && let Some(Some(button)) = menu.button.try_get_value() {
            let _ = button.focus();
        }
    };
    // Placed by script, inside the window; then the first item has the focus.
    Effect::new(move |_| {
        let (Some(menu), Some(element)) = (over.menu.get(), element.get()) else {
            return;
        };
        place(&element, menu.corner);
        focus_item(&element, 0);
    });
    // A press elsewhere, or scrolling away from the row, closes it.
    Effect::new(move |_| {
        let outside = window_event_listener(ev::pointerdown, move |event| {
            let inside = element.get_untracked().is_some_and(|element| {
                event
                    .target()
                    .and_then(|t| t.dyn_into::<web_sys::Node>().ok())
                    .is_some_and(|node| element.contains(Some(&node)))
            });
            if !inside {
                close(false);
            }
        });
        let resized = window_event_listener(ev::resize, move |_| close(false));
        on_cleanup(move || {
            outside.remove();
            resized.remove();
        });
    });
    let pressed = move |event: ev::KeyboardEvent| {
        let Some(element) = element.get_untracked() else {
            return;
        };
        let here = focused_item(&element);
        match event.key().as_str() {
            "Escape" | "Tab" => close(true),
            "ArrowDown" => focus_item(&element, here + 1),
            "ArrowUp" => focus_item(&element, here - 1),
            "Home" => focus_item(&element, 0),
            "End" => focus_item(&element, -1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        {move || {
            over.menu
                .get()
                .map(|menu| {
                    let name = full_name(&menu.row.first_name, &menu.row.last_name);
                    view! {
                        <div
                            class="menu row-menu"
                            role="menu"
                            aria-label=tr!("invitations-actions-of", name = name)
                            node_ref=element
                            on:keydown=pressed
                        >
                            <MenuItems board over menu close=Callback::new(close)/>
                        </div>
                    }
                })
        }}
    }
}

#[component]
fn MenuItems(board: Board, over: Over, menu: OpenMenu, close: Callback<bool>) -> impl IntoView {
    let announcer = use_announcer();
    let row = menu.row;
    let id = row.id;
    let name = full_name(&row.first_name, &row.last_name);
    let send = match menu.state {
        // Whoever wants no messages is told otherwise.
        _ if row.opted_out => None,
        InvitationState::ToSend => Some((SendAction::Send, tr!("invitations-menu-send"))),
        InvitationState::Sent => Some((SendAction::Resend, tr!("invitations-menu-resend"))),
        _ => None,
    };
    let open = send.is_some();
    let send = send.map(|(action, words)| match row.problem {
        Some(Problem::Uncertain) => (action, tr!("repair-menu-again")),
        Some(Problem::GaveUp | Problem::AttachmentMissing) => (action, tr!("repair-menu-try")),
        _ => (action, words),
    });
    let wrong =
        row.route == Route::Unreachable || row.problem.is_some_and(Problem::is_about_the_address);
    let correct = (open && wrong).then(|| {
        let who = Repairing {
            invitation: id,
            name: name.clone(),
        };
        view! {
            <button
                type="button"
                class="menu-item"
                role="menuitem"
                tabindex="-1"
                on:click=move |_| {
                    close.run(true);
                    over.repairing.set(Some(who.clone()));
                }
            >
                <Icon glyph=Glyph::Mail size=16/>
                <span>{tr!("repair-menu-correct")}</span>
            </button>
        }
    });
    let doubtful = open && row.problem == Some(Problem::Uncertain);
    let known = doubtful.then(|| {
        let name = name.clone();
        let arrived = move |_| {
            close.run(true);
            let name = name.clone();
            spawn_local(async move {
                match it_arrived(id).await {
                    Ok(()) => announcer.toast(tr!("repair-arrived-done", name = name.as_str())),
                    Err(error) => {
                        board.problem.set(Some(error));
                    }
                }
                board.refetch();
            });
        };
        view! {
            <button
                type="button"
                class="menu-item"
                role="menuitem"
                tabindex="-1"
                on:click=arrived
            >
                <Icon glyph=Glyph::Check size=16/>
                <span>{tr!("repair-menu-arrived")}</span>
            </button>
        }
    });
    let send = send.map(|(action, words)| {
        let unreachable = row.route == Route::Unreachable;
        view! {
            <button
                type="button"
                class="menu-item"
                role="menuitem"
                tabindex="-1"
                on:click=move |_| {
                    close.run(true);
                    over.sending
                        .set(
                            Some(SendRequest {
                                training_id: board.training_id,
                                action,
                                only: Some(vec![id]),
                                spare_recent: false,
                            }),
                        );
                }
            >
                <Icon glyph=Glyph::Send size=16/>
                <span>{words}</span>
                {unreachable
                    .then(|| {
                        view! { <span class="badge badge-problem">{tr!("problem-no-address")}</span> }
                    })}
            </button>
        }
    });
    let story = {
        let person = (row.user_id, name.clone());
        move |_| {
            close.run(true);
            over.story.set(Some(person.clone()));
        }
    };
    let confirm = move |_| {
        close.run(true);
        let name = name.clone();
        spawn_local(async move {
            match confirm_for(id).await {
                Ok(()) => announcer.toast(tr!("news-confirmed-for", name = name)),
                Err(error) => {
                    board.problem.set(Some(error));
                }
            }
            board.refetch();
        });
    };
    view! {
        {correct}
        {send}
        {known}
        {(menu.state != InvitationState::Confirmed)
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="menu-item"
                        role="menuitem"
                        tabindex="-1"
                        on:click=confirm
                    >
                        <Icon glyph=Glyph::Check size=16/>
                        <span>{tr!("invitations-menu-confirm")}</span>
                    </button>
                }
            })}
        <button type="button" class="menu-item" role="menuitem" tabindex="-1" on:click=story>
            <Icon glyph=Glyph::Info size=16/>
            <span>{tr!("invitations-menu-details")}</span>
        </button>
    }
}

/// Under the button, its right edge at the button's; above it where the window ends.
fn place(menu: &web_sys::HtmlElement, (right, bottom): (f64, f64)) {
    const MARGIN: f64 = 8.0;
    const BUTTON: f64 = 40.0;
    let size = menu.get_bounding_client_rect();
    let inner = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|v| v.as_f64()).unwrap_or(f64::MAX)
    };
    let (width, height) = (
        inner(window().inner_width()),
        inner(window().inner_height()),
    );
    let left = (right - size.width())
        .min(width - size.width() - MARGIN)
        .max(MARGIN);
    let top = if bottom + size.height() + MARGIN > height {
        bottom - BUTTON - size.height()
    } else {
        bottom + 2.0
    };
    let style = menu.style();
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}

fn items(menu: &web_sys::HtmlElement) -> Vec<web_sys::HtmlElement> {
    let mut found = Vec::new();
    let mut next = menu.first_element_child();
    while let Some(element) = next {
        next = element.next_element_sibling();
        if let Ok(item) = element.dyn_into::<web_sys::HtmlElement>() {
            found.push(item);
        }
    }
    found
}

fn focused_item(menu: &web_sys::HtmlElement) -> i32 {
    let focused = document().active_element();
    items(menu)
        .iter()
        .position(|item| focused.as_ref() == Some(item.as_ref()))
        .and_then(|index| i32::try_from(index).ok())
        .unwrap_or(-1)
}

/// Focuses an item, round and round.
fn focus_item(menu: &web_sys::HtmlElement, index: i32) {
    let items = items(menu);
    let Ok(count) = i32::try_from(items.len()) else {
        return;
    };
    if count > 0
        && let Ok(index) = usize::try_from(index.rem_euclid(count))
    {
        let _ = items[index].focus();
    }
}
