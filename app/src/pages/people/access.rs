//! What somebody may do in the console, and how they get a password of their own.

use crate::api::ApiError;
use crate::api::access::{access, invite_account, save_access};
use crate::components::{
    Choice, ChoicesMenu, ErrorBox, FieldError, SelectField, SkeletonRows, use_announcer,
    use_form_submission,
};
use crate::tr;
use convoke_domain::view::{AccessForm, AccessView, Choice as NamedChoice};
use convoke_domain::{Channel, GroupId, Role, UserId, UserState};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The card on a person's page.
#[component]
pub fn Access(
    /// Whose.
    id: UserId,
    /// The groups of the organisation.
    groups: Vec<NamedChoice<GroupId>>,
    /// Whether they are active: nobody who is not can sign in.
    active: RwSignal<bool>,
) -> impl IntoView {
    let loaded = Resource::new(|| (), move |()| access(id));
    let groups = StoredValue::new(groups);
    view! {
        <section class="card person-access" aria-labelledby="person-access">
            <h2 id="person-access" class="card-title">{tr!("access-title")}</h2>
            <Suspense fallback=|| view! { <SkeletonRows rows=2/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <AccessCard id view groups active/> }.into_any(),
                        Err(error) => {
                            view! { <ErrorBox error on_retry=move |()| loaded.refetch()/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </section>
    }
}

#[component]
fn AccessCard(
    id: UserId,
    view: AccessView,
    groups: StoredValue<Vec<NamedChoice<GroupId>>>,
    active: RwSignal<bool>,
) -> impl IntoView {
    let state = RwSignal::new(view.state);
    let stands = move || {
        if !active.get() {
            return tr!("access-inactive");
        }
        match state.get() {
            UserState::Created => tr!("access-created"),
            UserState::Invited => tr!("access-invited"),
            // Brought back here a moment ago: then they are what they were.
            UserState::Active | UserState::Inactive => tr!("access-active"),
        }
    };
    let is_reader = view.is_reader;
    let invite = (!is_reader)
        .then(|| view! { <Invite id state active can_be_reached=view.can_be_reached/> });
    let right = if is_reader {
        view! { <p class="muted">{role_words(view.form.role)} ". " {tr!("access-own")}</p> }
            .into_any()
    } else {
        view! { <Right id form=view.form groups/> }.into_any()
    };
    view! {
        <p>{stands}</p>
        {invite}
        {right}
    }
}

fn role_words(role: Role) -> String {
    match role {
        Role::Member => tr!("access-role-member"),
        Role::Authorised => tr!("access-role-authorised"),
        Role::Administrator => tr!("access-role-administrator"),
    }
}

/// The button that sends the link.
#[component]
fn Invite(
    id: UserId,
    state: RwSignal<UserState>,
    active: RwSignal<bool>,
    can_be_reached: bool,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);
    let announcer = use_announcer();
    if !can_be_reached {
        return view! { <p class="muted">{tr!("access-unreachable")}</p> }.into_any();
    }
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match invite_account(id).await {
                Ok(invited) => {
                    state.try_set(invited.state);
                    announcer.toast(match invited.channel {
                        Channel::Email => tr!("access-sent-email"),
                        Channel::Sms => tr!("access-sent-sms"),
                    });
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <Show when=move || active.get()>
            <div class="person-access-invite">
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=go
                >
                    {move || match state.get() {
                        UserState::Created => tr!("access-invite"),
                        UserState::Invited => tr!("access-invite-again"),
                        UserState::Active | UserState::Inactive => tr!("access-new-password"),
                    }}
                </button>
                <p class="field-help">{tr!("access-invite-help")}</p>
            </div>
        </Show>
        {move || failure.get().map(|error| view! { <ErrorBox error/> })}
    }
    .into_any()
}

/// What they may do.
#[component]
fn Right(
    id: UserId,
    form: AccessForm,
    groups: StoredValue<Vec<NamedChoice<GroupId>>>,
) -> impl IntoView {
    let role = RwSignal::new(form.role.to_string());
    let scope = RwSignal::new(form.scope);
    let submission = use_form_submission();
    let announcer = use_announcer();
    let typed = Memo::new(move |_| AccessForm {
        role: role.get().parse().unwrap_or(Role::Member),
        scope: scope.get(),
    });
    submission.forgive(typed);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        submission.send(
            Vec::new(),
            || save_access(id, typed.get_untracked()),
            move |()| announcer.toast(tr!("access-saved")),
        );
    };
    let is_authorised = Memo::new(move |_| typed.with(|form| form.role == Role::Authorised));
    let choices = Memo::new(move |_| {
        let chosen = scope.get();
        groups.with_value(|all| {
            let choices = all.iter().map(|choice| Choice::of(choice, &chosen));
            choices.collect::<Vec<_>>()
        })
    });
    let toggle = move |place: usize| {
        if let Some(id) = groups.with_value(|all| all.get(place).map(|group| group.id)) {
            scope.update(|scope| match scope.iter().position(|other| *other == id) {
                Some(at) => {
                    scope.remove(at);
                }
                None => scope.push(id),
            });
        }
    };
    let roles = Role::ALL
        .iter()
        .map(|role| (role.to_string(), role_words(*role)))
        .collect();
    let help = move || match typed.with(|form| form.role) {
        Role::Member => tr!("access-role-member-help"),
        Role::Authorised => tr!("access-role-authorised-help"),
        Role::Administrator => tr!("access-role-administrator-help"),
    };
    view! {
        <form class="person-access-right" method="post" novalidate node_ref=submission.form on:submit=submit>
            <SelectField id="role" label=tr!("access-role") value=role options=roles
                error=submission.error_at("role")/>
            <p class="field-help" role="status">{help}</p>
            <Show when=move || is_authorised.get()>
                <div class="field">
                    <span class="field-label">{tr!("access-scope")}</span>
                    <ChoicesMenu
                        name=tr!("access-scope")
                        everything=tr!("person-no-group")
                        choices
                        on_toggle=toggle
                        on_clear=move |()| scope.set(Vec::new())
                    />
                    <FieldError id="scope" error=submission.error_at("scope")/>
                </div>
            </Show>
            {submission.failed()}
            <div>
                <button
                    type="submit"
                    class="button"
                    disabled=move || !submission.is_alive()
                    aria-disabled=move || submission.is_busy().then_some("true")
                >
                    {move || {
                        if submission.is_busy() {
                            tr!("training-saving")
                        } else {
                            tr!("access-save")
                        }
                    }}
                </button>
            </div>
        </form>
    }
}
