//! The form builder, act by act.

use super::*;
use proptest::prelude::*;

type Builder = FormBuilder<&'static str>;
type M = Message<&'static str>;

fn id(n: u128) -> FieldId {
    FieldId(Uuid::from_u128(n))
}

fn label(text: &str) -> Bilingual {
    Bilingual {
        en: text.to_owned(),
        fr: String::new(),
    }
}

fn add(n: u128, kind: FieldKind) -> M {
    Message::Add {
        id: id(n),
        kind,
        label: label(&format!("Field {n}")),
        choices: [11, 12],
    }
}

fn builder(fields: &[FieldKind]) -> Builder {
    let mut builder = Builder::new(0, RegistrationForm::default(), Vec::new());
    for (n, kind) in (1..).zip(fields) {
        builder.update(add(n, *kind));
    }
    builder.update(Message::Publish);
    builder.update(Message::Published(1));
    builder
}

fn order(builder: &Builder) -> Vec<u128> {
    let fields = builder.form.fields.iter();
    fields.map(|field| field.id.0.as_u128()).collect()
}

const THREE: [FieldKind; 3] = [FieldKind::ShortText, FieldKind::Email, FieldKind::Date];

#[test]
fn a_field_that_is_added_is_open_and_has_the_focus() {
    let mut builder = builder(&[]);
    let effects = builder.update(add(1, FieldKind::ShortText));
    assert_eq!(effects.focus, Some(Focus::Label(id(1))));
    assert_eq!(builder.open, Some(id(1)));
    assert!(builder.is_changed());
    builder.update(Message::Discard);
    assert!(!builder.is_changed());
    assert_eq!(builder.open, None);
}

#[test]
fn a_form_without_own_fields_can_be_published_once() {
    let mut builder = Builder::new(0, RegistrationForm::default(), Vec::new());
    assert!(builder.can_publish());
    assert!(builder.update(Message::Publish).publish);
    builder.update(Message::Published(1));
    assert!(!builder.can_publish());
}

#[test]
fn an_address_fills_the_users_unless_another_field_does() {
    let mut builder = builder(&[]);
    builder.update(add(1, FieldKind::Email));
    builder.update(add(2, FieldKind::Email));
    assert_eq!(builder.field(id(1)).unwrap().fills, Some(Attribute::Email));
    assert_eq!(builder.field(id(2)).unwrap().fills, None);
    builder.update(Message::Duplicate(id(1), id(3)));
    assert_eq!(builder.field(id(3)).unwrap().fills, None);
    assert_eq!(order(&builder), [1, 3, 2]);
}

#[test]
fn fields_move_by_gaps_and_by_steps() {
    let mut builder = builder(&THREE);
    let effects = builder.update(Message::MoveTo(id(1), 3));
    assert_eq!(order(&builder), [2, 3, 1]);
    assert_eq!(effects.say, Some(Said::Moved(id(1), 3, 3)));
    builder.update(Message::MoveTo(id(1), 0));
    assert_eq!(order(&builder), [1, 2, 3]);
    assert_eq!(
        builder.update(Message::MoveTo(id(2), 2)),
        Effects::default()
    );
    builder.update(Message::Step(id(1), false));
    assert_eq!(order(&builder), [2, 1, 3]);
    builder.update(Message::Step(id(1), true));
    builder.update(Message::Step(id(1), true));
    assert_eq!(order(&builder), [1, 2, 3]);
    builder.update(Message::Step(id(3), false));
    assert_eq!(order(&builder), [1, 2, 3]);
}

#[test]
fn a_field_that_people_have_answered_is_asked_about() {
    let form = builder(&THREE).form;
    let mut builder = Builder::new(4, form, vec![(id(2), 7)]);
    builder.update(Message::Remove(id(2)));
    assert_eq!(builder.asking, Some(id(2)));
    assert_eq!(order(&builder), [1, 2, 3]);
    builder.update(Message::Keep);
    assert_eq!(builder.asking, None);
    builder.update(Message::Remove(id(2)));
    let effects = builder.update(Message::ReallyRemove);
    assert_eq!(order(&builder), [1, 3]);
    assert_eq!(effects.focus, Some(Focus::Head(id(3))));
    let effects = builder.update(Message::Remove(id(3)));
    assert_eq!(
        effects.focus,
        Some(Focus::Head(id(1))),
        "nobody answered it"
    );
    let effects = builder.update(Message::Remove(id(1)));
    assert_eq!(effects.focus, Some(Focus::Palette));
}

#[test]
fn what_is_wrong_is_shown_where_it_is_and_forgiven_when_it_is_changed() {
    let mut builder = builder(&THREE);
    builder.update(Message::Label(id(2), Language::En, String::new()));
    builder.update(Message::Toggle(id(1)));
    let effects = builder.update(Message::Publish);
    assert!(!effects.publish);
    assert_eq!(effects.say, Some(Said::Problems(1)));
    assert_eq!(builder.open, Some(id(2)));
    let input = builder.field(id(2)).unwrap().name();
    assert_eq!(builder.problem_at(&input), Some("error-required"));
    assert!(builder.has_problem(id(2)) && !builder.has_problem(id(1)));
    builder.update(Message::Label(id(2), Language::Fr, "Courriel".into()));
    assert_eq!(builder.problem_at(&input), None);
    assert!(builder.update(Message::Publish).publish);
}

#[test]
fn options_keep_their_ids_when_they_are_renamed_and_moved() {
    let mut builder = builder(&[FieldKind::OneChoice]);
    builder.update(Message::AddChoice(id(1), 13));
    for (choice, text) in [(11, "a"), (12, "b"), (13, "c")] {
        builder.update(Message::ChoiceLabel(
            id(1),
            choice,
            Language::En,
            text.into(),
        ));
    }
    builder.update(Message::StepChoice(id(1), 13, true));
    builder.update(Message::StepChoice(id(1), 11, true));
    let choices = |builder: &Builder| -> Vec<(u32, String)> {
        let choices = &builder.field(id(1)).unwrap().choices;
        choices.iter().map(|c| (c.id, c.label.en.clone())).collect()
    };
    assert_eq!(
        choices(&builder),
        [(11, "a".into()), (13, "c".into()), (12, "b".into())]
    );
    let effects = builder.update(Message::RemoveChoice(id(1), 13));
    assert_eq!(effects.focus, Some(Focus::Choice(id(1), 12)));
    assert_eq!(choices(&builder).len(), 2);
}

#[test]
fn an_option_takes_the_name_of_what_it_stands_for() {
    let mut builder = builder(&[FieldKind::OneChoice]);
    builder.update(Message::Fills(id(1), Some(Attribute::Group)));
    let group = Uuid::from_u128(99);
    builder.update(Message::ChoiceNames(
        id(1),
        11,
        Some((group, "Plant Lyon".into())),
    ));
    let choice = &builder.field(id(1)).unwrap().choices[0];
    assert_eq!(choice.names, Some(group));
    assert_eq!(choice.label.fr, "Plant Lyon");
    builder.update(Message::Fills(id(1), None));
    assert_eq!(builder.field(id(1)).unwrap().choices[0].names, None);
}

#[test]
fn nothing_typed_is_lost_when_somebody_else_published() {
    let mut builder = builder(&THREE);
    builder.update(Message::Remove(id(3)));
    assert!(builder.update(Message::Publish).publish);
    assert!(builder.update(Message::Overtaken).ask_theirs);
    let mut theirs = builder.form.clone();
    theirs.fields.reverse();
    builder.update(Message::Theirs(2, theirs.clone()));
    let mut mine = builder.clone();
    mine.update(Message::KeepMine);
    assert_eq!((mine.based_on, order(&mine)), (2, vec![1, 2]));
    assert!(mine.is_changed() && mine.can_publish());
    builder.update(Message::TakeTheirs);
    assert_eq!((builder.based_on, order(&builder)), (2, vec![2, 1]));
    assert!(!builder.is_changed());
}

#[test]
fn a_failure_keeps_everything_and_can_be_tried_again() {
    let mut builder = builder(&THREE);
    builder.update(Message::Step(id(1), false));
    builder.update(Message::Publish);
    builder.update(Message::Remove(id(1)));
    assert_eq!(order(&builder), [2, 1, 3], "what was sent stays");
    builder.update(Message::Failed("network"));
    assert_eq!(builder.phase, Phase::Failed("network"));
    assert!(builder.update(Message::Publish).publish);
}

#[derive(Clone, Debug)]
enum Walk {
    Add,
    Remove(usize),
    Move(usize, usize),
    Step(usize, bool),
    Duplicate(usize),
}

fn walk() -> impl Strategy<Value = Walk> {
    prop_oneof![
        Just(Walk::Add),
        (0..8_usize).prop_map(Walk::Remove),
        (0..8_usize, 0..9_usize).prop_map(|(a, b)| Walk::Move(a, b)),
        (0..8_usize, any::<bool>()).prop_map(|(a, up)| Walk::Step(a, up)),
        (0..8_usize).prop_map(Walk::Duplicate),
    ]
}

proptest! {
    #[test]
    fn no_field_is_lost_or_doubled(steps in proptest::collection::vec(walk(), 0..40)) {
        let mut builder = Builder::new(0, RegistrationForm::default(), Vec::new());
        let mut next = 1;
        for step in steps {
            let before = order(&builder);
            let at = |n: usize| before.get(n).map(|n| id(*n));
            let mut expected = before.clone();
            match step {
                Walk::Add => {
                    builder.update(add(next, FieldKind::Number));
                    expected.push(next);
                    next += 1;
                }
                Walk::Remove(n) => if let Some(field) = at(n) {
                    builder.update(Message::Remove(field));
                    expected.remove(n);
                },
                Walk::Move(n, gap) => if let Some(field) = at(n) {
                    builder.update(Message::MoveTo(field, gap));
                },
                Walk::Step(n, up) => if let Some(field) = at(n) {
                    builder.update(Message::Step(field, up));
                },
                Walk::Duplicate(n) => if let Some(field) = at(n) {
                    builder.update(Message::Duplicate(field, id(next)));
                    expected.push(next);
                    next += 1;
                },
            }
            let mut now = order(&builder);
            now.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(now, expected);
        }
    }
}
