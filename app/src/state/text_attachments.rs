//! What the editor of message texts knows of attachments, without a page: what goes with which e-mail, shown at once and put right by the server's answers.

use convoke_domain::DocumentId;
use convoke_domain::message_text::{TextKey, attachments_problem};
use convoke_domain::view::TextFile;
use std::collections::HashMap;

/// The files of a training, and which go with which e-mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextAttachments {
    /// The files.
    pub files: Vec<TextFile>,
    attached: HashMap<TextKey, Vec<DocumentId>>,
    asked: u32,
}

impl TextAttachments {
    /// As the server tells them.
    pub fn new(files: Vec<TextFile>, attached: Vec<(TextKey, Vec<DocumentId>)>) -> Self {
        Self {
            files,
            attached: attached.into_iter().collect(),
            asked: 0,
        }
    }

    /// Whether a file goes with an e-mail.
    pub fn has(&self, key: TextKey, file: DocumentId) -> bool {
        self.attached
            .get(&key)
            .is_some_and(|files| files.contains(&file))
    }

    /// The names of what goes with an e-mail.
    pub fn names(&self, key: TextKey) -> Vec<&str> {
        self.files
            .iter()
            .filter(|file| self.has(key, file.id))
            .map(|file| file.name.as_str())
            .collect()
    }

    /// Ticks a file, or takes the tick away; it shows at once. Gives the number of the question for the server, or the key of the sentence that says
    /// why it cannot be.
    pub fn tick(&mut self, key: TextKey, file: DocumentId, on: bool) -> Result<u32, &'static str> {
        let bytes = |id: &DocumentId| {
            let known = self.files.iter().find(|file| file.id == *id);
            known.map_or(0, |file| file.bytes)
        };
        let mut files = self.attached.get(&key).cloned().unwrap_or_default();
        files.retain(|known| *known != file);
        if on {
            files.push(file);
            if let Some(problem) = attachments_problem(files.iter().map(bytes)) {
                return Err(problem);
            }
        }
        self.attached.insert(key, files);
        self.asked += 1;
        Ok(self.asked)
    }

    /// The server's answer to a question. An older one than the last says nothing any more.
    pub fn answered(&mut self, number: u32, key: TextKey, files: Vec<DocumentId>) {
        if number == self.asked {
            self.attached.insert(key, files);
        }
    }

    /// The server refused: that tick alone is taken back.
    pub fn refused(&mut self, key: TextKey, file: DocumentId, on: bool) {
        let files = self.attached.entry(key).or_default();
        files.retain(|known| *known != file);
        if !on {
            files.push(file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::message_text::{MAX_ATTACHED_BYTES, MAX_ATTACHMENTS};
    use convoke_domain::{Channel, Language, MessageKind};

    const KEY: TextKey = TextKey {
        kind: MessageKind::Invitation,
        language: Language::En,
        channel: Channel::Email,
    };

    fn id(n: u128) -> DocumentId {
        DocumentId(uuid::Uuid::from_u128(n))
    }

    fn of(sizes: &[u64]) -> TextAttachments {
        let files = sizes.iter().zip(0_u128..).map(|(bytes, n)| TextFile {
            id: id(n),
            name: format!("{n}.pdf"),
            detail: String::new(),
            bytes: *bytes,
            shared: false,
        });
        TextAttachments::new(files.collect(), Vec::new())
    }

    #[test]
    fn what_is_ticked_shows_at_once_and_a_refused_tick_alone_is_taken_back() {
        let mut here = of(&[1, 1]);
        assert_eq!(here.tick(KEY, id(0), true), Ok(1));
        assert_eq!(here.tick(KEY, id(1), true), Ok(2));
        // The first answer does not know of the second tick.
        here.answered(1, KEY, vec![id(0)]);
        assert_eq!(here.names(KEY), ["0.pdf", "1.pdf"]);
        here.refused(KEY, id(0), true);
        assert_eq!(here.names(KEY), ["1.pdf"]);
        assert_eq!(here.tick(KEY, id(1), false), Ok(3));
        here.refused(KEY, id(1), false);
        assert!(here.has(KEY, id(1)));
        // A colleague attached another.
        assert_eq!(here.tick(KEY, id(1), false), Ok(4));
        here.answered(4, KEY, vec![id(0)]);
        assert_eq!(here.names(KEY), ["0.pdf"]);
        let french = TextKey {
            language: Language::Fr,
            ..KEY
        };
        assert!(here.names(french).is_empty());
    }

    #[test]
    fn too_many_and_too_large_is_said_before_anybody_is_asked() {
        let mut here = of(&[1; MAX_ATTACHMENTS + 1]);
        for n in 0..MAX_ATTACHMENTS as u128 {
            here.tick(KEY, id(n), true).unwrap();
        }
        let sixth = id(MAX_ATTACHMENTS as u128);
        assert_eq!(here.tick(KEY, sixth, true), Err("error-attachments-many"));
        assert!(!here.has(KEY, sixth));
        let mut here = of(&[MAX_ATTACHED_BYTES, 1]);
        here.tick(KEY, id(0), true).unwrap();
        assert_eq!(here.tick(KEY, id(1), true), Err("error-attachments-large"));
        here.tick(KEY, id(0), false).unwrap();
        here.tick(KEY, id(1), true).unwrap();
    }
}
