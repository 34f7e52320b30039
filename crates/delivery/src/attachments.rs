//! Files that go with an e-mail.
//!
//! They are as large as everything else of a mail is small, so each is read and encoded once and shared by all messages that it goes with
//! ([`Enclosed`] is cheap to clone). Only while a message is handed over has it a copy of its own.

use convoke_storage::documents::StoredFile;
use futures::future::BoxFuture;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Body, SinglePart};
use std::fmt;
use std::sync::Arc;

/// Where the files are that messages take along.
pub trait FileSource: Send + Sync {
    /// The bytes of a file, all of them. The error is for whoever looks closer at the message: no path and no secret in it.
    fn read<'a>(&'a self, file: &'a StoredFile) -> BoxFuture<'a, Result<Vec<u8>, String>>;
}

/// Has no files.
pub(crate) struct NoFiles;

impl FileSource for NoFiles {
    fn read<'a>(&'a self, _: &'a StoredFile) -> BoxFuture<'a, Result<Vec<u8>, String>> {
        Box::pin(async { Err("no place for files was opened".to_owned()) })
    }
}

/// A file as it goes over the wire. Clones share its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosed {
    name: String,
    media_type: String,
    encoded: Arc<Vec<u8>>,
}

impl Enclosed {
    /// A file with this name, media type and content.
    pub fn new(name: &str, media_type: &str, content: &[u8]) -> Self {
        Self::sharing(name, media_type, Arc::new(encoded(content.to_vec())))
    }

    /// The same of what [`encoded`] made.
    pub(crate) fn sharing(name: &str, media_type: &str, encoded: Arc<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            encoded,
        }
    }

    /// The part of a message. This is where its bytes are copied.
    pub(crate) fn part(&self) -> SinglePart {
        let kind = ContentType::parse(&self.media_type)
            .or_else(|_| ContentType::parse("application/octet-stream"))
            .unwrap_or(ContentType::TEXT_PLAIN);
        let body =
            Body::dangerous_pre_encoded(self.encoded.to_vec(), ContentTransferEncoding::Base64);
        Attachment::new(self.name.clone()).body(body, kind)
    }
}

/// Without the content.
impl fmt::Debug for Enclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Enclosed({}, {}, {} bytes)",
            self.name,
            self.media_type,
            self.encoded.len()
        )
    }
}

/// A file as a mail has it: Base64, in lines.
pub(crate) fn encoded(content: Vec<u8>) -> Vec<u8> {
    Body::new_with_encoding(content, ContentTransferEncoding::Base64)
        // It takes anything.
        .unwrap_or_else(Body::new)
        .into_vec()
}
