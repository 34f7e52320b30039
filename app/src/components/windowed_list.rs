//! Long lists: [`WindowedList`] draws the rows that are on screen and a few more, whatever the length of the list;
//! [`WindowedRows`] loads them page by page and keeps a few pages.
//!
//! ```ignore
//! let rows = WindowedRows::new(move |range| people_list(query.get_untracked(), range));
//! Effect::new(move |_| { query.track(); version.track(); rows.refetch(); });
//! view! {
//!     <WindowedList
//!         total=rows.total()
//!         on_rows=rows.on_rows()
//!         row=move |index| {
//!             let person = rows.row(index);
//!             view! {
//!                 <div class="windowed-row" role="listitem" aria-setsize=rows.total() aria-posinset=index + 1>
//!                     {move || person.get().map(|p| p.first_name)}
//!                 </div>
//!             }.into_any()
//!         }
//!         attr:role="list" attr:aria-label="People" attr:tabindex="0"
//!     />
//! }
//! ```
//!
//! The height of a row is the custom property `--row-height` (pixels) at the list: style sheets decide, also per
//! device. Sizes are written by script and not into the HTML, so a content security policy needs no inline styles.

use crate::api::ApiError;
use crate::state::list_window::{ListWindow, Rows};
use crate::state::page_cache::PageCache;
use convoke_domain::view::{Range, Window};
use leptos::html::Div;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Pages that [`WindowedRows`] keeps.
const KEPT_PAGES: usize = 12;

/// Rows drawn beyond each edge of the screen.
const OVERSCAN: u32 = 4;

/// What is assumed before the list has been measured, in pixels: the server and the first render of the browser agree.
const FIRST_VIEWPORT: f64 = 640.0;
const FIRST_ROW_HEIGHT: f64 = 50.0;

/// How long the scroll bar rests after a jump before the rows there are asked for.
const REST: Duration = Duration::from_millis(90);

type Fetch<T> = Arc<
    dyn Fn(Range) -> Pin<Box<dyn Future<Output = Result<Window<T>, ApiError>> + Send>>
        + Send
        + Sync,
>;

/// The rows of a long list on the server, loaded as they come on screen. A handle: copies are the same list.
pub struct WindowedRows<T: Send + Sync + 'static> {
    cache: RwSignal<PageCache<T>>,
    rows: RwSignal<Rows>,
    error: RwSignal<Option<ApiError>>,
    fetch: StoredValue<Fetch<T>>,
}

impl<T: Send + Sync + 'static> Clone for WindowedRows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for WindowedRows<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> WindowedRows<T> {
    /// A list whose rows `fetch` brings. Nothing is asked for before a [`WindowedList`] says which rows it shows, or
    /// [`Self::refetch`] is called.
    pub fn new<F, Fut>(fetch: F) -> Self
    where
        F: Fn(Range) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Window<T>, ApiError>> + Send + 'static,
    {
        Self {
            cache: RwSignal::new(PageCache::new(KEPT_PAGES)),
            rows: RwSignal::new(Rows::default()),
            error: RwSignal::new(None),
            fetch: StoredValue::new(Arc::new(move |range| Box::pin(fetch(range)))),
        }
    }

    /// Takes rows that came by another way (with the page, or with the other blocks) as the present ones, in place of a request.
    pub fn preload(self, window: Window<T>) {
        self.cache.update(|cache| {
            cache.invalidate();
            #[allow(clippy::cast_possible_truncation, reason = "a window has few rows")]
            let range = Range::new(window.offset, window.rows.len() as u32);
            let version = cache.version();
            cache.arrived(version, range, window);
        });
        self.ask();
    }

    /// The list has changed: what is on screen is asked for anew and stays until the answer comes.
    pub fn refetch(self) {
        self.cache.update_untracked(PageCache::invalidate);
        self.ask();
    }

    /// Length of the list; 0 before the first answer.
    pub fn total(self) -> Signal<u32> {
        Signal::derive(move || self.cache.with(|cache| cache.total().unwrap_or(0)))
    }

    /// Whether an answer has come: an empty list is only then an empty list.
    pub fn loaded(self) -> Signal<bool> {
        Signal::derive(move || self.cache.with(|cache| cache.total().is_some()))
    }

    /// Why the last request brought nothing, until one does.
    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error.into()
    }

    /// The row at `index`; `None` while it is on its way.
    pub fn row(self, index: u32) -> Memo<Option<T>> {
        Memo::new(move |_| self.cache.with(|cache| cache.get(index).cloned()))
    }

    /// How many rows stand at the top before the first one that is `other`; `None` as long as the top is not there. Looks at the first `depth` rows.
    pub fn before(self, depth: u32, other: fn(&T) -> bool) -> Option<u32> {
        self.cache.with(|cache| {
            let total = cache.total()?;
            for index in 0..depth.min(total) {
                if other(cache.get(index)?) {
                    return Some(index);
                }
            }
            Some(total)
        })
    }

    /// What a [`WindowedList`] calls when other rows come on screen.
    pub fn on_rows(self) -> Callback<Rows> {
        Callback::new(move |rows| {
            self.rows.set(rows);
            self.ask();
        })
    }

    fn ask(self) {
        let rows = self.rows.get_untracked();
        let Some((version, ranges)) = self
            .cache
            .try_update_untracked(|cache| (cache.version(), cache.ask(rows)))
        else {
            return;
        };
        for range in ranges {
            let answer = self.fetch.with_value(|fetch| fetch(range));
            leptos::task::spawn_local(async move {
                let answer = answer.await;
                // The screen may be gone by now.
                match answer {
                    Ok(window) => {
                        let taken = self
                            .cache
                            .try_update(|cache| cache.arrived(version, range, window));
                        if taken == Some(true) {
                            self.error.try_set(None);
                            // The list may have become shorter than what was asked for, or longer than known.
                            self.ask();
                        }
                    }
                    Err(error) => {
                        self.cache
                            .try_update_untracked(|cache| cache.failed(version, range));
                        self.error.try_set(Some(error));
                    }
                }
            });
        }
    }
}

/// A row that has to be brought on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// The row.
    pub index: u32,
    /// A new number for each request, so that the same row can be asked for again.
    pub request: u32,
}

/// A scrolled list of `total` rows of equal height, of which only those near the screen are in the document.
///
/// `row` renders the whole element of a row, with the class `windowed-row`, its role and `aria-setsize` /
/// `aria-posinset`; it is called once per row that comes near the screen. Further attributes and listeners
/// (`attr:role`, `on:keydown`) go to the scrolled element.
#[component]
pub fn WindowedList<F>(
    /// Length of the list.
    #[prop(into)]
    total: Signal<u32>,
    /// Renders the row at an index.
    row: F,
    /// Told which rows are drawn, first and then whenever they change.
    #[prop(optional, into)]
    on_rows: Option<Callback<Rows>>,
    /// A row to scroll to, no further than needed.
    #[prop(optional)]
    reveal: Option<RwSignal<Option<Reveal>>>,
    /// Told how many rows fit on the screen, for Page Up and Page Down.
    #[prop(optional, into)]
    on_page_rows: Option<Callback<u32>>,
    /// The scrolled element.
    #[prop(optional)]
    node_ref: Option<NodeRef<Div>>,
    /// Whether a screenful of rows stays in the document when the list is shorter, so that it grows again at no cost. `row` has to hide those beyond the end;
    /// of a list with no row at all they are hidden from readers of the screen, and something has to lie over them.
    #[prop(optional)]
    spare_rows: bool,
) -> impl IntoView
where
    F: Fn(u32) -> AnyView + Clone + Send + Sync + 'static,
{
    let root: NodeRef<Div> = node_ref.unwrap_or_default();
    let canvas = NodeRef::<Div>::new();
    let layer = NodeRef::<Div>::new();
    let scroll_top = RwSignal::new(0.0);
    let viewport = RwSignal::new(FIRST_VIEWPORT);
    let row_height = RwSignal::new(FIRST_ROW_HEIGHT);

    let window = Memo::new(move |_| ListWindow {
        total: total.get(),
        row_height: row_height.get(),
        viewport: viewport.get(),
        scroll_top: scroll_top.get(),
        overscan: OVERSCAN,
    });
    let rows = Memo::new(move |_| window.get().rows());
    let drawn = Memo::new(move |_| {
        let window = window.get();
        if spare_rows {
            window.rows_and_spare()
        } else {
            window.rows()
        }
    });
    let layer_top = Memo::new(move |_| window.get().layer_top());
    let canvas_height = Memo::new(move |_| window.get().canvas_height());

    let measure = move || {
        let Some(root) = root.try_get_untracked().flatten() else {
            return;
        };
        let height = f64::from(root.client_height());
        if height > 0.0 {
            set_if_new(viewport, height);
        }
        let styled = web_sys::window()
            .and_then(|w| w.get_computed_style(&root).ok().flatten())
            .and_then(|style| style.get_property_value("--row-height").ok())
            .and_then(|value| value.trim().trim_end_matches("px").parse::<f64>().ok())
            .filter(|value| *value > 0.0);
        if let Some(styled) = styled {
            set_if_new(row_height, styled);
        }
        set_if_new(scroll_top, f64::from(root.scroll_top()));
    };

    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        measure();
        let changed = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&root);
            let kept = StoredValue::new_local((observer, changed));
            on_cleanup(move || {
                kept.try_with_value(|(observer, _)| observer.disconnect());
            });
        }
    });
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get() {
            set_style(&canvas, "height", &format!("{}px", canvas_height.get()));
        }
    });
    Effect::new(move |_| {
        if let Some(layer) = layer.get() {
            set_style(
                &layer,
                "transform",
                &format!("translateY({}px)", layer_top.get()),
            );
        }
    });
    if let Some(on_rows) = on_rows {
        tell_rows(rows, on_rows);
    }
    if let Some(on_page_rows) = on_page_rows {
        let page = Memo::new(move |_| window.get().page_rows());
        Effect::new(move |_| on_page_rows.run(page.get()));
    }
    if let Some(reveal) = reveal {
        Effect::new(move |_| {
            let (Some(reveal), Some(root), Some(canvas)) =
                (reveal.get(), root.get_untracked(), canvas.get_untracked())
            else {
                return;
            };
            // The row may be one of a list that has just grown.
            set_style(
                &canvas,
                "height",
                &format!("{}px", canvas_height.get_untracked()),
            );
            if let Some(to) = window.get_untracked().scroll_to_show(reveal.index) {
                #[allow(clippy::cast_possible_truncation, reason = "at most MAX_CANVAS")]
                root.set_scroll_top(to.round() as i32);
                scroll_top.set(f64::from(root.scroll_top()));
            }
        });
    }

    view! {
        <div
            class="windowed"
            node_ref=root
            on:scroll=move |_| {
                if let Some(root) = root.get_untracked() {
                    set_if_new(scroll_top, f64::from(root.scroll_top()));
                }
            }
        >
            <div class="windowed-canvas" role="presentation" node_ref=canvas>
                <div
                    class="windowed-layer"
                    role="presentation"
                    aria-hidden=move || (spare_rows && total.get() == 0).then_some("true")
                    node_ref=layer
                >
                    <For each=move || { let drawn = drawn.get(); drawn.first..drawn.end() } key=|index| *index children=row />
                </div>
            </div>
        </div>
    }
}

/// Tells which rows are drawn; while the scroll bar is dragged through the list only when it comes to rest, so that
/// not every place it passes is asked for.
fn tell_rows(rows: Memo<Rows>, on_rows: Callback<Rows>) {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let told = StoredValue::new(None::<Rows>);
    let stop = move || {
        if let Some(handle) = pending.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(stop);
    let tell = move |rows: Rows| {
        told.set_value(Some(rows));
        on_rows.run(rows);
    };
    Effect::new(move |_| {
        let rows = rows.get();
        stop();
        if told.get_value().is_some_and(|told| told.is_far_from(rows)) {
            let handle = set_timeout_with_handle(move || tell(rows), REST);
            pending.set_value(handle.ok());
        } else {
            tell(rows);
        }
    });
}

fn set_if_new(signal: RwSignal<f64>, value: f64) {
    if signal
        .try_get_untracked()
        .is_some_and(|old| (old - value).abs() > f64::EPSILON)
    {
        signal.set(value);
    }
}

/// Writes a style by script, which a content security policy does not hold back.
pub fn set_style(element: &web_sys::HtmlElement, property: &str, value: &str) {
    // Only an unknown property name fails.
    let _ = element.style().set_property(property, value);
}
