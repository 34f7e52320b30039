use crate::DocumentId;
use serde::{Deserialize, Serialize};

/// A document or link of a training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// The document.
    pub id: DocumentId,
    /// What it is called.
    pub title: String,
    /// The address, for a link; `None` for a file.
    pub url: Option<String>,
    /// "PDF · 1.2 MB", or the host of a link.
    pub detail: String,
    /// "shared today at 09:12"; `None` while only administrators and trainers see it.
    pub shared: Option<String>,
    /// The e-mails that it goes with, "Invitation (Français)"; only for who may add documents.
    #[serde(default)]
    pub attached: Vec<String>,
}

/// The documents of a training, for who may add and share them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentsView {
    /// In their order.
    pub rows: Vec<DocumentRow>,
    /// The most bytes a file may have.
    pub max_bytes: u64,
    /// The endings a file may have, for `accept`: `.pdf,.docx,…`.
    pub accept: String,
}
