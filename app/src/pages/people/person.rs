//! One person of the directory: a form, the trainings they are on the list of, and whether they are active.

use super::access::Access;
use super::breadcrumb;
use super::opt_out::OptOutCard;
use super::story::PersonTabs;
use crate::api::ApiError;
use crate::api::people::{people_choices, person_form, save_person, set_person_active};
use crate::components::{
    AskFirst, Choice, ChoicesMenu, ErrorBox, Field, FieldError as FieldSentence, PageTitle,
    SelectField, SkeletonRows, use_announcer, use_form_submission,
};
use crate::focus;
use crate::pages::training::invitations::state_words;
use crate::tr;
use convoke_domain::person::full_name;
use convoke_domain::person_form::PersonForm;
use convoke_domain::view::{FilterChoices, PersonFormView, PersonTraining};
use convoke_domain::{Channel, GroupId, Language, Refusal, UserId, UserState};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

/// The page *New person*.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    view! { <PersonPageOf id=None/> }
}

/// The page of a person.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = params.with_untracked(|p| p.get("id").and_then(|id| id.parse::<UserId>().ok()));
    if id.is_some() {
        view! { <PersonPageOf id/> }.into_any()
    } else {
        let error = ApiError::Refused(Refusal::NotFound);
        view! { <ErrorBox error/> }.into_any()
    }
}

#[component]
fn PersonPageOf(id: Option<UserId>) -> impl IntoView {
    let loaded = Resource::new(
        move || id,
        |id| async move {
            let person = person_form(id).await?;
            let choices = people_choices().await?;
            Ok::<_, ApiError>((person, choices))
        },
    );
    view! {
        {breadcrumb()}
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=8/></div> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok((person, choices)) => {
                        let reload = Callback::new(move |()| loaded.refetch());
                        view! { <Person id person choices reload/> }.into_any()
                    }
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| loaded.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn Person(
    id: Option<UserId>,
    person: PersonFormView,
    choices: FilterChoices,
    reload: Callback<()>,
) -> impl IntoView {
    let title = match id {
        Some(_) => full_name(&person.form.first_name, &person.form.last_name),
        None => tr!("person-new"),
    };
    let trainings = person.trainings.clone();
    let opt_out = person.opt_out.clone();
    let groups = choices.groups.clone();
    let is_reader = person.is_reader;
    // On its own: what was typed below stays when it changes.
    let active = RwSignal::new(person.state != UserState::Inactive);
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title/>
                {move || {
                    (!active.get()).then(|| view! { <p class="page-intro">{tr!("person-inactive")}</p> })
                }}
            </div>
            {id.map(|id| view! { <super::merge::Merge id last_name=person.form.last_name.clone() reload/> })}
            {id.filter(|_| !is_reader).map(|id| view! { <Activity id active/> })}
        </div>
        {id.map(|id| view! { <PersonTabs id story=false/> })}
        <div class="person-page">
            <PersonEditor id person choices reload/>
            {id
                .map(|id| {
                    view! {
                        <div class="person-side">
                            <Access id groups active/>
                            <OptOutCard id view=opt_out.clone()/>
                            <Trainings trainings/>
                        </div>
                    }
                })}
        </div>
    }
}

/// *Deactivate* or *Bring back*. Deactivating asks first, in place.
#[component]
fn Activity(id: UserId, active: RwSignal<bool>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);
    let announcer = use_announcer();
    let go = move |wanted: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = set_person_active(id, wanted).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    announcer.toast(if wanted {
                        tr!("person-reactivated")
                    } else {
                        tr!("person-deactivated")
                    });
                    active.try_set(wanted);
                    focus::go_to(".person-activity .button".to_owned());
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <div class="person-activity">
            {move || {
                if active.get() {
                    view! {
                        <AskFirst
                            class="person-deactivate"
                            words=tr!("person-deactivate")
                            question=tr!("person-deactivate-ask")
                            busy
                            on_yes=move |()| go(false)
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <button
                            type="button"
                            class="button"
                            aria-disabled=move || busy.get().then_some("true")
                            on:click=move |_| go(true)
                        >
                            {tr!("person-reactivate")}
                        </button>
                    }
                        .into_any()
                }
            }}
            {move || failure.get().map(|error| view! { <ErrorBox error/> })}
        </div>
    }
}

/// What is typed, field by field.
#[derive(Clone, Copy)]
struct Fields {
    last_name: RwSignal<String>,
    first_name: RwSignal<String>,
    email: RwSignal<String>,
    mobile: RwSignal<String>,
    channel: RwSignal<String>,
    language: RwSignal<String>,
    user_type: RwSignal<String>,
    employee_id: RwSignal<String>,
    groups: RwSignal<Vec<GroupId>>,
}

impl Fields {
    fn new(form: PersonForm) -> Self {
        Self {
            last_name: RwSignal::new(form.last_name),
            first_name: RwSignal::new(form.first_name),
            email: RwSignal::new(form.email),
            mobile: RwSignal::new(form.mobile),
            channel: RwSignal::new(form.channel.to_string()),
            language: RwSignal::new(form.language.to_string()),
            user_type: RwSignal::new(form.user_type.map(|id| id.to_string()).unwrap_or_default()),
            employee_id: RwSignal::new(form.employee_id),
            groups: RwSignal::new(form.groups),
        }
    }

    fn form(self) -> PersonForm {
        PersonForm {
            last_name: self.last_name.get(),
            first_name: self.first_name.get(),
            email: self.email.get(),
            mobile: self.mobile.get(),
            channel: self.channel.get().parse().unwrap_or(Channel::Email),
            language: self.language.get().parse().unwrap_or(Language::En),
            user_type: self.user_type.get().parse().ok(),
            employee_id: self.employee_id.get(),
            groups: self.groups.get(),
        }
    }
}

#[component]
fn PersonEditor(
    id: Option<UserId>,
    person: PersonFormView,
    choices: FilterChoices,
    reload: Callback<()>,
) -> impl IntoView {
    let known = id.map(|id| (id, person.version));
    let fields = Fields::new(person.form);
    let typed = Memo::new(move |_| fields.form());
    let submission = use_form_submission();
    submission.forgive(typed);
    let announcer = use_announcer();
    let navigate = use_navigate();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let values = typed.get_untracked();
        let name = full_name(values.first_name.trim(), values.last_name.trim());
        let navigate = navigate.clone();
        submission.send(
            values.problems(),
            || save_person(known, values),
            move |_| {
                announcer.toast(tr!("person-saved", name = name.as_str()));
                navigate("/people", <_>::default());
            },
        );
    };
    let types = choices.user_types.iter();
    let types = types.map(|t| (t.id.to_string(), t.name.clone())).collect();
    let all_groups = StoredValue::new(choices.groups);
    let groups = Memo::new(move |_| {
        let chosen = fields.groups.get();
        all_groups.with_value(|all| {
            let choices = all.iter().map(|choice| Choice::of(choice, &chosen));
            choices.collect::<Vec<_>>()
        })
    });
    let toggle = move |place: usize| {
        let Some(id) = all_groups.with_value(|all| all.get(place).map(|group| group.id)) else {
            return;
        };
        fields.groups.update(|groups| {
            if groups.contains(&id) {
                groups.retain(|other| *other != id);
            } else {
                groups.push(id);
            }
        });
    };
    view! {
        <form class="card training-form" method="post" novalidate node_ref=submission.form on:submit=submit>
            <div class="form-section">
                <div class="form-grid">
                    <Field id="first_name" label=tr!("person-first-name") value=fields.first_name
                        error=submission.error_at("first_name") required=true/>
                    <Field id="last_name" label=tr!("person-last-name") value=fields.last_name
                        error=submission.error_at("last_name") required=true/>
                    <Field id="email" label=tr!("person-email") value=fields.email kind="email" inputmode="email"
                        error=submission.error_at("email")/>
                    <Field id="mobile" label=tr!("person-mobile") value=fields.mobile kind="tel" inputmode="tel"
                        error=submission.error_at("mobile") help=tr!("person-mobile-help")/>
                    <SelectField id="channel" label=tr!("person-channel") value=fields.channel
                        options=vec![
                            (Channel::Email.to_string(), tr!("channel-email")),
                            (Channel::Sms.to_string(), tr!("channel-sms")),
                        ]/>
                    <SelectField id="language" label=tr!("person-language") value=fields.language
                        options=vec![
                            (Language::En.to_string(), tr!("language-en")),
                            (Language::Fr.to_string(), tr!("language-fr")),
                        ]/>
                    <SelectField id="user_type" label=tr!("person-type") value=fields.user_type options=types
                        error=submission.error_at("user_type")/>
                    <Field id="employee_id" label=tr!("person-employee-id") value=fields.employee_id
                        error=submission.error_at("employee_id")/>
                    <div class="field form-wide">
                        <span class="field-label">{tr!("filter-groups")}</span>
                        <ChoicesMenu
                            name=tr!("filter-groups")
                            everything=tr!("person-no-group")
                            choices=groups
                            on_toggle=toggle
                            on_clear=move |()| fields.groups.set(Vec::new())
                        />
                        <FieldSentence id="groups" error=submission.error_at("groups")/>
                    </div>
                </div>
            </div>
            <div class="form-foot">
                {submission.failed()}
                {move || {
                    submission
                        .conflicts("conflict-person-changed")
                        .then(|| {
                            view! {
                                <button type="button" class="button" on:click=move |_| reload.run(())>
                                    {tr!("person-reload")}
                                </button>
                            }
                        })
                }}
                <div class="toolbar">
                    <button
                        type="submit"
                        class="button button-primary"
                        disabled=move || !submission.is_alive()
                        aria-disabled=move || submission.is_busy().then_some("true")
                    >
                        {move || match (submission.is_busy(), id) {
                            (true, _) => tr!("training-saving"),
                            (false, None) => tr!("person-create"),
                            (false, Some(_)) => tr!("training-save"),
                        }}
                    </button>
                    <a class="button" href="/people">{tr!("panel-cancel")}</a>
                </div>
            </div>
        </form>
    }
}

/// The trainings that a person is or was on the list of.
#[component]
fn Trainings(trainings: Vec<PersonTraining>) -> impl IntoView {
    let none = trainings.is_empty();
    let rows = trainings.into_iter().map(|training| {
        view! {
            <li class="person-training">
                <a href=format!("/trainings/{}/invitations", training.training_id)>{training.title}</a>
                <span class="person-detail">{training.dates} " · " {state_words(training.state)}</span>
            </li>
        }
    });
    view! {
        <section class="card person-trainings" aria-labelledby="person-trainings">
            <h2 id="person-trainings" class="card-title">{tr!("person-trainings")}</h2>
            {none.then(|| view! { <p class="muted">{tr!("person-no-trainings")}</p> })}
            <ul>{rows.collect_view()}</ul>
        </section>
    }
}
