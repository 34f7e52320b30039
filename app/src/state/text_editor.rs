//! What the editor of message texts does, without a page: what is typed over what is saved, text by text, and what becomes of it.

use convoke_domain::TrainingId;
use convoke_domain::message_text::{TextDraft, TextField, TextKey, TextProblem, problems};
use convoke_domain::view::{SaveText, TextSource, TextView};
use std::collections::HashMap;

/// The editor of an organisation's or a training's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEditor {
    training: Option<TrainingId>,
    texts: HashMap<TextKey, TextView>,
    typed: HashMap<TextKey, TextDraft>,
    /// The text that is shown.
    pub current: TextKey,
    /// What a colleague wrote meanwhile, of the text that could not be saved.
    pub theirs: Option<TextView>,
    /// Whether it was tried to save what is shown: then an empty field is pointed out too.
    pub tried: bool,
}

impl TextEditor {
    /// Opens the editor at a text; there has to be one for every key that is ever shown.
    pub fn new(training: Option<TrainingId>, texts: Vec<TextView>, current: TextKey) -> Self {
        Self {
            training,
            texts: texts.into_iter().map(|text| (text.key, text)).collect(),
            typed: HashMap::new(),
            current,
            theirs: None,
            tried: false,
        }
    }

    /// The text that is shown, as it is saved.
    pub fn text(&self) -> Option<&TextView> {
        self.texts.get(&self.current)
    }

    /// Who wrote a text, as it is saved.
    pub fn source(&self, key: TextKey) -> TextSource {
        self.texts
            .get(&key)
            .map_or(TextSource::BuiltIn, |text| text.source)
    }

    /// Whether a text was written here.
    pub fn is_own(&self, key: TextKey) -> bool {
        self.texts
            .get(&key)
            .is_some_and(|text| text.version.is_some())
    }

    /// How many texts were written here.
    pub fn own(&self) -> usize {
        self.texts
            .values()
            .filter(|text| text.version.is_some())
            .count()
    }

    /// What the fields show.
    pub fn draft(&self) -> TextDraft {
        self.typed
            .get(&self.current)
            .or_else(|| self.text().map(|text| &text.draft))
            .cloned()
            .unwrap_or_default()
    }

    /// Shows another text; what was typed in this one stays.
    pub fn show(&mut self, key: TextKey) {
        if self.current != key {
            self.current = key;
            self.theirs = None;
            self.tried = false;
        }
    }

    /// Somebody typed in a field of the text that is shown.
    pub fn type_in(&mut self, field: TextField, words: String) {
        let mut draft = self.draft();
        match field {
            TextField::Subject => draft.subject = words,
            TextField::Body => draft.body = words,
        }
        if self.text().is_some_and(|text| text.draft == draft) {
            self.typed.remove(&self.current);
        } else {
            self.typed.insert(self.current, draft);
        }
    }

    /// Whether a text differs from what is saved.
    pub fn is_changed(&self, key: TextKey) -> bool {
        self.typed.contains_key(&key)
    }

    /// How many texts differ from what is saved.
    pub fn changed(&self) -> usize {
        self.typed.len()
    }

    /// Forgets what was typed in the text that is shown.
    pub fn discard(&mut self) {
        self.typed.remove(&self.current);
        self.theirs = None;
        self.tried = false;
    }

    /// What is wrong with the text that is shown.
    pub fn problems(&self) -> Vec<(TextField, TextProblem)> {
        problems(self.current.kind, self.current.channel, &self.draft())
    }

    /// What is wrong with a field, as far as it is pointed out: at once what was typed too much, an empty field and a missing link once it was tried to
    /// save.
    pub fn problem(&self, field: TextField) -> Option<TextProblem> {
        self.problems()
            .into_iter()
            .find(|(at, _)| *at == field)
            .map(|(_, problem)| problem)
            .filter(|problem| {
                let early = !matches!(problem, TextProblem::Empty | TextProblem::NoLink);
                early || self.tried
            })
    }

    /// *Save*: what to ask the server for, if there is something to save and nothing wrong with it.
    pub fn save(&mut self) -> Option<SaveText> {
        self.tried = true;
        if !self.is_changed(self.current) || !self.problems().is_empty() {
            return None;
        }
        Some(SaveText {
            draft: Some(self.draft()),
            ..self.take_away()
        })
    }

    /// *Back to the text beneath*: what to ask the server for.
    pub fn take_away(&self) -> SaveText {
        SaveText {
            training: self.training,
            key: self.current,
            draft: None,
            version: self.text().and_then(|text| text.version),
        }
    }

    /// The answer to what was asked for. What was typed since stays.
    pub fn saved(&mut self, request: &SaveText, text: TextView) {
        let key = text.key;
        let sent = request.draft.as_ref();
        if sent.is_none() || self.typed.get(&key) == sent {
            self.typed.remove(&key);
        }
        if self.current == key {
            self.theirs = None;
            self.tried = false;
        }
        self.texts.insert(key, text);
    }

    /// Somebody else changed the text meanwhile: it is shown beside what was typed.
    pub fn conflict(&mut self, theirs: TextView) {
        if theirs.key == self.current {
            self.theirs = Some(theirs);
        }
    }

    /// Takes the colleague's text.
    pub fn take_theirs(&mut self) {
        if let Some(theirs) = self.theirs.take() {
            self.typed.remove(&theirs.key);
            self.texts.insert(theirs.key, theirs);
            self.tried = false;
        }
    }

    /// Keeps what was typed over the colleague's text; it is not saved yet.
    pub fn keep_mine(&mut self) {
        if let Some(theirs) = self.theirs.take() {
            let mine = self.draft();
            if theirs.draft == mine {
                self.typed.remove(&theirs.key);
            } else {
                self.typed.insert(theirs.key, mine);
            }
            self.texts.insert(theirs.key, theirs);
        }
    }
}

/// A text with `word` in the place of what is selected, and where the cursor stands then. Places are UTF-16 units, as browsers count.
pub fn insert(text: &str, (from, to): (u32, u32), word: &str) -> (String, u32) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).min(units.len());
    let (from, to) = (place(from.min(to)), place(from.max(to)));
    let word: Vec<u16> = word.encode_utf16().collect();
    let cursor = u32::try_from(from + word.len()).unwrap_or(u32::MAX);
    let all = [&units[..from], &word, &units[to..]].concat();
    (String::from_utf16_lossy(&all), cursor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::{Channel, Language, MessageKind, Timestamp};

    const SMS: TextKey = TextKey {
        kind: MessageKind::Invitation,
        language: Language::En,
        channel: Channel::Sms,
    };
    const MAIL: TextKey = TextKey {
        channel: Channel::Email,
        ..SMS
    };

    fn text(key: TextKey, body: &str, version: Option<i64>) -> TextView {
        let draft = TextDraft {
            subject: String::new(),
            body: body.to_owned(),
        };
        TextView {
            key,
            draft: draft.clone(),
            source: TextSource::BuiltIn,
            version: version.map(Timestamp),
            changed: String::new(),
            beneath: draft,
            beneath_source: TextSource::BuiltIn,
        }
    }

    fn editor() -> TextEditor {
        let texts = vec![text(SMS, "Come: {link}", None), text(MAIL, "Come", Some(7))];
        TextEditor::new(None, texts, SMS)
    }

    fn typed(editor: &mut TextEditor, words: &str) {
        editor.type_in(TextField::Body, words.to_owned());
    }

    #[test]
    fn what_is_typed_stays_while_other_texts_are_looked_at() {
        let mut editor = editor();
        typed(&mut editor, "Please: {link}");
        editor.show(MAIL);
        assert_eq!(editor.draft().body, "Come");
        assert!(editor.is_own(MAIL) && !editor.is_own(SMS));
        editor.show(SMS);
        assert_eq!(editor.draft().body, "Please: {link}");
        assert_eq!((editor.changed(), editor.is_changed(SMS)), (1, true));
        typed(&mut editor, "Come: {link}");
        assert_eq!(editor.changed(), 0, "as it was");
    }

    #[test]
    fn a_text_without_its_link_is_not_saved_and_says_why_once_that_was_tried() {
        let mut editor = editor();
        typed(&mut editor, "Come");
        assert_eq!(editor.problem(TextField::Body), None, "still typing");
        assert_eq!(editor.save(), None);
        assert_eq!(editor.problem(TextField::Body), Some(TextProblem::NoLink));
        typed(&mut editor, "Come {lnk}");
        let unknown = TextProblem::NoSuchPlaceholder("lnk".to_owned());
        assert_eq!(editor.problem(TextField::Body), Some(unknown));
        typed(&mut editor, "Come {lien}");
        assert_eq!(editor.problem(TextField::Body), None);
        let asked = editor.save().unwrap();
        assert_eq!((asked.key, asked.version), (SMS, None));
        assert_eq!(asked.draft.unwrap().body, "Come {lien}");
    }

    #[test]
    fn what_is_typed_while_it_is_saved_is_not_lost() {
        let mut editor = editor();
        typed(&mut editor, "One {link}");
        let asked = editor.save().unwrap();
        typed(&mut editor, "One, two {link}");
        editor.saved(&asked, text(SMS, "One {link}", Some(1)));
        assert_eq!(editor.draft().body, "One, two {link}");
        assert_eq!(editor.save().unwrap().version, Some(Timestamp(1)));
        let asked = editor.take_away();
        editor.saved(&asked, text(SMS, "Come: {link}", None));
        assert_eq!(
            (editor.draft().body.as_str(), editor.changed()),
            ("Come: {link}", 0)
        );
    }

    #[test]
    fn after_a_colleague_both_texts_stand_there_until_it_is_decided() {
        let mut editor = editor();
        typed(&mut editor, "Mine {link}");
        editor.conflict(text(SMS, "Theirs {link}", Some(9)));
        assert_eq!(editor.draft().body, "Mine {link}");
        let mut other = editor.clone();
        editor.keep_mine();
        assert_eq!(editor.save().unwrap().version, Some(Timestamp(9)));
        other.take_theirs();
        assert_eq!(
            (other.draft().body.as_str(), other.changed()),
            ("Theirs {link}", 0)
        );
    }

    #[test]
    fn a_placeholder_is_put_where_the_cursor_is() {
        assert_eq!(insert("Hi 😀!", (5, 5), "{x}"), ("Hi 😀{x}!".to_owned(), 8));
        assert_eq!(
            insert("Hello you", (6, 9), "{x}"),
            ("Hello {x}".to_owned(), 9)
        );
        assert_eq!(insert("", (7, 3), "{x}"), ("{x}".to_owned(), 3));
    }
}
