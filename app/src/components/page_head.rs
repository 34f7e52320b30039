//! The heading of a page: it names the document and takes the focus after a navigation, so that people who
//! cannot see the change hear it.

use crate::focus;
use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// Which page had the focus last; from the context, made once in `App`.
#[derive(Clone, Copy)]
pub struct Navigation {
    address: StoredValue<Option<String>>,
}

impl Navigation {
    /// Puts it into the context.
    pub fn provide() {
        provide_context(Self {
            address: StoredValue::new(None),
        });
    }

    /// Whether the heading of the page at `address` takes the focus: after a navigation, be it to the other view of the same
    /// page, and when the head of a page was drawn anew with the focus in it. The page that was loaded first leaves it to
    /// the browser.
    fn takes_focus(self, address: String) -> bool {
        let takes = self.address.with_value(|last| match last {
            None => false,
            Some(last) => *last != address || focus::is_nowhere(),
        });
        self.address.set_value(Some(address));
        takes
    }
}

/// How many frames a heading has to come on screen before the focus is left where it is.
const FRAMES: u32 = 60;

/// Focuses a heading as soon as it stands in the document: what a `Suspense` draws is made before it is put there.
fn focus_when_shown(heading: web_sys::HtmlHeadingElement, frames: u32) {
    request_animation_frame(move || {
        if heading.is_connected() {
            let _ = heading.focus();
        } else if frames > 0 {
            focus_when_shown(heading, frames - 1);
        }
    });
}

/// The one `h1` of a page. Its words do not change while it stands there: the document's title outlives the parts of
/// a page that are drawn anew, and a signal of theirs would be gone.
#[component]
pub fn PageTitle(
    /// Its words.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    let element = NodeRef::<html::H1>::new();
    let navigation = expect_context::<Navigation>();
    let location = use_location();
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(heading) = element.get() else {
            return false;
        };
        let search = location.search.get_untracked();
        let address = format!("{}?{search}", location.pathname.get_untracked());
        if navigation.takes_focus(address) {
            focus_when_shown(heading, FRAMES);
        }
        true
    });
    view! {
        <Title text=title.clone()/>
        <h1 node_ref=element tabindex="-1">
            {title}
        </h1>
    }
}
