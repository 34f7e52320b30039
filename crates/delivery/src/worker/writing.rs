//! A message that is marked is written by the task that hands it over: outside of the transaction, and while others are on their way.

use super::attachments::{Luggage, Shelf};
use crate::gateway::{Letterhead, Parcel};
use crate::link::{self, BLOTTED};
use crate::render::{AccountLetter, Letter, Rendered, render, render_account, sample_training};
use crate::stop;
use convoke_domain::message_text::TextKey;
use convoke_domain::person::full_name;
use convoke_domain::{Channel, InvitationState, Language, MessageId, Timestamp, TrainingId};
use convoke_storage::attachments::Attachments;
use convoke_storage::message_texts::WrittenTexts;
use convoke_storage::outbox::{MessageFacts, TestMessage, TrainingFacts};
use convoke_texts::t;
use std::collections::HashMap;
use std::sync::Arc;

/// What the messages of one look are written from.
pub(super) struct Sources {
    /// The trainings they are about.
    pub(super) trainings: HashMap<TrainingId, TrainingFacts>,
    /// What was written to be said about them.
    pub(super) texts: WrittenTexts,
    /// Texts that are tried out.
    pub(super) tests: HashMap<MessageId, TestMessage>,
    /// What goes with their e-mails.
    pub(super) attachments: Attachments,
    /// Where that is read.
    pub(super) shelf: Arc<Shelf>,
    /// What links begin with.
    pub(super) base_url: String,
    /// The address they come from.
    pub(super) from: String,
}

/// What only its reader may know of a message; none of it is kept.
pub(super) struct Secrets {
    /// Of the link to the invitation or account.
    pub(super) link: String,
    /// Of the link by which the reader says that they want no more.
    pub(super) stop: String,
    /// The one-time code; empty where there is none.
    pub(super) code: String,
}

/// A message that is marked as being sent, once the transaction is committed.
pub(super) struct Marked {
    /// What is known of it.
    pub(super) facts: MessageFacts,
    /// Where it goes.
    pub(super) address: String,
    /// What goes into it.
    pub(super) secrets: Secrets,
    /// What it is written from.
    pub(super) sources: Arc<Sources>,
    /// When this attempt is made.
    pub(super) now: Timestamp,
}

/// A message that is written.
pub(super) struct Written {
    /// What is handed over.
    pub(super) parcel: Parcel,
    /// Plain text with the secrets blotted out, and what is attached.
    pub(super) kept: String,
    /// What it takes along, not read yet.
    luggage: Option<Luggage>,
}

impl Written {
    /// Puts in what it takes along. The error says which file could not be read.
    pub(super) async fn pack(&mut self) -> Result<(), String> {
        if let Some(luggage) = self.luggage.take() {
            self.parcel.rendered.enclosed = luggage.fetch().await?;
        }
        Ok(())
    }
}

impl Marked {
    /// This attempt counted.
    pub(super) const fn attempts(&self) -> i64 {
        self.facts.attempts + 1
    }

    /// Writes it.
    pub(super) fn write(&self) -> Written {
        let training = self.training(self.facts.training_id);
        let rendered = match (self.sources.tests.get(&self.facts.id), training) {
            (Some(test), _) => {
                let rendered = self.try_out(test);
                return self.written(rendered.text.clone(), rendered);
            }
            (None, Some(training)) => self.about(training),
            (None, None) => self.account(),
        };
        let mut kept = rendered.text.clone();
        let Secrets { link, stop, code } = &self.secrets;
        for secret in [link, stop, code] {
            if !secret.is_empty() {
                kept = kept.replace(secret, BLOTTED);
            }
        }
        self.written(kept, rendered)
    }

    /// What it takes along, and in which language its reader is told so.
    fn luggage(&self) -> Option<(Luggage, Language)> {
        let facts = &self.facts;
        let (training, key) = match self.sources.tests.get(&facts.id) {
            Some(test) => (test.training_id.filter(|_| test.attachments)?, test.key),
            None => (
                facts.training_id?,
                TextKey {
                    kind: facts.kind,
                    language: facts.language,
                    channel: facts.channel,
                },
            ),
        };
        let files = self.sources.attachments.of(training, key);
        Some((Luggage::of(files, &self.sources.shelf)?, key.language))
    }

    fn training(&self, id: Option<TrainingId>) -> Option<&TrainingFacts> {
        self.sources.trainings.get(&id?)
    }

    fn stop(&self) -> String {
        stop::link(&self.sources.base_url, &self.secrets.stop)
    }

    fn about(&self, training: &TrainingFacts) -> Rendered {
        let facts = &self.facts;
        let key = TextKey {
            kind: facts.kind,
            language: facts.language,
            channel: facts.channel,
        };
        let text = self
            .sources
            .texts
            .of(training.organisation_id, training.id, key);
        render(
            &Letter {
                training,
                person: &facts.person,
                kind: facts.kind,
                language: facts.language,
                text,
                link: &link::answer_link(&self.sources.base_url, &self.secrets.link),
                stop: &self.stop(),
                code: &self.secrets.code,
                waits: facts.invitation_state == Some(InvitationState::Waiting),
                now: self.now,
                from: Some(&self.sources.from),
            },
            facts.channel,
        )
    }

    /// A text as its writer tries it out. Its link leads to a page that says so, and nothing goes into a calendar.
    fn try_out(&self, test: &TestMessage) -> Rendered {
        let facts = &self.facts;
        let language = test.key.language;
        let sample;
        let training = if let Some(training) = self.training(test.training_id) {
            training
        } else {
            sample = sample_training(
                facts.organisation_id,
                &facts.organisation,
                language,
                self.now,
            );
            &sample
        };
        let mut rendered = render(
            &Letter {
                training,
                person: &facts.person,
                kind: test.key.kind,
                language,
                text: Some(&test.draft),
                link: &link::test_link(&self.sources.base_url),
                stop: &stop::link(&self.sources.base_url, stop::TEST),
                code: "",
                waits: true,
                now: self.now,
                from: Some(&self.sources.from),
            },
            test.key.channel,
        );
        let marked = match test.key.channel {
            Channel::Email => &mut rendered.subject,
            Channel::Sms => &mut rendered.text,
        };
        // Nobody says by a test that they want no more.
        rendered.stop = None;
        *marked = t!(language, "mail-test", text = marked.as_str());
        rendered
    }

    fn account(&self) -> Rendered {
        let facts = &self.facts;
        let letter = AccountLetter {
            organisation: &facts.organisation,
            person: &facts.person,
            language: facts.language,
            identifier: &self.address,
            link: &link::account_link(&self.sources.base_url, &self.secrets.link),
            stop: &self.stop(),
            forgot: facts.asked_by_reader,
        };
        render_account(&letter, facts.channel)
    }

    fn written(&self, mut kept: String, rendered: Rendered) -> Written {
        let facts = &self.facts;
        let luggage = self.luggage().map(|(luggage, language)| {
            kept.push_str("\n\n");
            kept.push_str(&luggage.note(language));
            luggage
        });
        Written {
            kept,
            luggage,
            parcel: Parcel {
                id: facts.id,
                address: self.address.clone(),
                name: full_name(&facts.person.first_name, &facts.person.last_name),
                at: self.now,
                letterhead: Letterhead {
                    sender_name: facts.sender_name.clone(),
                    reply_to: facts.reply_to.clone(),
                },
                rendered,
            },
        }
    }
}
