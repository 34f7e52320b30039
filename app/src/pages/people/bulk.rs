//! What is done with several people at once: they join and leave groups, or are invited to choose a password.

use super::bulk_invite::InviteAll;
use crate::api::ApiError;
use crate::api::people::change_members;
use crate::components::{Dialog, DialogKind, ErrorBox, use_announcer};
use crate::focus;
use crate::language;
use crate::number::grouped;
use crate::state::ticks::Ticks;
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::{Choice, MembersChange, PeopleChoice};
use convoke_domain::{GroupId, UserId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The ticked people of the list, and what the list was narrowed by.
#[derive(Clone, Copy)]
pub struct Ticked {
    /// Who.
    pub ticks: RwSignal<Ticks<UserId>>,
    /// How many match as typed.
    pub matching: Memo<u32>,
    /// The filters of the list.
    pub filter: RwSignal<Filter>,
}

impl Ticked {
    /// How many are ticked.
    pub fn count(self) -> u32 {
        let matching = self.matching.get();
        self.ticks.with(|ticks| ticks.count(matching))
    }

    /// Ticks nobody. The bar goes away, and the focus that was in it to the list.
    pub fn nobody(self) {
        self.ticks.try_set(Ticks::default());
        focus::catch(".people-list .windowed".to_owned());
    }

    /// They, as the server understands it.
    pub fn people(self) -> PeopleChoice {
        match self.ticks.get_untracked() {
            Ticks::These(ids) => PeopleChoice::These(ids.into_iter().collect()),
            Ticks::AllBut(ids) => {
                PeopleChoice::Matching(self.filter.get_untracked(), ids.into_iter().collect())
            }
        }
    }
}

/// Whether people join or leave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Join,
    Leave,
}

/// The bar that stands above the list while anybody is ticked.
#[component]
pub fn BulkBar(
    ticked: Ticked,
    groups: Vec<Choice<GroupId>>,
    on_done: Callback<()>,
) -> impl IntoView {
    let any = Memo::new(move |_| ticked.count() > 0);
    let open = RwSignal::new(false);
    let inviting = RwSignal::new(false);
    let way = RwSignal::new(Way::Join);
    let begin = move |wanted: Way| {
        way.set(wanted);
        open.set(true);
    };
    let groups = StoredValue::new(groups);
    let title = Signal::derive(move || {
        let count = ticked.count();
        let shown = grouped(count, language());
        match way.get() {
            Way::Join => tr!("bulk-join-title", count = count, shown = shown),
            Way::Leave => tr!("bulk-leave-title", count = count, shown = shown),
        }
    });
    let invite_title = Signal::derive(move || {
        let count = ticked.count();
        tr!(
            "bulk-invite-title",
            count = count,
            shown = grouped(count, language())
        )
    });
    view! {
        <Show when=move || any.get()>
            <div class="bulk-bar" role="group" aria-label=tr!("bulk-title")>
                <strong class="bulk-count">
                    {move || {
                        let count = ticked.count();
                        tr!("panel-said-selected", count = count, shown = grouped(count, language()))
                    }}
                </strong>
                <button type="button" class="button button-small" on:click=move |_| begin(Way::Join)>
                    {tr!("bulk-join")}
                </button>
                <button type="button" class="button button-small" on:click=move |_| begin(Way::Leave)>
                    {tr!("bulk-leave")}
                </button>
                <button type="button" class="button button-small" on:click=move |_| inviting.set(true)>
                    {tr!("bulk-invite")}
                </button>
                <button
                    type="button"
                    class="link-button"
                    on:click=move |_| ticked.nobody()
                >
                    {tr!("bulk-none")}
                </button>
            </div>
        </Show>
        <Dialog open title kind=DialogKind::Centre>
            <GroupsOf ticked groups way=way.get_untracked() open on_done/>
        </Dialog>
        <Dialog open=inviting title=invite_title kind=DialogKind::Centre>
            <InviteAll ticked open=inviting on_done/>
        </Dialog>
    }
}

/// The groups that they join or leave.
#[component]
fn GroupsOf(
    ticked: Ticked,
    groups: StoredValue<Vec<Choice<GroupId>>>,
    way: Way,
    open: RwSignal<bool>,
    on_done: Callback<()>,
) -> impl IntoView {
    let chosen = RwSignal::new(Vec::<GroupId>::new());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);
    let announcer = use_announcer();
    let none = groups.with_value(Vec::is_empty);
    let go = move |_| {
        let groups = chosen.get_untracked();
        if busy.get_untracked() || groups.is_empty() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let (join, leave) = match way {
            Way::Join => (groups, Vec::new()),
            Way::Leave => (Vec::new(), groups),
        };
        let change = MembersChange {
            people: ticked.people(),
            join,
            leave,
        };
        spawn_local(async move {
            let answer = change_members(change).await;
            busy.try_set(false);
            match answer {
                Ok(count) => {
                    let shown = grouped(count, language());
                    announcer.toast(match way {
                        Way::Join => tr!("bulk-joined", count = count, shown = shown),
                        Way::Leave => tr!("bulk-left", count = count, shown = shown),
                    });
                    open.try_set(false);
                    ticked.nobody();
                    on_done.run(());
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    let choices = groups.get_value().into_iter().map(|group| {
        view! {
            <label class="check filter-menu-item">
                <input
                    type="checkbox"
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        chosen
                            .update(|chosen| {
                                chosen.retain(|id| *id != group.id);
                                if on {
                                    chosen.push(group.id);
                                }
                            });
                    }
                />
                <span class="filter-menu-name">{group.name}</span>
                <span class="filter-menu-people" aria-hidden="true">
                    {grouped(group.users, language())}
                </span>
            </label>
        }
    });
    view! {
        {none
            .then(|| {
                view! {
                    <p>{tr!("bulk-no-groups")} " " <a href="/people/groups">{tr!("groups-title")}</a></p>
                }
            })}
        <div class="bulk-groups">{choices.collect_view()}</div>
        {move || failure.get().map(|error| view! { <ErrorBox error/> })}
        <div class="dialog-actions">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                {tr!("panel-cancel")}
            </button>
            <button
                type="button"
                class="button button-primary"
                aria-disabled=move || (busy.get() || chosen.with(Vec::is_empty)).then_some("true")
                on:click=go
            >
                {match way {
                    Way::Join => tr!("bulk-join-go"),
                    Way::Leave => tr!("bulk-leave-go"),
                }}
            </button>
        </div>
    }
}
