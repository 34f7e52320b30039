//! Marks of attendance are kept on the device until the server has them, and go there by themselves, whatever page of the console is open
//! ([ADR 22](../../docs/adr/0022-marks-without-network.md)). What waits is one entry of the browser's storage for each cell, under the person who
//! is signed in: ids, what is said, and when.

use crate::api::ApiError;
use crate::components::{Announcer, use_announcer};
use crate::state::marks::{Mark, Marks, Place};
use convoke_domain::{Attendance, Half, HalfDay, InvitationId, TrainingId};
use leptos::prelude::*;

/// The marks that wait or need attention; from the context, made once in `App`. Empty until the page is there.
#[derive(Clone, Copy)]
pub struct WaitingMarks {
    all: RwSignal<Marks>,
    /// What is in the way of those that wait.
    pub line: RwSignal<Line>,
    /// What tabs do when a mark stands, each under a number: one that opens is there before the other is gone.
    #[cfg_attr(
        not(feature = "hydrate"),
        allow(dead_code, reason = "only a browser sends")
    )]
    saved: StoredValue<Vec<Listener>>,
    announcer: StoredValue<Announcer>,
    #[cfg(feature = "hydrate")]
    sender: browser::Sender,
}

/// What is in the way of marks that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    allow(dead_code, reason = "only a browser sends")
)]
pub enum Line {
    /// Nothing: they are on their way.
    Good,
    /// Nobody answers.
    Away,
    /// The server answers that nobody is signed in, or somebody else.
    SignedOut,
    /// The server answers, and does not take them now.
    Refusing,
}

/// A tab's number, and what it does when a mark stands.
type Listener = (u32, Callback<(Place, Mark)>);

/// A cell, what it shall say, and what the server says of it as far as the page knows.
pub type Wish = (Place, Option<Attendance>, Option<Attendance>);

/// The marks of this device.
pub fn waiting_marks() -> WaitingMarks {
    expect_context()
}

impl WaitingMarks {
    /// Puts them into the context, after the announcer.
    pub fn provide() {
        provide_context(Self {
            all: RwSignal::new(Marks::new()),
            line: RwSignal::new(Line::Good),
            saved: StoredValue::new(Vec::new()),
            announcer: StoredValue::new(use_announcer()),
            #[cfg(feature = "hydrate")]
            sender: browser::Sender::new(),
        });
    }

    /// Says what happened.
    pub fn announcer(self) -> Announcer {
        self.announcer.get_value()
    }

    /// Those of a person in a training.
    pub fn of(self, training: TrainingId, invitation: InvitationId) -> Vec<(HalfDay, Mark)> {
        self.all.with(|all| {
            let first = Place {
                training,
                invitation,
                half_day: HalfDay {
                    day: String::new(),
                    half: Half::Morning,
                },
            };
            all.range(first..)
                .take_while(|(place, _)| {
                    place.training == training && place.invitation == invitation
                })
                .map(|(place, mark)| (place.half_day.clone(), mark.clone()))
                .collect()
        })
    }

    /// The one of a cell, without being told when it changes.
    pub fn at(self, place: &Place) -> Option<Mark> {
        self.all.with_untracked(|all| all.get(place).cloned())
    }

    /// Whether there is nothing, neither on its way nor refused; without being told when that changes.
    pub fn is_empty(self) -> bool {
        self.all.with_untracked(Marks::is_empty)
    }

    /// Whether those that wait are shown as waiting.
    pub fn is_stuck(self) -> bool {
        self.line.get() != Line::Good
    }

    /// Does something with all of them.
    pub fn with<T>(self, look: impl FnOnce(&Marks) -> T) -> T {
        self.all.with(look)
    }

    /// How many wait to be sent.
    pub fn waiting(self) -> usize {
        self.all
            .with(|all| all.values().filter(|mark| mark.waits()).count())
    }

    /// Whether some wait because nobody answers.
    pub fn wait_for_network(self) -> bool {
        self.line.get() == Line::Away && self.waiting() > 0
    }

    /// What went wrong in a tab, if it is not said above the page already that nobody answers.
    pub fn unsaid(self, problem: RwSignal<Option<ApiError>>) -> Option<ApiError> {
        problem
            .get()
            .filter(|error| !(matches!(error, ApiError::Transport(_)) && self.wait_for_network()))
    }

    /// As long as the current owner lives, it is told of each mark that stands.
    pub fn on_saved(self, tell: Callback<(Place, Mark)>) {
        let mine = self.saved.try_update_value(|saved| {
            let number = saved.last().map_or(0, |(last, _)| last + 1);
            saved.push((number, tell));
            number
        });
        on_cleanup(move || {
            self.saved
                .try_update_value(|saved| saved.retain(|(number, _)| Some(*number) != mine));
        });
    }

    /// Takes up marks that were made just now, and sends them.
    pub fn say(self, wishes: Vec<Wish>) {
        #[cfg(feature = "hydrate")]
        browser::say(self, wishes);
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, wishes);
    }

    /// Forgets the marks that a look says are not wanted any more.
    pub fn discard(self, is_over: impl Fn(&Place, &Mark) -> bool) {
        let over: Vec<Place> = self.all.with_untracked(|all| {
            all.iter()
                .filter(|(place, mark)| is_over(place, mark))
                .map(|(place, _)| place.clone())
                .collect()
        });
        self.all.update(|all| {
            for place in &over {
                all.remove(place);
                #[cfg(feature = "hydrate")]
                browser::keep(place, None);
            }
        });
    }

    /// Sends what waits, as long as the current owner lives: now, when the network is back, when the page is seen again, and every few seconds.
    #[cfg_attr(
        not(feature = "hydrate"),
        allow(clippy::unused_self, reason = "only a browser sends")
    )]
    pub fn watch(self) {
        #[cfg(feature = "hydrate")]
        browser::watch(self);
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Line, WaitingMarks, Wish};
    use crate::api::presence::mark_presence;
    use crate::me::me;
    use crate::patience::{patient, waited};
    use crate::state::marks::{Mark, Marks, Outcome, Place, next, settled, take_up};
    use crate::tr;
    use futures::future::{Either, select};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use std::collections::BTreeSet;
    use std::time::Duration;
    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
    use web_sys::Storage;
    use web_sys::js_sys::{Array, Date, Function, Promise, Reflect};

    /// So often it is tried again while something waits.
    const BEAT: Duration = Duration::from_secs(4);
    /// A mark that has no answer for so long is shown as waiting.
    const SLOW: Duration = Duration::from_millis(1_500);
    /// What arrives later than so many milliseconds is said to have been saved.
    const LATE: i64 = 3_000;
    /// One tab sends at a time, where browsers have locks; where they have none, the server counts a mark once however often it comes.
    const LOCK: &str = "convoke-marks";

    /// How the sending stands.
    #[derive(Clone, Copy)]
    pub struct Sender {
        sending: StoredValue<bool>,
        again: StoredValue<bool>,
        /// Whether the browser keeps what it is given; in some private windows it does not.
        keeps: StoredValue<bool>,
    }

    impl Sender {
        pub fn new() -> Self {
            Self {
                sending: StoredValue::new(false),
                again: StoredValue::new(false),
                keeps: StoredValue::new(true),
            }
        }
    }

    fn now() -> i64 {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "milliseconds since 1970 are far below 2^53"
        )]
        let now = Date::now() as i64;
        now
    }

    fn storage() -> Option<Storage> {
        window().local_storage().ok().flatten()
    }

    /// What the entries of the person who is signed in begin with.
    fn prefix() -> Option<String> {
        me().map(|person| format!("convoke-mark/{}/", person.user_id))
    }

    /// Everything that is kept.
    fn read() -> Option<Marks> {
        let (storage, prefix) = (storage()?, prefix()?);
        let mut all = Marks::new();
        for n in 0..storage.length().ok()? {
            let Some(key) = storage.key(n).ok().flatten() else {
                continue;
            };
            let place = key.strip_prefix(&prefix).and_then(|id| id.parse().ok());
            let mark = storage.get_item(&key).ok().flatten();
            let mark = mark.and_then(|text| serde_json::from_str::<Mark>(&text).ok());
            if let (Some(place), Some(mark)) = (place, mark) {
                all.insert(place, mark);
            }
        }
        Some(all)
    }

    /// Keeps a mark, or forgets it. Whether the browser did.
    pub fn keep(place: &Place, mark: Option<&Mark>) -> bool {
        let (Some(storage), Some(prefix)) = (storage(), prefix()) else {
            return false;
        };
        let key = format!("{prefix}{place}");
        match mark.map(serde_json::to_string) {
            Some(Ok(text)) => storage.set_item(&key, &text).is_ok(),
            _ => storage.remove_item(&key).is_ok(),
        }
    }

    pub fn say(marks: WaitingMarks, wishes: Vec<Wish>) {
        let at = now();
        marks.all.update(|all| {
            for (n, (place, wanted, seen)) in (0..).zip(wishes) {
                // Of several at once each has its own place in the order.
                take_up(all, place.clone(), wanted, seen, at + n);
                if !keep(&place, all.get(&place)) {
                    marks.sender.keeps.set_value(false);
                }
            }
        });
        send(marks);
    }

    /// What another tab did, too.
    fn refresh(marks: WaitingMarks) {
        if marks.sender.keeps.try_get_value() != Some(true) {
            return;
        }
        let Some(kept) = read() else {
            return;
        };
        let gone: Option<Vec<_>> = marks.all.try_with_untracked(|all| {
            all.iter()
                .filter(|(place, mark)| mark.waits() && !kept.contains_key(place))
                .map(|(place, mark)| (place.clone(), mark.clone()))
                .collect()
        });
        if marks.all.try_with_untracked(|all| *all != kept) == Some(true) {
            // Another tab has sent them.
            for (place, mark) in gone.unwrap_or_default() {
                stands(marks, &place, &mark);
            }
            marks.all.set(kept);
        }
    }

    fn send(marks: WaitingMarks) {
        if marks.sender.sending.get_value() {
            marks.sender.again.set_value(true);
            return;
        }
        marks.sender.sending.set_value(true);
        spawn_local(async move {
            loop {
                alone(marks).await;
                if marks.sender.again.try_update_value(std::mem::take) != Some(true) {
                    break;
                }
            }
            marks.sender.sending.try_set_value(false);
        });
    }

    /// A round, while no other tab has one.
    async fn alone(marks: WaitingMarks) {
        let navigator = window().navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).unwrap_or_default();
        let request = Reflect::get(&locks, &"request".into())
            .ok()
            .and_then(|request| request.dyn_into::<Function>().ok());
        let Some(request) = request else {
            round(marks).await;
            return;
        };
        let work = Closure::once(move |_: JsValue| -> Promise {
            wasm_bindgen_futures::future_to_promise(async move {
                round(marks).await;
                Ok(JsValue::UNDEFINED)
            })
        });
        let arguments = Array::of2(&LOCK.into(), work.as_ref());
        if let Ok(done) = Reflect::apply(&request, &locks, &arguments)
            && let Ok(done) = done.dyn_into::<Promise>()
        {
            let _ = wasm_bindgen_futures::JsFuture::from(done).await;
        }
    }

    /// Sends what waits, one after the other, until nobody answers.
    async fn round(marks: WaitingMarks) {
        refresh(marks);
        let mut tried = BTreeSet::new();
        let mut late = 0;
        while let Some(Some((place, sent))) = marks.all.try_with_untracked(|all| next(all, &tried))
        {
            tried.insert((place.clone(), sent.at));
            let outcome = tell(marks, &place, &sent).await;
            turn(
                marks,
                match outcome {
                    Outcome::Saved | Outcome::Attention(_) => Line::Good,
                    Outcome::Later => Line::Refusing,
                    Outcome::Away => Line::Away,
                    Outcome::SignedOut => Line::SignedOut,
                },
            );
            if outcome == Outcome::Saved {
                late += usize::from(now() - sent.at > LATE);
                stands(marks, &place, &sent);
            }
            settle(marks, &place, &sent, &outcome);
            if matches!(outcome, Outcome::Away | Outcome::SignedOut) {
                break;
            }
        }
        let nothing_waits = marks
            .all
            .try_with_untracked(|all| all.values().all(|mark| !mark.waits()));
        if nothing_waits == Some(true) {
            turn(marks, Line::Good);
        }
        if late > 0 {
            marks.announcer().toast(tr!("marks-saved", count = late));
        }
    }

    /// Tells the tab, before the mark goes: so its cell does not show for a moment what was before.
    fn stands(marks: WaitingMarks, place: &Place, mark: &Mark) {
        for (_, tell) in marks.saved.try_get_value().unwrap_or_default() {
            tell.run((place.clone(), mark.clone()));
        }
    }

    /// Tells those who look only where something changes.
    fn turn(marks: WaitingMarks, line: Line) {
        if marks.line.try_with_untracked(|old| *old != line) == Some(true) {
            marks.line.set(line);
        }
    }

    async fn tell(marks: WaitingMarks, place: &Place, sent: &Mark) -> Outcome {
        let call = mark_presence(
            place.training,
            place.invitation,
            place.half_day.clone(),
            sent.wanted,
            Some(sent.seen(now())),
            me().map(|person| person.user_id),
        );
        let call = std::pin::pin!(patient(call));
        let answer = match select(call, std::pin::pin!(waited(SLOW))).await {
            Either::Left((answer, _)) => answer,
            Either::Right(((), call)) => {
                turn(marks, Line::Away);
                call.await
            }
        };
        Outcome::of(&answer)
    }

    fn settle(marks: WaitingMarks, place: &Place, sent: &Mark, outcome: &Outcome) {
        marks.all.try_update(|all| {
            let before = all.get(place);
            let after = settled(before, sent, outcome);
            if before == after.as_ref() {
                return;
            }
            keep(place, after.as_ref());
            match after {
                Some(mark) => all.insert(place.clone(), mark),
                None => all.remove(place),
            };
        });
    }

    pub fn watch(marks: WaitingMarks) {
        let look = move || {
            refresh(marks);
            if marks
                .all
                .with_untracked(|all| all.values().any(Mark::waits))
            {
                send(marks);
            }
        };
        // Effects run in the browser only, after hydration.
        Effect::new(move |_| {
            look();
            let beat = set_interval_with_handle(look, BEAT);
            let heard = ["online", "visibilitychange", "pageshow"]
                .map(|name| window_event_listener_untyped(name, move |_| look()));
            // Another tab has made or sent some.
            let other = window_event_listener_untyped("storage", move |_| refresh(marks));
            on_cleanup(move || {
                if let Ok(beat) = beat {
                    beat.clear();
                }
                for listener in heard {
                    listener.remove();
                }
                other.remove();
            });
        });
    }
}
