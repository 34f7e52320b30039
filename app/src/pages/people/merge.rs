//! *Merge with a duplicate*: the other row of a person is found, both are compared, and are one then.

use crate::api::ApiError;
use crate::api::people::{merge_people, merge_preview, people};
use crate::components::{
    Announcer, Avatar, CANDIDATES, Candidates, Dialog, DialogKind, ErrorBox, Glyph, Icon,
    SearchBox, SkeletonRows, use_announcer,
};
use crate::focus;
use crate::tr;
use convoke_domain::person::full_name;
use convoke_domain::selection::Filter;
use convoke_domain::view::{MergeField, MergePerson, MergePreview, MergeRequest, PersonRow, Range};
use convoke_domain::{Channel, Language, Refusal, UserId, UserState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// What the dialog knows.
#[derive(Clone, Copy)]
struct Desk {
    /// Whose page it is, who stays.
    id: UserId,
    open: RwSignal<bool>,
    search: RwSignal<String>,
    /// The other person, and what they are called where that is known.
    other: RwSignal<Option<(UserId, Option<String>)>>,
    /// Both, once they came.
    preview: RwSignal<Option<Result<MergePreview, ApiError>>>,
    /// What is taken from the other.
    from_other: RwSignal<Vec<MergeField>>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<ApiError>>,
    reload: Callback<()>,
    announcer: Announcer,
}

impl Desk {
    fn begin(self) {
        self.look_for_another();
        self.open.set(true);
        // The dialog is shown in the next frame, and takes the focus itself.
        request_animation_frame(|| focus::go_to(".merge-search input".to_owned()));
    }

    /// Goes back to the search.
    fn look_for_another(self) {
        self.other.set(None);
        self.preview.set(None);
        self.failure.set(None);
    }

    /// Puts somebody beside the person.
    fn compare(self, other: UserId, name: Option<String>) {
        self.other.set(Some((other, name)));
        self.preview.set(None);
        self.failure.set(None);
        let id = self.id;
        spawn_local(async move {
            let answer = merge_preview(id, other).await;
            let still = self.other.try_with_untracked(|chosen| {
                chosen.as_ref().is_some_and(|(chosen, _)| *chosen == other)
            });
            if still != Some(true) {
                return;
            }
            if let Ok(preview) = &answer {
                self.from_other.set(preview.suggested());
            }
            self.preview.set(Some(answer));
            focus::go_to(".merge-compare".to_owned());
        });
    }

    /// Compares the same two again.
    fn again(self) {
        if let Some((other, name)) = self.other.get_untracked() {
            self.compare(other, name);
        }
    }

    fn go(self) {
        let both = self.preview.with_untracked(|preview| match preview {
            Some(Ok(preview)) => Some((preview.keep.clone(), preview.other.clone())),
            _ => None,
        });
        let Some((keep, other)) = both else { return };
        if self.busy.get_untracked() {
            return;
        }
        let from_other = self.from_other.get_untracked();
        let of = |field| {
            if from_other.contains(&field) {
                &other
            } else {
                &keep
            }
        };
        let name = full_name(
            &of(MergeField::FirstName).first_name,
            &of(MergeField::LastName).last_name,
        );
        let request = MergeRequest {
            keep: (keep.user_id, keep.version),
            other: (other.user_id, other.version),
            from_other,
        };
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let answer = merge_people(request).await;
            self.busy.try_set(false);
            match answer {
                Ok(_) => {
                    self.announcer.toast(tr!("merge-done", name = name));
                    self.open.try_set(false);
                    // The page is drawn anew: its heading takes the focus from the button that goes.
                    self.reload.run(());
                }
                Err(error) => {
                    self.failure.try_set(Some(error));
                }
            }
        });
    }
}

/// The button, and the dialog that it opens. At an address that ends with `?merge=` and an id the two are compared at once.
#[component]
pub fn Merge(
    /// Whose page it is.
    id: UserId,
    /// Their last name, which is looked for first.
    last_name: String,
    /// Loads the page again.
    reload: Callback<()>,
) -> impl IntoView {
    let desk = Desk {
        id,
        open: RwSignal::new(false),
        search: RwSignal::new(last_name),
        other: RwSignal::new(None),
        preview: RwSignal::new(None),
        from_other: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        failure: RwSignal::new(None),
        reload,
        announcer: use_announcer(),
    };
    let query = use_query_map();
    let navigate = use_navigate();
    Effect::new(move |_| {
        let asked = query.with_untracked(|query| query.get("merge"));
        let Some(other) = asked.and_then(|id| id.parse::<UserId>().ok()) else {
            return;
        };
        desk.open.set(true);
        desk.compare(other, None);
        // Asked once: not again when the page is drawn anew.
        let navigate = navigate.clone();
        request_animation_frame(move || {
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&format!("/people/{id}"), options);
        });
    });
    view! {
        <button type="button" class="button" on:click=move |_| desk.begin()>
            {tr!("merge-open")}
        </button>
        <Dialog
            open=desk.open
            title=tr!("merge-title")
            kind=DialogKind::Wide
            footer=move || view! { <Foot desk/> }
        >
            <div class="merge">
                {move || {
                    if desk.other.with(Option::is_some) {
                        view! { <Compare desk/> }.into_any()
                    } else {
                        view! { <Find desk/> }.into_any()
                    }
                }}
            </div>
        </Dialog>
    }
}

/// The buttons below.
#[component]
fn Foot(desk: Desk) -> impl IntoView {
    let back = move |_| {
        desk.look_for_another();
        focus::go_to(".merge-search input".to_owned());
    };
    let comparing = Memo::new(move |_| desk.other.with(Option::is_some));
    let ready = Memo::new(move |_| desk.preview.with(|preview| matches!(preview, Some(Ok(_)))));
    view! {
        <Show when=move || comparing.get()>
            <button type="button" class="button merge-back" on:click=back>
                {tr!("merge-back")}
            </button>
        </Show>
        <button type="button" class="button" on:click=move |_| desk.open.set(false)>
            {tr!("panel-cancel")}
        </button>
        <Show when=move || ready.get()>
            <button
                type="button"
                class="button button-danger"
                aria-disabled=move || desk.busy.get().then_some("true")
                on:click=move |_| desk.go()
            >
                {move || if desk.busy.get() { tr!("merge-going") } else { tr!("merge-go") }}
            </button>
        </Show>
    }
}

/// The search for the other row, with all that tells people of one name apart.
#[component]
fn Find(desk: Desk) -> impl IntoView {
    let find = |text: String| async move {
        let filter = Filter {
            text,
            ..Filter::default()
        };
        // One more: the person themselves may be among them.
        let range = Range::new(0, u32::try_from(CANDIDATES + 1).unwrap_or(u32::MAX));
        people(filter, range).await.map(|window| window.rows)
    };
    view! {
        <p class="muted">{tr!("merge-lead")}</p>
        <div class="merge-search">
            <SearchBox
                label=tr!("merge-search")
                placeholder=tr!("merge-search-hint")
                initial=desk.search.get_untracked()
                on_search=move |text| desk.search.set(text)
            />
        </div>
        <Candidates
            search=desk.search
            find
            without=Signal::stored(vec![desk.id])
            none=tr!("merge-none")
            row=move |person| view! { <Candidate desk person/> }.into_any()
        />
    }
}

#[component]
fn Candidate(desk: Desk, person: PersonRow) -> impl IntoView {
    let id = person.user_id;
    let name = full_name(&person.first_name, &person.last_name);
    let label = tr!("merge-choose", name = name.as_str());
    let details: Vec<String> = [person.email, person.mobile, person.employee_id]
        .into_iter()
        .flatten()
        .chain([person.user_type, person.groups])
        .filter(|detail| !detail.is_empty())
        .collect();
    let details = details.join(" · ");
    let label = format!("{label}: {details}");
    let inactive = person.state == UserState::Inactive;
    let called = name.clone();
    view! {
        <button
            type="button"
            class="candidate person"
            aria-label=label
            on:click=move |_| desk.compare(id, Some(called.clone()))
        >
            <Avatar user_id=id first_name=person.first_name last_name=person.last_name/>
            <span class="person-text">
                <span class="person-line">
                    <span class="person-name">{name}</span>
                    {inactive
                        .then(|| {
                            view! {
                                <span class="badge badge-neutral">{tr!("user-state-inactive")}</span>
                            }
                        })}
                </span>
                <span class="person-detail merge-details">{details}</span>
            </span>
        </button>
    }
}

/// Both side by side, or why they cannot be made one.
#[component]
fn Compare(desk: Desk) -> impl IntoView {
    view! {
        {move || match desk.preview.get() {
            None => view! { <SkeletonRows rows=6/> }.into_any(),
            Some(Ok(preview)) => view! { <SideBySide desk preview/> }.into_any(),
            Some(Err(error)) => view! { <Refused desk error/> }.into_any(),
        }}
        {move || {
            desk.failure
                .get()
                .map(|error| {
                    let outdated = matches!(
                        &error,
                        ApiError::Refused(Refusal::Conflict(key)) if key == "conflict-person-changed"
                    );
                    view! {
                        <ErrorBox error/>
                        {outdated
                            .then(|| {
                                view! {
                                    <button type="button" class="button" on:click=move |_| desk.again()>
                                        {tr!("merge-again")}
                                    </button>
                                }
                            })}
                    }
                })
        }}
    }
}

/// Why they cannot be made one; whoever can only be the one who stays has a page to begin from.
#[component]
fn Refused(desk: Desk, error: ApiError) -> impl IntoView {
    let stays = matches!(
        &error,
        ApiError::Refused(Refusal::Conflict(key)) if key == "conflict-merge-right" || key == "conflict-yourself"
    );
    let swap = desk.other.get_untracked().filter(|_| stays);
    let swap = swap.and_then(|(other, name)| Some((other, name?)));
    view! {
        <div class="merge-compare" tabindex="-1">
            <ErrorBox error on_retry=move |()| desk.again()/>
            {swap
                .map(|(other, name)| {
                    // A full load: it is another person's page.
                    view! {
                        <a class="button" rel="external" href=format!("/people/{other}?merge={}", desk.id)>
                            {tr!("merge-swap", name = name)}
                        </a>
                    }
                })}
        </div>
    }
}

/// What a field is called.
fn field_words(field: MergeField) -> String {
    match field {
        MergeField::FirstName => tr!("person-first-name"),
        MergeField::LastName => tr!("person-last-name"),
        MergeField::Email => tr!("person-email"),
        MergeField::Mobile => tr!("person-mobile"),
        MergeField::Channel => tr!("person-channel"),
        MergeField::Language => tr!("person-language"),
        MergeField::UserType => tr!("person-type"),
        MergeField::EmployeeId => tr!("person-employee-id"),
    }
}

/// What a person has in a field, for reading.
fn value_words(person: &MergePerson, field: MergeField) -> String {
    let or_nothing = |value: &Option<String>| value.clone().unwrap_or_else(|| tr!("merge-nothing"));
    match field {
        MergeField::FirstName => person.first_name.clone(),
        MergeField::LastName => person.last_name.clone(),
        MergeField::Email => or_nothing(&person.email),
        MergeField::Mobile => or_nothing(&person.mobile),
        MergeField::Channel => match person.channel {
            Channel::Email => tr!("channel-email"),
            Channel::Sms => tr!("channel-sms"),
        },
        MergeField::Language => match person.language {
            Language::En => tr!("language-en"),
            Language::Fr => tr!("language-fr"),
        },
        MergeField::UserType => person.user_type.clone(),
        MergeField::EmployeeId => or_nothing(&person.employee_id),
    }
}

#[component]
fn SideBySide(desk: Desk, preview: MergePreview) -> impl IntoView {
    let MergePreview {
        keep,
        other,
        groups,
        both,
    } = preview;
    let head = |person: &MergePerson, fate: String| {
        let inactive = person.state == UserState::Inactive;
        view! {
            <th scope="col">
                <span class="merge-fate">{fate}</span>
                <span class="merge-name">{full_name(&person.first_name, &person.last_name)}</span>
                {inactive
                    .then(|| {
                        view! { <span class="badge badge-neutral">{tr!("user-state-inactive")}</span> }
                    })}
            </th>
        }
    };
    let heads = (
        head(&keep, tr!("merge-stays")),
        head(&other, tr!("merge-goes")),
    );
    let counts = [keep.trainings, other.trainings].map(|count| {
        view! { <td>{tr!("merge-trainings-of", count = count)}</td> }
    });
    let rows = MergeField::ALL.iter().map(|field| {
        let field = *field;
        if keep.agrees(&other, field) {
            let same = value_words(&keep, field);
            view! { <td colspan="2">{same}</td> }.into_any()
        } else {
            let sides = [(&keep, false), (&other, true)].map(|(person, of_other)| {
                view! { <Value desk field value=value_words(person, field) of_other/> }
            });
            sides.into_iter().collect_view().into_any()
        }
    });
    let rows = MergeField::ALL.iter().zip(rows).map(|(field, cells)| {
        view! {
            <tr>
                <th scope="row">{field_words(*field)}</th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let groups = if groups.is_empty() {
        tr!("person-no-group")
    } else {
        groups.join(", ")
    };
    view! {
        <div class="merge-compare" tabindex="-1" role="group" aria-label=tr!("merge-compare-lead")>
            <p class="muted">{tr!("merge-compare-lead")}</p>
            <table class="table merge-table">
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="visually-hidden">{tr!("merge-field")}</span>
                        </th>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    <tr>
                        <th scope="row">{tr!("merge-groups")}</th>
                        <td colspan="2">{groups}</td>
                    </tr>
                    <tr>
                        <th scope="row">{tr!("merge-trainings")}</th>
                        {counts.into_iter().collect_view()}
                    </tr>
                </tbody>
            </table>
            <p>{tr!("merge-both", count = both)}</p>
            <p class="merge-final">
                <Icon glyph=Glyph::Warning size=16/>
                {tr!("merge-final")}
            </p>
        </div>
    }
}

/// One side of a field in which the two differ.
#[component]
fn Value(desk: Desk, field: MergeField, value: String, of_other: bool) -> impl IntoView {
    let chosen = move || {
        desk.from_other
            .with(|fields| fields.contains(&field) == of_other)
    };
    let choose = move |_| {
        desk.from_other.update(|fields| {
            fields.retain(|other| *other != field);
            if of_other {
                fields.push(field);
            }
        });
    };
    view! {
        <td>
            <label class="check">
                <input
                    type="radio"
                    name=format!("merge-{field}")
                    aria-label=format!("{}: {value}", field_words(field))
                    prop:checked=chosen
                    on:change=choose
                />
                <span class="merge-value">{value}</span>
            </label>
        </td>
    }
}
