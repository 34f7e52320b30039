//! Keeping what a tab shows fresh: asked anew when the server announces a change of the training, and whenever there is a doubt.

use crate::state::refetch::Refetch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// Changes come in bursts: so long is waited for the rest of one.
const BURST: Duration = Duration::from_millis(300);

type Question = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = bool>>> + Send + Sync>;

/// When a tab asks its question; from its store.
#[derive(Clone, Copy)]
pub struct Fresh {
    refetch: StoredValue<Refetch>,
    question: StoredValue<Option<Question>>,
}

impl Fresh {
    /// Without a question yet: see [`Self::asks`].
    pub fn new() -> Self {
        Self {
            refetch: StoredValue::new(Refetch::default()),
            question: StoredValue::new(None),
        }
    }

    /// The question: asks the server, shows the answer, and tells whether there was one.
    pub fn asks<F: Future<Output = bool> + 'static>(
        self,
        question: impl Fn() -> F + Send + Sync + 'static,
    ) {
        let question: Question = Arc::new(move || Box::pin(question()));
        self.question.set_value(Some(question));
    }

    /// The server announced a version of the training.
    pub fn announced(self, version: i64) {
        if self.refetch.try_update_value(|r| r.announce(version)) == Some(true) {
            set_timeout(move || self.ask(), BURST);
        }
    }

    /// Asks for everything anew.
    pub fn refresh(self) {
        if self.refetch.try_update_value(Refetch::demand) == Some(true) {
            self.ask();
        }
    }

    fn ask(self) {
        let question = self.question.try_get_value().flatten();
        let (Some(asked), Some(question)) = (self.refetch.try_get_value(), question) else {
            return;
        };
        spawn_local(async move {
            // The answer is at least as new as what had been announced when it was asked for.
            let version = question().await.then_some(asked.announced());
            if self.refetch.try_update_value(|r| r.done(version)) == Some(true) {
                set_timeout(move || self.ask(), BURST);
            }
        });
    }
}
