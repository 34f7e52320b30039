//! Messages as files: what a new installation does, and what one looks into while trying it out.

use super::envelope::{envelope, message_id};
use super::{Failure, Gateway, Parcel, Receipt};
use crate::dkim::Dkim;
use crate::target::Sender;
use convoke_storage::outbox::Destination;
use futures::future::BoxFuture;
use std::path::{Path, PathBuf};

/// Writes one file for each message: `.eml`, which any mail program opens, or `.txt`.
#[derive(Debug)]
pub struct FileGateway {
    folder: PathBuf,
    /// Whom e-mails come from; `None` for text messages.
    from: Option<Sender>,
    /// What e-mails are signed with.
    dkim: Option<Dkim>,
}

impl FileGateway {
    /// For e-mails.
    pub fn mail(folder: &Path, from: Sender, dkim: Option<Dkim>) -> Self {
        Self {
            folder: folder.to_owned(),
            from: Some(from),
            dkim,
        }
    }

    /// For text messages.
    pub fn sms(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            from: None,
            dkim: None,
        }
    }

    /// The name is that of the row: a second attempt takes the place of the first.
    async fn write(&self, parcel: &Parcel) -> Result<Receipt, Failure> {
        let (name, content, provider_id) = if let Some(from) = &self.from {
            let mut message = envelope(parcel, from).map_err(Failure::NoSuchAddress)?;
            if let Some(dkim) = &self.dkim {
                dkim.sign(&mut message);
            }
            (
                format!("{}.eml", parcel.id),
                message.formatted(),
                message_id(parcel, from),
            )
        } else {
            let name = format!("{}.txt", parcel.id);
            let content = format!("To: {}\n\n{}\n", parcel.address, parcel.rendered.text);
            (name.clone(), content.into_bytes(), name)
        };
        // Under another name first, so that nobody reads half a message.
        let draft = self.folder.join(format!(".{name}.part"));
        let written = async {
            tokio::fs::create_dir_all(&self.folder).await?;
            tokio::fs::write(&draft, content).await?;
            tokio::fs::rename(&draft, self.folder.join(&name)).await
        };
        match written.await {
            Ok(()) => Ok(Receipt { provider_id }),
            Err(e) => Err(Failure::StopChannel(format!(
                "cannot write to {}: {e}",
                self.folder.display()
            ))),
        }
    }
}

impl Gateway for FileGateway {
    fn hand_over<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Receipt, Failure>> {
        Box::pin(self.write(parcel))
    }

    fn destination(&self) -> Destination {
        Destination {
            address: self.folder.display().to_string(),
            is_file: true,
        }
    }
}
