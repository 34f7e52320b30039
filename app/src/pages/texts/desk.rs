//! What the parts of the editor share, and what they ask the server for.

use crate::api::ApiError;
use crate::api::texts::{message_texts, preview_text, save_message_text, test_text, text_values};
use crate::components::{Announcer, Pace, use_announcer};
use crate::state::text_editor::TextEditor;
use crate::tr;
use convoke_domain::message_text::{TextKey, fill};
use convoke_domain::sms::{SmsCost, plain_signs};
use convoke_domain::view::{
    MessagePreview, ReaderValues, SaveText, TextReader, TextRequest, TextsView,
};
use convoke_domain::{Channel, InvitationId, Refusal, TrainingId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The editor's memory; copies are the same.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The training; `None` for the organisation's texts.
    training: StoredValue<Option<TrainingId>>,
    /// What is typed and saved.
    pub editor: RwSignal<TextEditor>,
    /// The text that is shown.
    pub key: Memo<TextKey>,
    /// Who can be chosen as reader of the preview.
    pub readers: StoredValue<Vec<TextReader>>,
    /// Who is.
    pub reader: RwSignal<Option<InvitationId>>,
    /// What the placeholders stand for then.
    pub values: RwSignal<Option<ReaderValues>>,
    /// The last e-mail that was asked for.
    mail: RwSignal<Option<MessagePreview>>,
    /// Numbers the questions: only the last one's answer is shown.
    asked: StoredValue<u32>,
    /// Why the preview did not come.
    pub preview_failure: RwSignal<Option<ApiError>>,
    /// Why the text was not saved, or the test not sent.
    pub failure: RwSignal<Option<ApiError>>,
    /// Whether a text is being saved.
    pub saving: RwSignal<bool>,
    /// Whether a test is being sent.
    pub testing: RwSignal<bool>,
    announcer: Announcer,
}

impl Desk {
    /// The memory of an editor that is opened at a text.
    pub fn new(texts: TextsView, first: TextKey) -> Self {
        let training = texts.training.map(|(id, _)| id);
        let editor = RwSignal::new(TextEditor::new(training, texts.texts, first));
        let desk = Self {
            training: StoredValue::new(training),
            editor,
            key: Memo::new(move |_| editor.with(|editor| editor.current)),
            readers: StoredValue::new(texts.readers),
            reader: RwSignal::new(None),
            values: RwSignal::new(None),
            mail: RwSignal::new(None),
            asked: StoredValue::new(0),
            preview_failure: RwSignal::new(None),
            failure: RwSignal::new(None),
            saving: RwSignal::new(false),
            testing: RwSignal::new(false),
            announcer: use_announcer(),
        };
        let pace = Pace::new(move || desk.ask_preview());
        Effect::new(move |_| {
            desk.reader.track();
            desk.editor.track();
            pace.typed();
        });
        Effect::new(move |_| desk.ask_values(desk.reader.get()));
        desk
    }

    /// Shows another text.
    pub fn show(self, key: TextKey) {
        self.failure.set(None);
        self.editor.update(|editor| editor.show(key));
    }

    fn request(self) -> TextRequest {
        self.editor.with_untracked(|editor| TextRequest {
            training: self.training.get_value(),
            key: editor.current,
            draft: editor.draft(),
            reader: self.reader.get_untracked(),
        })
    }

    /// Whether what is typed makes a message.
    pub fn is_right(self) -> bool {
        self.editor.with(|editor| editor.problems().is_empty())
    }

    fn ask_values(self, reader: Option<InvitationId>) {
        spawn_local(async move {
            match text_values(self.training.get_value(), reader).await {
                Ok(values) if self.reader.try_get_untracked() == Some(reader) => {
                    self.values.try_set(Some(values));
                }
                Ok(_) => {}
                Err(error) => {
                    self.preview_failure.try_set(Some(error));
                }
            }
        });
    }

    /// E-mails are made by the server; text messages are filled in here ([`Desk::preview`]).
    pub fn ask_preview(self) {
        let request = self.request();
        if request.key.channel == Channel::Sms || !untrack(|| self.is_right()) {
            return;
        }
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        spawn_local(async move {
            let answer = preview_text(request).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(preview) => {
                    self.preview_failure.try_set(None);
                    self.mail.try_set(Some(preview));
                }
                Err(error) => {
                    self.preview_failure.try_set(Some(error));
                }
            }
        });
    }

    /// The message as the chosen reader would see it, as far as it is known.
    pub fn preview(self) -> Option<MessagePreview> {
        let key = self.key.get();
        if key.channel == Channel::Email {
            return self.mail.get();
        }
        let draft = self.editor.with(TextEditor::draft);
        self.values.with(|values| {
            let values = values.as_ref()?;
            let (_, filled) = values.values.iter().find(|(l, _)| *l == key.language)?;
            let value = |link: Option<&str>| {
                let text = fill(&draft.body, |placeholder| {
                    let found = filled.iter().find(|(p, _)| *p == placeholder);
                    match link {
                        Some(link)
                            if placeholder == convoke_domain::message_text::Placeholder::Link =>
                        {
                            link.to_owned()
                        }
                        _ => found.map(|(_, value)| value.clone()).unwrap_or_default(),
                    }
                });
                plain_signs(text.trim())
            };
            Some(MessagePreview {
                to: values.name.clone(),
                channel: Channel::Sms,
                subject: String::new(),
                text: value(None),
                html: None,
                sms: Some(SmsCost::of(&value(Some(&values.sample_link)))),
                attachments: Vec::new(),
            })
        })
    }

    /// *Save*.
    pub fn save(self) {
        if self.saving.get_untracked() {
            return;
        }
        self.failure.set(None);
        let request = self.editor.try_update(TextEditor::save).flatten();
        if let Some(request) = request {
            self.send(request, tr!("text-saved"));
        } else {
            let found = self
                .editor
                .with_untracked(|editor| editor.problems().first().map(|(field, _)| *field));
            if let Some(field) = found {
                crate::focus::go_to(format!("#text-{}", field.as_str()));
            }
        }
    }

    /// *Back to the text beneath*.
    pub fn take_away(self) {
        if !self.saving.get_untracked() {
            let request = self.editor.with_untracked(TextEditor::take_away);
            self.send(request, tr!("text-reset-done"));
        }
    }

    fn send(self, request: SaveText, done: String) {
        self.saving.set(true);
        spawn_local(async move {
            let answer = save_message_text(request.clone()).await;
            self.saving.try_set(false);
            match answer {
                Ok(text) => {
                    self.editor
                        .try_update(|editor| editor.saved(&request, text));
                    self.announcer.toast(done);
                }
                Err(ApiError::Refused(Refusal::Conflict(_))) => self.look_again(&request).await,
                Err(error) => {
                    self.failure.try_set(Some(error));
                }
            }
        });
    }

    /// Somebody else was faster: shows what they wrote.
    async fn look_again(self, request: &SaveText) {
        match message_texts(self.training.get_value()).await {
            Ok(view) => {
                let theirs = view.texts.into_iter().find(|text| text.key == request.key);
                if let Some(theirs) = theirs {
                    self.editor.try_update(|editor| editor.conflict(theirs));
                }
            }
            Err(error) => {
                self.failure.try_set(Some(error));
            }
        }
    }

    /// *Send a test message to myself*.
    pub fn test(self) {
        if self.testing.get_untracked() {
            return;
        }
        self.failure.set(None);
        self.testing.set(true);
        let request = self.request();
        spawn_local(async move {
            let answer = test_text(request).await;
            self.testing.try_set(false);
            match answer {
                Ok(address) => self
                    .announcer
                    .toast(tr!("text-test-sent", address = address)),
                Err(error) => {
                    self.failure.try_set(Some(error));
                }
            }
        });
    }
}
