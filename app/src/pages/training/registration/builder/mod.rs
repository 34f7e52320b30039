//! The form builder: fields on the left, what a visitor will see on the right. What happens is in [`crate::state::form_builder`].

mod dragging;
mod editor;
mod palette;
mod preview;
mod rows;

use super::super::{ThisTraining, this_training};
use crate::api::ApiError;
use crate::api::registration::{publish_form, registration};
use crate::components::{
    Announcer, Dialog, ErrorBox, Glyph, Icon, LeaveDialog, SkeletonRows, use_announcer,
};
use crate::pages::training::registration::RegistrationRoute;
use crate::state::form_builder::{self, Effects, Focus, Message, Phase, Said};
use crate::state::reorder::Reorder;
use crate::{focus, language, tr};
use convoke_domain::registration::{FieldKind, FormField};
use convoke_domain::view::{Perspective, RegistrationView};
use convoke_domain::{FieldId, GroupId, Refusal, TrainingId, UserTypeId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use palette::Palette;
use preview::Preview;
use rows::Rows;

/// The reducer with the errors of the server functions.
type Builder = form_builder::FormBuilder<ApiError>;

/// What the builder holds while it is open: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Bench {
    training: TrainingId,
    state: RwSignal<Builder>,
    drag: RwSignal<Reorder>,
    list: NodeRef<leptos::html::Ol>,
    /// What an option can stand for.
    groups: StoredValue<Vec<(GroupId, String)>>,
    user_types: StoredValue<Vec<(UserTypeId, String)>>,
    announcer: Announcer,
}

impl Bench {
    /// Does what a message says.
    fn send(self, message: Message<ApiError>) {
        let Some(effects) = self.state.try_update(|state| state.update(message)) else {
            return;
        };
        let Effects {
            say,
            focus,
            publish,
            ask_theirs,
        } = effects;
        if let Some(said) = say {
            self.announcer.announce(untrack(|| self.words(&said)));
        }
        if let Some(focus) = focus {
            focus_on(focus);
        }
        if publish {
            self.publish();
        }
        if ask_theirs {
            self.ask_theirs();
        }
    }

    fn publish(self) {
        let (based_on, form) = self
            .state
            .with_untracked(|state| (state.based_on, state.form.clone()));
        spawn_local(async move {
            let message = match publish_form(self.training, based_on, form).await {
                Ok(version) => {
                    self.announcer.toast(tr!("form-published"));
                    Message::Published(version)
                }
                Err(ApiError::Refused(Refusal::Invalid(problems))) => Message::Refused(problems),
                Err(ApiError::Refused(Refusal::Conflict(key)))
                    if key == "conflict-form-changed" =>
                {
                    Message::Overtaken
                }
                Err(error) => Message::Failed(error),
            };
            self.send(message);
        });
    }

    fn ask_theirs(self) {
        spawn_local(async move {
            let message = match registration(self.training).await {
                Ok(view) => Message::Theirs(view.form_version, view.form),
                Err(error) => Message::Failed(error),
            };
            self.send(message);
        });
    }

    fn words(self, said: &Said) -> String {
        match said {
            Said::Added(id) => tr!("form-field-added", name = self.name(*id)),
            Said::Moved(id, place, count) => tr!(
                "form-field-moved",
                name = self.name(*id),
                place = *place,
                count = *count
            ),
            Said::Removed(label) => match label.get(language()) {
                "" => tr!("form-field-removed", name = tr!("form-field-unnamed")),
                name => tr!("form-field-removed", name = name),
            },
            Said::Problems(count) => tr!("training-form-problems", count = *count),
        }
    }

    /// What a field is called on this screen.
    fn name(self, id: FieldId) -> String {
        self.state.with(|state| {
            state
                .field(id)
                .map_or_else(|| tr!("form-field-unnamed"), field_name)
        })
    }

    /// What is wrong at an input.
    fn error_at(self, input: String) -> Memo<Option<String>> {
        Memo::new(move |_| {
            self.state.with(|state| {
                state
                    .problem_at(&input)
                    .map(|key| convoke_texts::text(language(), key, &[]))
            })
        })
    }
}

/// The label of a field, or that it has none yet.
fn field_name(field: &FormField) -> String {
    match field.label.get(language()) {
        "" => tr!("form-field-unnamed"),
        label => label.to_owned(),
    }
}

/// The words of a kind.
pub fn kind_words(kind: FieldKind) -> String {
    match kind {
        FieldKind::ShortText => tr!("kind-short-text"),
        FieldKind::LongText => tr!("kind-long-text"),
        FieldKind::Email => tr!("kind-email"),
        FieldKind::Mobile => tr!("kind-mobile"),
        FieldKind::Number => tr!("kind-number"),
        FieldKind::Date => tr!("kind-date"),
        FieldKind::OneChoice => tr!("kind-one-choice"),
        FieldKind::SeveralChoices => tr!("kind-several-choices"),
        FieldKind::TickBox => tr!("kind-tick-box"),
    }
}

/// The picture of a kind.
pub const fn glyph(kind: FieldKind) -> Glyph {
    match kind {
        FieldKind::ShortText => Glyph::ShortText,
        FieldKind::LongText => Glyph::LongText,
        FieldKind::Email => Glyph::Mail,
        FieldKind::Mobile => Glyph::Phone,
        FieldKind::Number => Glyph::Number,
        FieldKind::Date => Glyph::Calendar,
        FieldKind::OneChoice => Glyph::Radio,
        FieldKind::SeveralChoices => Glyph::Checks,
        FieldKind::TickBox => Glyph::TickBox,
    }
}

/// Focuses what a message put on screen, once it is drawn.
fn focus_on(focus: Focus) {
    let selector = match focus {
        Focus::Label(id) => format!("#field-{id}-label"),
        Focus::Head(id) => format!("#field-{id}-head"),
        Focus::Choice(id, choice) => format!("#field-{id}-choice-{choice}"),
        Focus::Palette => ".palette-button".to_owned(),
        Focus::FirstProblem => ".builder-fields [aria-invalid=true]".to_owned(),
    };
    focus::go_to(selector);
}

/// The builder, or why it is not in this view.
#[component]
pub fn FormBuilderRoute() -> impl IntoView {
    let this = this_training();
    move || match (this.perspective.get(), this.id.get()) {
        (Perspective::Administrator, Some(training)) => {
            view! { <Loading training this/> }.into_any()
        }
        _ => view! { <RegistrationRoute/> }.into_any(),
    }
}

#[component]
fn Loading(training: TrainingId, this: ThisTraining) -> impl IntoView {
    let first = Resource::new(move || training, registration);
    view! {
        <p class="builder-back">
            <a href=move || this.address("registration", Perspective::Administrator)>
                <Icon glyph=Glyph::ChevronLeft size=16/>
                {tr!("training-tab-registration")}
            </a>
        </p>
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=8/></div> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(view) => view! { <BuilderPage training view/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| first.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn BuilderPage(training: TrainingId, view: RegistrationView) -> impl IntoView {
    let bench = Bench {
        training,
        state: RwSignal::new(Builder::new(view.form_version, view.form, view.answered)),
        drag: RwSignal::new(Reorder::default()),
        list: NodeRef::new(),
        groups: StoredValue::new(view.groups),
        user_types: StoredValue::new(view.user_types),
        announcer: use_announcer(),
    };
    let changed = Memo::new(move |_| bench.state.with(Builder::is_changed));
    let previewing = RwSignal::new(false);
    dragging::listen(bench);
    view! {
        <Head bench changed/>
        <Notices bench/>
        <div class="switch builder-switch" role="group" aria-label=tr!("form-switch")>
            <button
                type="button"
                aria-pressed=move || (!previewing.get()).to_string()
                on:click=move |_| previewing.set(false)
            >
                {tr!("form-switch-fields")}
            </button>
            <button
                type="button"
                aria-pressed=move || previewing.get().to_string()
                on:click=move |_| previewing.set(true)
            >
                {tr!("form-preview")}
            </button>
        </div>
        <div class="builder" class:shows-preview=move || previewing.get()>
            <div class="builder-fields">
                <Rows bench/>
                <Palette bench/>
            </div>
            <Preview bench/>
        </div>
        <RemoveDialog bench/>
        <LeaveDialog changed title=tr!("form-leave-title") text=tr!("form-leave-text")/>
        <dragging::Ghost bench/>
    }
}

/// Title, state and *Publish*.
#[component]
fn Head(bench: Bench, changed: Memo<bool>) -> impl IntoView {
    let publishing = Memo::new(move |_| bench.state.with(|s| s.phase == Phase::Publishing));
    let can_publish = Memo::new(move |_| bench.state.with(Builder::can_publish));
    let version = Memo::new(move |_| bench.state.with(|s| s.based_on));
    let discarding = RwSignal::new(false);
    view! {
        <header class="builder-head">
            <h2>{tr!("form-title")}</h2>
            <span role="status">
                {move || match (changed.get(), version.get()) {
                    (true, _) => {
                        view! { <span class="badge badge-to-send">{tr!("form-changed")}</span> }
                    }
                    (false, 0) => {
                        view! {
                            <span class="badge badge-neutral">{tr!("form-never-published")}</span>
                        }
                    }
                    (false, version) => {
                        view! {
                            <span class="badge badge-confirmed">
                                {tr!("form-version", version = version)}
                            </span>
                        }
                    }
                }}
            </span>
            <div class="toolbar toolbar-end">
                {move || {
                    changed
                        .get()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button button-ghost"
                                    aria-haspopup="dialog"
                                    on:click=move |_| discarding.set(true)
                                >
                                    {tr!("form-discard")}
                                </button>
                            }
                        })
                }}
                <button
                    type="button"
                    class="button button-primary"
                    aria-disabled=move || (!can_publish.get()).then_some("true")
                    on:click=move |_| bench.send(Message::Publish)
                >
                    {move || {
                        if publishing.get() { tr!("form-publishing") } else { tr!("form-publish") }
                    }}
                </button>
            </div>
        </header>
        <Dialog
            open=discarding
            title=tr!("form-discard-title")
            footer=move || {
                view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| {
                            discarding.set(false);
                            bench.send(Message::Discard);
                        }
                    >
                        {tr!("form-discard")}
                    </button>
                    <button
                        type="button"
                        class="button button-primary"
                        autofocus=true
                        on:click=move |_| discarding.set(false)
                    >
                        {tr!("form-keep-editing")}
                    </button>
                }
            }
        >
            <p>{tr!("form-discard-text")}</p>
        </Dialog>
    }
}

/// What stands in the way of publishing.
#[component]
fn Notices(bench: Bench) -> impl IntoView {
    let phase = Memo::new(move |_| bench.state.with(|s| s.phase.clone()));
    let form_problem = bench.error_at("form".to_owned());
    let problems = Memo::new(move |_| bench.state.with(|s| s.problems.len()));
    view! {
        <div class="builder-notices">
            {move || match phase.get() {
                Phase::Failed(error) => {
                    view! {
                        <ErrorBox error on_retry=move |()| bench.send(Message::Publish)/>
                    }
                        .into_any()
                }
                Phase::Overtaken(theirs) => {
                    view! { <Overtaken bench known=theirs.is_some()/> }.into_any()
                }
                _ => ().into_any(),
            }}
            {move || {
                (problems.get() > 0)
                    .then(|| {
                        view! {
                            <div class="notice notice-problem" role="alert">
                                <Icon glyph=Glyph::Warning/>
                                <p class="notice-text">
                                    {move || {
                                        form_problem
                                            .get()
                                            .unwrap_or_else(|| tr!(
                                                "training-form-problems", count = problems.get()
                                            ))
                                    }}
                                </p>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// Somebody else published meanwhile: which of the two goes on is asked, and nothing is lost before.
#[component]
fn Overtaken(bench: Bench, known: bool) -> impl IntoView {
    view! {
        <div class="notice notice-info" role="alert">
            <Icon glyph=Glyph::Info/>
            <div class="notice-text">
                <p>
                    <strong>{tr!("form-overtaken-title")}</strong>
                </p>
                <p>{tr!("form-overtaken-text")}</p>
            </div>
            {known
                .then(|| {
                    view! {
                        <div class="toolbar">
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| bench.send(Message::TakeTheirs)
                            >
                                {tr!("form-take-theirs")}
                            </button>
                            <button
                                type="button"
                                class="button button-primary"
                                on:click=move |_| bench.send(Message::KeepMine)
                            >
                                {tr!("form-keep-mine")}
                            </button>
                        </div>
                    }
                })}
        </div>
    }
}

/// People have answered the field: it is asked before it goes.
#[component]
fn RemoveDialog(bench: Bench) -> impl IntoView {
    let open = RwSignal::new(false);
    let asking = Memo::new(move |_| bench.state.with(|s| s.asking));
    Effect::new(move |_| open.set(asking.get().is_some()));
    Effect::new(move |_| {
        if !open.get() && asking.get_untracked().is_some() {
            bench.send(Message::Keep);
        }
    });
    let title = Signal::derive(move || {
        asking.get().map_or_else(String::new, |id| {
            tr!("form-remove-title", name = bench.name(id))
        })
    });
    let count = Memo::new(move |_| {
        asking
            .get()
            .map_or(0, |id| bench.state.with(|s| s.answered(id)))
    });
    view! {
        <Dialog
            open
            title
            footer=move || {
                view! {
                    <button
                        type="button"
                        class="button"
                        autofocus=true
                        on:click=move |_| bench.send(Message::Keep)
                    >
                        {tr!("form-remove-keep")}
                    </button>
                    <button
                        type="button"
                        class="button button-danger"
                        on:click=move |_| bench.send(Message::ReallyRemove)
                    >
                        {tr!("form-remove")}
                    </button>
                }
            }
        >
            <p>{move || tr!("form-remove-text", count = count.get())}</p>
        </Dialog>
    }
}
