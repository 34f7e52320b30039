//! Groups and user types: which there are, and what they are called.

use crate::api::ApiError;
use crate::api::people::{
    delete_group, delete_user_type, people_choices, save_group, save_user_type,
};
use crate::components::{
    ErrorBox, PageTitle, SelectionPanel, SkeletonRows, not_added, use_announcer,
};
use crate::focus;
use crate::language;
use crate::tr;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::{Choice, ValidateOutcome};
use convoke_domain::{GroupId, Refusal, UserTypeId};
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;

/// The page *Groups and user types*.
#[component]
pub fn GroupsPage() -> impl IntoView {
    let loaded = Resource::new(|| (), |()| people_choices());
    let reload = Callback::new(move |()| loaded.refetch());
    let members = Members::new();
    provide_context(members);
    view! {
        <nav class="breadcrumb" aria-label=tr!("people-title")>
            <a href="/people">{tr!("people-title")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("groups-title")/>
                <p class="page-intro">{tr!("groups-lead")}</p>
            </div>
        </div>
        <Transition fallback=|| view! { <div class="card"><SkeletonRows rows=8/></div> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(choices) => {
                        members.give_focus_back();
                        view! {
                            <div class="groups-page">
                                <Names names=choices.groups kind=GROUPS reload/>
                                <Names names=choices.user_types kind=TYPES reload/>
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| loaded.refetch()/> }.into_any()
                    }
                }
            })}
        </Transition>
        <MembersPanel members reload/>
    }
}

/// The group whose members are being chosen.
#[derive(Clone, Copy)]
struct Members {
    group: RwSignal<Option<(GroupId, String)>>,
    open: RwSignal<bool>,
    /// The group whose row gets the focus once the list is drawn again.
    back: StoredValue<Option<GroupId>>,
}

impl Members {
    fn new() -> Self {
        Self {
            group: RwSignal::new(None),
            open: RwSignal::new(false),
            back: StoredValue::new(None),
        }
    }

    fn give_focus_back(self) {
        if let Some(group) = self.back.try_update_value(Option::take).flatten() {
            focus::catch(format!("#{} button", row_id(GROUPS.word, group)));
        }
    }

    fn choose(self, group: GroupId, name: String) {
        self.group.set(Some((group, name)));
        self.open.set(true);
    }
}

/// The panel in which the members of a group are chosen.
#[component]
fn MembersPanel(members: Members, reload: Callback<()>) -> impl IntoView {
    let announcer = use_announcer();
    let validated = move |group: GroupId, outcome: ValidateOutcome| {
        let mut said = tr!(
            "groups-members-chosen",
            added = outcome.added,
            removed = outcome.removed
        );
        if let Some(left_out) = not_added(&outcome.not_added) {
            said = format!("{said} {left_out}");
        }
        announcer.toast(said);
        members.back.set_value(Some(group));
        reload.run(());
    };
    move || {
        members.group.get().map(|(group, name)| {
            view! {
                <SelectionPanel
                    list=PeopleList::Members(group)
                    title=tr!("panel-title-members", group = name)
                    open=members.open
                    on_validated=move |outcome| validated(group, outcome)
                />
            }
        })
    }
}

/// The id of a row in the document.
fn row_id<Id: std::fmt::Display>(word: &str, id: Id) -> String {
    format!("names-{word}-{id}")
}

type Done = Pin<Box<dyn Future<Output = Result<(), ApiError>>>>;

/// What is called something: groups or user types.
struct Kind<Id: 'static> {
    /// Part of ids in the document.
    word: &'static str,
    title: fn() -> String,
    add: fn() -> String,
    empty: fn() -> String,
    /// What is asked before one is taken away, or why it cannot be.
    ask: fn(u32) -> String,
    /// Whether one that so many people have can be taken away.
    deletable: fn(u32) -> bool,
    save: fn(Option<Id>, String) -> Done,
    delete: fn(Id) -> Done,
    /// Chooses who has it, where that can be done here.
    members: Option<fn(Members, Id, String)>,
}

impl<Id> Clone for Kind<Id> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<Id> Copy for Kind<Id> {}

const GROUPS: Kind<GroupId> = Kind {
    word: "groups",
    title: || tr!("filter-groups"),
    add: || tr!("groups-add"),
    empty: || tr!("groups-empty"),
    ask: |people| tr!("groups-delete-ask", count = people),
    deletable: |_| true,
    save: |id, name| Box::pin(async move { save_group(id, name).await.map(|_| ()) }),
    delete: |id| Box::pin(delete_group(id)),
    members: Some(Members::choose),
};

const TYPES: Kind<UserTypeId> = Kind {
    word: "types",
    title: || tr!("filter-types"),
    add: || tr!("types-add"),
    empty: || tr!("groups-empty"),
    ask: |people| tr!("types-delete-ask", count = people),
    deletable: |people| people == 0,
    save: |id, name| Box::pin(async move { save_user_type(id, name).await.map(|_| ()) }),
    delete: |id| Box::pin(delete_user_type(id)),
    members: None,
};

/// A list of names, with a box for another one.
#[component]
fn Names<Id>(names: Vec<Choice<Id>>, kind: Kind<Id>, reload: Callback<()>) -> impl IntoView
where
    Id: Copy + std::fmt::Display + Send + Sync + 'static,
{
    let heading = format!("{}-title", kind.word);
    let labelled = heading.clone();
    let rows: Vec<AnyView> = names
        .into_iter()
        .map(|choice| view! { <Name choice kind reload/> }.into_any())
        .collect();
    let none = rows.is_empty();
    view! {
        <section class="card names" aria-labelledby=labelled>
            <h2 class="names-title" id=heading>{(kind.title)()}</h2>
            {none.then(|| view! { <p class="muted names-none">{(kind.empty)()}</p> })}
            <ul class="names-list">{rows}</ul>
            <NameForm kind id=None initial=String::new() label=(kind.add)() reload on_cancel=None/>
        </section>
    }
}

/// A name with its number of people, and what can be done with it.
#[component]
fn Name<Id>(choice: Choice<Id>, kind: Kind<Id>, reload: Callback<()>) -> impl IntoView
where
    Id: Copy + std::fmt::Display + Send + Sync + 'static,
{
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Doing {
        Nothing,
        Renaming,
        Deleting,
    }
    let Choice { id, name, users } = choice;
    let doing = RwSignal::new(Doing::Nothing);
    let row = row_id(kind.word, id);
    let members: Members = expect_context();
    // The button that was pressed is gone: the focus goes on in the row.
    let go = {
        let row = row.clone();
        move |next: Doing| {
            doing.set(next);
            let first = if next == Doing::Renaming {
                "input"
            } else {
                "button"
            };
            focus::go_to(format!("#{row} {first}"));
        }
    };
    let go = StoredValue::new(go);
    let go = move |next: Doing| go.with_value(|go| go(next));
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);
    let announcer = use_announcer();
    let delete = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = (kind.delete)(id).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    announcer.toast(tr!("groups-deleted"));
                    reload.run(());
                    focus::catch("h1".to_owned());
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    let shown = name.clone();
    let label = {
        let name = name.clone();
        move |key: &str| convoke_texts::text(language(), key, &[("name", name.as_str().into())])
    };
    view! {
        <li class="names-row" id=row>
            {move || match doing.get() {
                Doing::Nothing => {
                    view! {
                        <span class="names-name">{shown.clone()}</span>
                        <span class="names-people">{tr!("people-count", count = users)}</span>
                        <span class="names-actions">
                            {kind
                                .members
                                .map(|choose| {
                                    let name = shown.clone();
                                    view! {
                                        <button
                                            type="button"
                                            class="link-button"
                                            aria-label=label("groups-members-of")
                                            on:click=move |_| choose(members, id, name.clone())
                                        >
                                            {tr!("groups-members")}
                                        </button>
                                    }
                                })}
                            <button
                                type="button"
                                class="link-button"
                                aria-label=label("groups-rename-of")
                                on:click=move |_| go(Doing::Renaming)
                            >
                                {tr!("groups-rename")}
                            </button>
                            <button
                                type="button"
                                class="link-button"
                                aria-label=label("groups-delete-of")
                                on:click=move |_| go(Doing::Deleting)
                            >
                                {tr!("groups-delete")}
                            </button>
                        </span>
                    }
                        .into_any()
                }
                Doing::Renaming => {
                    let cancel = Callback::new(move |()| go(Doing::Nothing));
                    view! {
                        <NameForm
                            kind
                            id=Some(id)
                            initial=shown.clone()
                            label=label("groups-rename-of")
                            reload
                            on_cancel=Some(cancel)
                        />
                    }
                        .into_any()
                }
                Doing::Deleting => {
                    view! {
                        <span class="names-ask">
                            <strong>{shown.clone()}</strong>
                            {" – "}
                            {(kind.ask)(users)}
                        </span>
                        <button
                            type="button"
                            class="button button-small"
                            on:click=move |_| go(Doing::Nothing)
                        >
                            {tr!("panel-cancel")}
                        </button>
                        {(kind.deletable)(users)
                            .then(|| {
                                view! {
                                    <button
                                        type="button"
                                        class="button button-small button-danger"
                                        aria-label=label("groups-delete-of")
                                        aria-disabled=move || busy.get().then_some("true")
                                        on:click=move |_| delete()
                                    >
                                        {tr!("groups-delete")}
                                    </button>
                                }
                            })}
                        {move || failure.get().map(|error| view! { <ErrorBox error/> })}
                    }
                        .into_any()
                }
            }}
        </li>
    }
}

/// A box for a name: of one that is there, or of a new one.
#[component]
fn NameForm<Id>(
    kind: Kind<Id>,
    id: Option<Id>,
    initial: String,
    label: String,
    reload: Callback<()>,
    on_cancel: Option<Callback<()>>,
) -> impl IntoView
where
    Id: Copy + std::fmt::Display + Send + Sync + 'static,
{
    let name = RwSignal::new(initial.clone());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let input = NodeRef::<Input>::new();
    let announcer = use_announcer();
    let renaming = id.is_some();
    Effect::new(move |_| {
        if renaming && let Some(input) = input.get() {
            input.select();
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let typed = name.get_untracked();
            let answer = (kind.save)(id, typed).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    announcer.toast(tr!("groups-saved"));
                    reload.run(());
                    // On with the next one.
                    let box_below = format!("#{}-title ~ .names-form input", kind.word);
                    focus::catch(if renaming { "h1".to_owned() } else { box_below });
                }
                Err(refused) => {
                    let sentence = match &refused {
                        ApiError::Refused(Refusal::Invalid(_)) => {
                            refused.at_field(language(), "name")
                        }
                        _ => None,
                    };
                    let sentence = sentence.unwrap_or_else(|| refused.sentence(language()));
                    announcer.announce(sentence.clone());
                    error.try_set(Some(sentence));
                    if let Some(input) = input.try_get_untracked().flatten() {
                        let _ = input.focus();
                    }
                }
            }
        });
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(cancel) = on_cancel
        {
            event.prevent_default();
            cancel.run(());
        }
    };
    view! {
        <form class="names-form" method="post" novalidate on:submit=submit on:keydown=key>
            <input
                node_ref=input
                type="text"
                class="input"
                autocomplete="off"
                aria-label=label.clone()
                placeholder=label
                value=initial
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:input:target=move |event| name.set(event.target().value())
            />
            <button type="submit" class="button" aria-disabled=move || busy.get().then_some("true")>
                {if renaming { tr!("training-save") } else { tr!("groups-add-button") }}
            </button>
            {on_cancel
                .map(|cancel| {
                    view! {
                        <button type="button" class="button" on:click=move |_| cancel.run(())>
                            {tr!("panel-cancel")}
                        </button>
                    }
                })}
            {move || error.get().map(|error| view! { <p class="field-error">{error}</p> })}
        </form>
    }
}
