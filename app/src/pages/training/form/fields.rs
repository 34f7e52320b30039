//! The fields of a training.

use super::time_zones::TimeZoneField;
use super::trainers::TrainersField;
use crate::components::{Field, FormSubmission};
use crate::tr;
use convoke_domain::training::TrainingForm;
use convoke_domain::view::TrainingFormView;
use convoke_domain::{FieldError, UserId};
use leptos::prelude::*;

/// What is typed, field by field.
#[derive(Clone, Copy)]
pub struct FieldSet {
    title: RwSignal<String>,
    description: RwSignal<String>,
    start: RwSignal<String>,
    end: RwSignal<String>,
    pub(super) time_zone: RwSignal<String>,
    days_taught: RwSignal<String>,
    place: RwSignal<String>,
    seats: RwSignal<String>,
    answer_deadline: RwSignal<String>,
    pub(super) trainers: RwSignal<Vec<(UserId, String)>>,
}

impl FieldSet {
    /// Starts from stored values.
    pub fn new(values: TrainingFormView) -> Self {
        let form = values.form;
        let trainers = form
            .trainers
            .into_iter()
            .zip(values.trainer_names)
            .collect();
        Self {
            title: RwSignal::new(form.title),
            description: RwSignal::new(form.description),
            start: RwSignal::new(form.start),
            end: RwSignal::new(form.end),
            time_zone: RwSignal::new(form.time_zone),
            days_taught: RwSignal::new(form.days_taught),
            place: RwSignal::new(form.place),
            seats: RwSignal::new(form.seats),
            answer_deadline: RwSignal::new(form.answer_deadline),
            trainers: RwSignal::new(trainers),
        }
    }

    /// A problem goes away when its field is changed; whether it is solved, the next try tells.
    pub fn forgive(self, problems: RwSignal<Vec<FieldError>>) {
        let fields: [(&[&str], RwSignal<String>); 9] = [
            (&["title"], self.title),
            (&["description"], self.description),
            (&["start", "end"], self.start),
            (&["end", "answer_deadline"], self.end),
            (&["time_zone"], self.time_zone),
            (&["days_taught"], self.days_taught),
            (&["place"], self.place),
            (&["seats"], self.seats),
            (&["answer_deadline"], self.answer_deadline),
        ];
        let forgive = move |names: &[&str]| {
            if problems.with_untracked(|all| all.iter().any(|p| names.contains(&p.field.as_str())))
            {
                problems.update(|all| all.retain(|p| !names.contains(&p.field.as_str())));
            }
        };
        for (names, value) in fields {
            Effect::new(move |changed: Option<()>| {
                value.track();
                if changed.is_some() {
                    forgive(names);
                }
            });
        }
        Effect::new(move |changed: Option<()>| {
            self.trainers.track();
            if changed.is_some() {
                forgive(&["trainers"]);
            }
        });
    }

    /// What is typed now.
    pub fn form(self) -> TrainingForm {
        let trainers = self
            .trainers
            .with_untracked(|all| all.iter().map(|(id, _)| *id).collect());
        TrainingForm {
            title: self.title.get_untracked(),
            description: self.description.get_untracked(),
            start: self.start.get_untracked(),
            end: self.end.get_untracked(),
            time_zone: self.time_zone.get_untracked(),
            days_taught: self.days_taught.get_untracked(),
            place: self.place.get_untracked(),
            seats: self.seats.get_untracked(),
            answer_deadline: self.answer_deadline.get_untracked(),
            trainers,
        }
    }
}

/// All fields, in three groups.
#[component]
pub fn Fields(set: FieldSet, submission: FormSubmission) -> impl IntoView {
    let error = move |field| submission.error_at(field);
    view! {
        <fieldset class="form-section">
            <legend>{tr!("training-section-what")}</legend>
            <div class="form-grid">
                <div class="form-wide">
                    <Field
                        id="title"
                        label=tr!("training-title")
                        value=set.title
                        error=error("title")
                        required=true
                    />
                </div>
                <Field
                    id="start"
                    label=tr!("training-start")
                    value=set.start
                    error=error("start")
                    kind="datetime-local"
                    required=true
                />
                <Field
                    id="end"
                    label=tr!("training-end")
                    value=set.end
                    error=error("end")
                    kind="datetime-local"
                    required=true
                />
                <TimeZoneField value=set.time_zone error=error("time_zone")/>
                <Field
                    id="days_taught"
                    label=tr!("training-days-taught")
                    value=set.days_taught
                    error=error("days_taught")
                    inputmode="numeric"
                />
                <div class="form-wide">
                    <Field
                        id="description"
                        label=tr!("training-description")
                        value=set.description
                        error=error("description")
                        kind="textarea"
                        help=tr!("training-description-help")
                    />
                </div>
            </div>
        </fieldset>
        <fieldset class="form-section">
            <legend>{tr!("training-section-where")}</legend>
            <div class="form-grid">
                <div class="form-wide">
                    <Field id="place" label=tr!("training-place") value=set.place error=error("place")/>
                </div>
                <div class="form-wide">
                    <TrainersField chosen=set.trainers error=error("trainers")/>
                </div>
            </div>
        </fieldset>
        <fieldset class="form-section">
            <legend>{tr!("training-section-more")}</legend>
            <div class="form-grid">
                <Field
                    id="seats"
                    label=tr!("training-seats")
                    value=set.seats
                    error=error("seats")
                    help=tr!("training-seats-help")
                    inputmode="numeric"
                />
                <Field
                    id="answer_deadline"
                    label=tr!("training-answer-deadline")
                    value=set.answer_deadline
                    error=error("answer_deadline")
                    kind="datetime-local"
                    help=tr!("training-answer-deadline-help")
                />
            </div>
        </fieldset>
    }
}
