//! The form builder without a DOM: what an administrator does goes in, the form as it stands comes out, with what to say and where the
//! focus goes next.
//!
//! Everything is done to a copy; *Publish* sends it with the version it began from. When somebody else published meanwhile, what was typed
//! stays until the administrator decides between the two.

use convoke_domain::registration::{
    Attribute, Bilingual, Choice, FieldKind, FormField, MAX_FIELDS, RegistrationForm,
};
use convoke_domain::{FieldError, FieldId, Language};
use std::collections::HashMap;
use uuid::Uuid;

/// What is being done with the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase<E> {
    /// It is edited.
    Editing,
    /// It is on its way to the server.
    Publishing,
    /// The server did not take it, or could not be reached.
    Failed(E),
    /// Somebody else published another one meanwhile: version and form, once they are known.
    Overtaken(Option<(u32, RegistrationForm)>),
}

/// What an administrator does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message<E> {
    /// Adds a field at the end. Ids are made by the caller, also those of its first two options.
    Add {
        /// The new field.
        id: FieldId,
        /// What it asks for.
        kind: FieldKind,
        /// What it is called first; perhaps nothing.
        label: Bilingual,
        /// Ids of its first options, where it has some.
        choices: [u32; 2],
    },
    /// Makes a copy below the field.
    Duplicate(FieldId, FieldId),
    /// Wants to take a field out; asks first where people have answered it.
    Remove(FieldId),
    /// Yes, take it out.
    ReallyRemove,
    /// No, keep it.
    Keep,
    /// Moves a field into the gap before the field that has this place now.
    MoveTo(FieldId, usize),
    /// Moves a field by one place: up (`true`) or down.
    Step(FieldId, bool),
    /// Opens a field for editing, or closes it.
    Toggle(FieldId),
    /// The question in one language.
    Label(FieldId, Language, String),
    /// The line below it in one language.
    Help(FieldId, Language, String),
    /// Whether it has to be answered.
    Required(FieldId, bool),
    /// The least.
    Min(FieldId, String),
    /// The most.
    Max(FieldId, String),
    /// What it fills of a new user.
    Fills(FieldId, Option<Attribute>),
    /// Adds an option with this id.
    AddChoice(FieldId, u32),
    /// Renames an option in one language.
    ChoiceLabel(FieldId, u32, Language, String),
    /// What an option stands for, and what that is called.
    ChoiceNames(FieldId, u32, Option<(Uuid, String)>),
    /// Moves an option by one place: up (`true`) or down.
    StepChoice(FieldId, u32, bool),
    /// Takes an option out.
    RemoveChoice(FieldId, u32),
    /// Back to the published form.
    Discard,
    /// Publishes, unless something has to be put right first.
    Publish,
    /// The server took it and gave it this number.
    Published(u32),
    /// The server names what has to be put right.
    Refused(Vec<FieldError>),
    /// Somebody else published another one meanwhile.
    Overtaken,
    /// What the other one is.
    Theirs(u32, RegistrationForm),
    /// Goes on with what was typed here, over the other one.
    KeepMine,
    /// Goes on with the other one.
    TakeTheirs,
    /// It could not be published.
    Failed(E),
}

/// What is said about a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The field was added.
    Added(FieldId),
    /// The field is at this place (from 1) of so many now.
    Moved(FieldId, usize, usize),
    /// The field of this label was taken out.
    Removed(Bilingual),
    /// So many things have to be put right.
    Problems(usize),
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// To the label of an open field.
    Label(FieldId),
    /// To the head of a field.
    Head(FieldId),
    /// To an option of an open field.
    Choice(FieldId, u32),
    /// To the buttons that add fields.
    Palette,
    /// To the first input that has to be put right.
    FirstProblem,
}

/// What follows from a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// To say.
    pub say: Option<Said>,
    /// To focus.
    pub focus: Option<Focus>,
    /// Whether to send the form to the server.
    pub publish: bool,
    /// Whether to ask the server what the other one is.
    pub ask_theirs: bool,
}

impl Effects {
    fn say(said: Said) -> Self {
        Self {
            say: Some(said),
            ..Self::default()
        }
    }

    fn focus(focus: Focus) -> Self {
        Self {
            focus: Some(focus),
            ..Self::default()
        }
    }
}

/// The builder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormBuilder<E> {
    /// The version that was edited; 0 before the first.
    pub based_on: u32,
    /// That version.
    published: RegistrationForm,
    /// The form as it stands here.
    pub form: RegistrationForm,
    /// How many people have answered a field, in any version.
    answered: HashMap<FieldId, u32>,
    /// The field that is open.
    pub open: Option<FieldId>,
    /// The field that is taken out if that is really meant.
    pub asking: Option<FieldId>,
    /// What the last attempt to publish found.
    pub problems: Vec<FieldError>,
    /// What is being done.
    pub phase: Phase<E>,
}

impl<E: PartialEq> FormBuilder<E> {
    /// Begins from the published form.
    pub fn new(version: u32, form: RegistrationForm, answered: Vec<(FieldId, u32)>) -> Self {
        Self {
            based_on: version,
            published: form.clone(),
            form,
            answered: answered.into_iter().collect(),
            open: None,
            asking: None,
            problems: Vec::new(),
            phase: Phase::Editing,
        }
    }

    /// Whether there is something to publish, or to lose.
    pub fn is_changed(&self) -> bool {
        self.form != self.published
    }

    /// Whether *Publish* does something: changes, or a first version, be it one without own fields.
    pub fn can_publish(&self) -> bool {
        (self.is_changed() || self.based_on == 0) && self.phase != Phase::Publishing
    }

    /// Whether another field can be added.
    pub fn has_room(&self) -> bool {
        self.form.fields.len() < MAX_FIELDS
    }

    /// A field.
    pub fn field(&self, id: FieldId) -> Option<&FormField> {
        self.form.fields.iter().find(|field| field.id == id)
    }

    /// The place of a field, from 0.
    pub fn place(&self, id: FieldId) -> Option<usize> {
        self.form.fields.iter().position(|field| field.id == id)
    }

    /// How many people have answered a field.
    pub fn answered(&self, id: FieldId) -> u32 {
        self.answered.get(&id).copied().unwrap_or(0)
    }

    /// The key of the sentence at an input, if something is wrong with it.
    pub fn problem_at(&self, input: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|problem| problem.field == input)
            .map(|problem| problem.text.as_str())
    }

    /// Whether something is wrong with a field.
    pub fn has_problem(&self, id: FieldId) -> bool {
        let name = FormField::new(id, FieldKind::ShortText).name();
        self.problems.iter().any(|p| p.field.starts_with(&name))
    }

    /// Whether another field fills this already.
    pub fn is_filled_elsewhere(&self, attribute: Attribute, id: FieldId) -> bool {
        self.form
            .fields
            .iter()
            .any(|field| field.id != id && field.fills == Some(attribute))
    }

    /// Takes a message in.
    #[allow(clippy::match_same_arms, reason = "each message has its own line")]
    pub fn update(&mut self, message: Message<E>) -> Effects {
        // While the form is on its way, what is shown is what was sent.
        let locked = self.phase == Phase::Publishing
            && !matches!(
                message,
                Message::Published(_)
                    | Message::Refused(_)
                    | Message::Overtaken
                    | Message::Failed(_)
                    | Message::Toggle(_)
            );
        if locked {
            return Effects::default();
        }
        match message {
            Message::Add {
                id,
                kind,
                label,
                choices,
            } => self.add(id, kind, label, choices),
            Message::Duplicate(id, copy) => self.duplicate(id, copy),
            Message::Remove(id) if self.answered(id) > 0 => {
                self.asking = Some(id);
                Effects::default()
            }
            Message::Remove(id) => self.remove(id),
            Message::ReallyRemove => match self.asking.take() {
                Some(id) => self.remove(id),
                None => Effects::default(),
            },
            Message::Keep => {
                self.asking = None;
                Effects::default()
            }
            Message::MoveTo(id, gap) => self.move_to(id, gap),
            Message::Step(id, up) => match self.place(id) {
                Some(place) if up && place > 0 => self.move_to(id, place - 1),
                Some(place) if !up => self.move_to(id, place + 2),
                _ => Effects::default(),
            },
            Message::Toggle(id) => {
                self.open = (self.open != Some(id)).then_some(id);
                Effects::default()
            }
            Message::Label(id, language, text) => {
                self.edit(id, "", |field| *side(&mut field.label, language) = text)
            }
            Message::Help(id, language, text) => {
                self.edit(id, "-help", |field| *side(&mut field.help, language) = text)
            }
            Message::Required(id, required) => self.edit(id, "", |field| field.required = required),
            Message::Min(id, text) => self.edit(id, "-min", |field| field.min = text),
            Message::Max(id, text) => self.edit(id, "-max", |field| field.max = text),
            Message::Fills(id, fills) => self.edit(id, "-fills", |field| {
                // What options stood for was about the other attribute.
                for choice in &mut field.choices {
                    choice.names = None;
                }
                field.fills = fills;
            }),
            Message::AddChoice(id, choice) => {
                self.edit(id, "-choices", |field| {
                    field.choices.push(new_choice(choice));
                });
                Effects::focus(Focus::Choice(id, choice))
            }
            Message::ChoiceLabel(id, choice, language, text) => {
                self.edit_choice(id, choice, |c| *side(&mut c.label, language) = text)
            }
            Message::ChoiceNames(id, choice, names) => self.edit_choice(id, choice, |c| {
                if let Some((_, name)) = &names
                    && c.label.is_empty()
                {
                    c.label = Bilingual {
                        en: name.clone(),
                        fr: name.clone(),
                    };
                }
                c.names = names.map(|(id, _)| id);
            }),
            Message::StepChoice(id, choice, up) => self.edit(id, "-choices", |field| {
                let Some(place) = field.choices.iter().position(|c| c.id == choice) else {
                    return;
                };
                let to = if up {
                    place.checked_sub(1)
                } else {
                    Some(place + 1)
                };
                if let Some(to) = to.filter(|to| *to < field.choices.len()) {
                    field.choices.swap(place, to);
                }
            }),
            Message::RemoveChoice(id, choice) => {
                let next = self.field(id).and_then(|field| {
                    let place = field.choices.iter().position(|c| c.id == choice)?;
                    let others = field.choices.iter().filter(|c| c.id != choice);
                    let others: Vec<u32> = others.map(|c| c.id).collect();
                    others.get(place).or(others.last()).copied()
                });
                self.edit(id, "-choices", |field| {
                    field.choices.retain(|c| c.id != choice);
                });
                Effects {
                    focus: next.map(|next| Focus::Choice(id, next)),
                    ..Effects::default()
                }
            }
            Message::Discard => {
                self.form = self.published.clone();
                self.settle();
                self.phase = Phase::Editing;
                Effects::default()
            }
            Message::Publish => self.publish(),
            Message::Published(version) => {
                self.based_on = version;
                self.published = self.form.clone();
                self.problems.clear();
                self.phase = Phase::Editing;
                Effects::default()
            }
            Message::Refused(problems) => {
                self.phase = Phase::Editing;
                self.refuse(problems)
            }
            Message::Overtaken => {
                self.phase = Phase::Overtaken(None);
                Effects {
                    ask_theirs: true,
                    ..Effects::default()
                }
            }
            Message::Theirs(version, form) => {
                if matches!(self.phase, Phase::Overtaken(_)) {
                    self.phase = Phase::Overtaken(Some((version, form)));
                }
                Effects::default()
            }
            Message::KeepMine => {
                if let Phase::Overtaken(Some((version, form))) = &self.phase {
                    self.based_on = *version;
                    self.published = form.clone();
                    self.phase = Phase::Editing;
                }
                Effects::default()
            }
            Message::TakeTheirs => {
                if let Phase::Overtaken(Some((version, form))) = &self.phase {
                    self.based_on = *version;
                    self.published = form.clone();
                    self.form = form.clone();
                    self.phase = Phase::Editing;
                    self.settle();
                }
                Effects::default()
            }
            Message::Failed(error) => {
                self.phase = Phase::Failed(error);
                Effects::default()
            }
        }
    }

    fn add(
        &mut self,
        id: FieldId,
        kind: FieldKind,
        label: Bilingual,
        choices: [u32; 2],
    ) -> Effects {
        if !self.has_room() {
            return Effects::default();
        }
        let mut field = FormField::new(id, kind);
        field.label = label;
        // What such a field is nearly always for.
        field.fills = match kind {
            FieldKind::Email => Some(Attribute::Email),
            FieldKind::Mobile => Some(Attribute::Mobile),
            _ => None,
        }
        .filter(|attribute| !self.is_filled_elsewhere(*attribute, id));
        field.required = kind == FieldKind::TickBox;
        if kind.has_choices() {
            field.choices = choices.into_iter().map(new_choice).collect();
        }
        self.form.fields.push(field);
        self.open = Some(id);
        self.forgive("form");
        Effects {
            say: Some(Said::Added(id)),
            focus: Some(Focus::Label(id)),
            ..Effects::default()
        }
    }

    fn duplicate(&mut self, id: FieldId, copy: FieldId) -> Effects {
        let Some((place, field)) = self.place(id).zip(self.field(id)) else {
            return Effects::default();
        };
        if !self.has_room() {
            return Effects::default();
        }
        let mut field = field.clone();
        field.id = copy;
        // Only one field can fill an attribute.
        field.fills = None;
        for choice in &mut field.choices {
            choice.names = None;
        }
        self.form.fields.insert(place + 1, field);
        self.open = Some(copy);
        Effects {
            say: Some(Said::Added(copy)),
            focus: Some(Focus::Label(copy)),
            ..Effects::default()
        }
    }

    fn remove(&mut self, id: FieldId) -> Effects {
        let Some(place) = self.place(id) else {
            return Effects::default();
        };
        let field = self.form.fields.remove(place);
        self.settle();
        let fields = &self.form.fields;
        let next = fields.get(place).or(fields.last());
        Effects {
            say: Some(Said::Removed(field.label)),
            focus: Some(next.map_or(Focus::Palette, |next| Focus::Head(next.id))),
            ..Effects::default()
        }
    }

    fn move_to(&mut self, id: FieldId, gap: usize) -> Effects {
        let Some(from) = self.place(id) else {
            return Effects::default();
        };
        let count = self.form.fields.len();
        let gap = gap.min(count);
        // The gaps on both sides of a field are where it is.
        if gap == from || gap == from + 1 {
            return Effects::default();
        }
        let field = self.form.fields.remove(from);
        let to = if gap > from { gap - 1 } else { gap };
        self.form.fields.insert(to, field);
        Effects::say(Said::Moved(id, to + 1, count))
    }

    fn edit(&mut self, id: FieldId, part: &str, change: impl FnOnce(&mut FormField)) -> Effects {
        if let Some(field) = self.form.fields.iter_mut().find(|field| field.id == id) {
            change(field);
            let name = format!("{}{part}", field.name());
            self.forgive(&name);
            if part == "-min" || part == "-choices" {
                // Both limits are looked at together, and against the number of options.
                let max = format!("{}-max", FormField::new(id, FieldKind::Number).name());
                self.forgive(&max);
            }
        }
        Effects::default()
    }

    fn edit_choice(
        &mut self,
        id: FieldId,
        choice: u32,
        change: impl FnOnce(&mut Choice),
    ) -> Effects {
        self.edit(id, "-choices", |field| {
            if let Some(choice) = field.choices.iter_mut().find(|c| c.id == choice) {
                change(choice);
            }
        })
    }

    fn publish(&mut self) -> Effects {
        if !self.can_publish() {
            return Effects::default();
        }
        let problems = self.form.problems();
        if !problems.is_empty() {
            return self.refuse(problems);
        }
        self.problems.clear();
        self.phase = Phase::Publishing;
        Effects {
            publish: true,
            ..Effects::default()
        }
    }

    fn refuse(&mut self, problems: Vec<FieldError>) -> Effects {
        let count = problems.len();
        self.problems = problems;
        let first = self
            .form
            .fields
            .iter()
            .map(|field| field.id)
            .find(|id| self.has_problem(*id));
        if first.is_some() {
            self.open = first;
        }
        Effects {
            say: Some(Said::Problems(count)),
            focus: Some(Focus::FirstProblem),
            ..Effects::default()
        }
    }

    /// A problem goes away when its input is changed; whether it is solved, the next attempt tells.
    fn forgive(&mut self, input: &str) {
        self.problems.retain(|problem| problem.field != input);
        if matches!(self.phase, Phase::Failed(_)) {
            self.phase = Phase::Editing;
        }
    }

    /// Forgets what was said about fields that are no longer there.
    fn settle(&mut self) {
        let gone = |id: &FieldId| !self.form.fields.iter().any(|field| field.id == *id);
        if self.open.as_ref().is_some_and(gone) {
            self.open = None;
        }
        if self.asking.as_ref().is_some_and(gone) {
            self.asking = None;
        }
        let names: Vec<String> = self.form.fields.iter().map(FormField::name).collect();
        self.problems.retain(|problem| {
            problem.field == "form" || names.iter().any(|name| problem.field.starts_with(name))
        });
    }
}

fn new_choice(id: u32) -> Choice {
    Choice {
        id,
        ..Choice::default()
    }
}

fn side(text: &mut Bilingual, language: Language) -> &mut String {
    match language {
        Language::En => &mut text.en,
        Language::Fr => &mut text.fr,
    }
}

#[cfg(test)]
mod tests;
