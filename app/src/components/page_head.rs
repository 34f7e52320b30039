//! The heading of a page: it names the document and takes the focus after a navigation, so that people who
//! cannot see the change hear it.

use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// Which page had the focus last; from the context, made once in `App`.
#[derive(Clone, Copy)]
pub struct Navigation {
    path: StoredValue<Option<String>>,
}

impl Navigation {
    /// Puts it into the context.
    pub fn provide() {
        provide_context(Self {
            path: StoredValue::new(None),
        });
    }

    /// Whether `path` is another page than the last one; the page that was loaded first is not.
    fn arrived_at(self, path: String) -> bool {
        let is_new = self
            .path
            .with_value(|last| last.as_ref().is_some_and(|last| *last != path));
        self.path.set_value(Some(path));
        is_new
    }
}

/// The one `h1` of a page.
#[component]
pub fn PageTitle(
    /// Its words.
    #[prop(into)]
    title: Signal<String>,
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
        if navigation.arrived_at(location.pathname.get_untracked()) {
            let _ = heading.focus();
        }
        true
    });
    view! {
        <Title text=move || title.get()/>
        <h1 node_ref=element tabindex="-1">
            {move || title.get()}
        </h1>
    }
}
