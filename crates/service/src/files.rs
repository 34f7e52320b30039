//! Where files are: a folder of this machine, or a bucket that speaks S3. The database has their names; here are only bytes under keys.

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, RetryConfig};
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

/// The largest file when nothing else is configured: 50 MB.
pub const DEFAULT_MAX_BYTES: u64 = 50 * 1_000_000;
/// How much of a file is held in memory before it is handed on: S3 takes parts of 5 MiB and more.
const PART: usize = 6 * 1024 * 1024;
/// How many parts may be on their way at once.
const PARTS_AT_ONCE: usize = 2;
/// A bucket that does not answer is tried again so often and so long: somebody is waiting.
const RETRIES: usize = 3;
const RETRY_FOR: Duration = Duration::from_secs(8);
/// What [`Files::probe`] writes for a moment.
const PROBE: &str = ".convoke-check";

/// Where files go: `file:FOLDER` or `s3://bucket/prefix`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesTarget {
    /// A folder, made when it is missing.
    Folder(PathBuf),
    /// A bucket of S3 or something compatible; its address, region and keys are in `AWS_…` variables of the environment.
    S3 {
        /// Name of the bucket.
        bucket: String,
        /// What all keys begin with, perhaps empty.
        prefix: String,
    },
}

/// Text that is no [`FilesTarget`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither file:FOLDER nor s3://bucket/prefix")]
pub struct NoFilesTarget;

impl FromStr for FilesTarget {
    type Err = NoFilesTarget;

    fn from_str(text: &str) -> Result<Self, NoFilesTarget> {
        let text = text.trim();
        if let Some(folder) = text.strip_prefix("file:") {
            // `file:///srv/files` and `file:data/files` alike.
            let folder = folder.strip_prefix("//").unwrap_or(folder);
            return if folder.is_empty() {
                Err(NoFilesTarget)
            } else {
                Ok(Self::Folder(folder.into()))
            };
        }
        let rest = text.strip_prefix("s3://").ok_or(NoFilesTarget)?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if bucket.is_empty() || !bucket.chars().all(named) || prefix.contains(['?', '#']) {
            return Err(NoFilesTarget);
        }
        Ok(Self::S3 {
            bucket: bucket.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
        })
    }
}

impl std::fmt::Display for FilesTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::S3 { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::S3 { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
        }
    }
}

/// Why a file could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// This process was started without a place for files.
    #[error("no place for files was opened")]
    Closed,
    /// The folder cannot be made.
    #[error("cannot make the folder {folder}: {cause}")]
    Folder {
        /// The folder.
        folder: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] object_store::Error),
    /// The store refused at the end of a file.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl FilesError {
    /// Whether the store answered that there is no such file.
    pub(crate) const fn is_missing(&self) -> bool {
        matches!(self, Self::Store(object_store::Error::NotFound { .. }))
    }
}

/// The place for files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    store: Option<Arc<dyn ObjectStore>>,
    /// The most bytes a file may have.
    pub max_bytes: u64,
}

impl Default for Files {
    /// No place at all: writing and reading fail. For commands that have nothing to do with files.
    fn default() -> Self {
        Self {
            store: None,
            max_bytes: DEFAULT_MAX_BYTES,
        }
    }
}

impl Files {
    /// Opens a place. A bucket is not spoken to before the first file: [`Files::probe`] does.
    pub fn open(target: &FilesTarget, max_bytes: u64) -> Result<Self, FilesError> {
        let store: Arc<dyn ObjectStore> = match target {
            FilesTarget::Folder(folder) => {
                std::fs::create_dir_all(folder).map_err(|cause| FilesError::Folder {
                    folder: folder.display().to_string(),
                    cause,
                })?;
                // A row in the database says that the file is there: it must be on the disk by then.
                let local = LocalFileSystem::new_with_prefix(folder)?
                    .with_automatic_cleanup(true)
                    .with_fsync(true);
                Arc::new(local)
            }
            FilesTarget::S3 { bucket, prefix } => {
                let s3 = AmazonS3Builder::from_env()
                    .with_bucket_name(bucket)
                    .with_retry(RetryConfig {
                        max_retries: RETRIES,
                        retry_timeout: RETRY_FOR,
                        ..RetryConfig::default()
                    })
                    .build()?;
                if prefix.is_empty() {
                    Arc::new(s3)
                } else {
                    Arc::new(PrefixStore::new(s3, prefix.as_str()))
                }
            }
        };
        Ok(Self {
            store: Some(store),
            max_bytes,
        })
    }

    /// A place that is gone with the process, for tests.
    pub fn in_memory() -> Self {
        Self {
            store: Some(Arc::new(InMemory::new())),
            ..Self::default()
        }
    }

    /// Whether there is a place at all.
    pub const fn is_open(&self) -> bool {
        self.store.is_some()
    }

    fn store(&self) -> Result<&Arc<dyn ObjectStore>, FilesError> {
        self.store.as_ref().ok_or(FilesError::Closed)
    }

    /// Writes a small file for a moment and reads it back.
    pub async fn probe(&self) -> Result<(), FilesError> {
        let (store, path) = (self.store()?, Path::from(PROBE));
        store
            .put(&path, Bytes::from_static(b"convoke").into())
            .await?;
        store.get(&path).await?.bytes().await?;
        store.delete(&path).await?;
        Ok(())
    }

    /// The keys of all files, for tests and for whoever cares for the store.
    pub async fn keys(&self) -> Result<Vec<String>, FilesError> {
        let mut listed = self.store()?.list(None);
        let mut keys = Vec::new();
        while let Some(file) = listed.next().await {
            keys.push(file?.location.to_string());
        }
        Ok(keys)
    }

    /// Begins a file. Nothing is there under `key` before [`FileWriter::finish`].
    pub(crate) fn writer(&self, key: &str) -> Result<FileWriter, FilesError> {
        let store = self.store()?.clone();
        let writer = BufWriter::with_capacity(store, Path::from(key), PART)
            .with_max_concurrency(PARTS_AT_ONCE);
        Ok(FileWriter { writer })
    }

    /// Writes a small file at once.
    pub(crate) async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.store()?.put(&Path::from(key), bytes.into()).await?;
        Ok(())
    }

    /// The bytes of a file, or a part of them.
    pub(crate) async fn read(
        &self,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<FileStream, FilesError> {
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        let found = self.store()?.get_opts(&Path::from(key), options).await?;
        Ok(found
            .into_stream()
            .map(|chunk| chunk.map_err(FilesError::Store))
            .boxed())
    }

    /// Takes a file away; one that is not there is no error.
    pub(crate) async fn delete(&self, key: &str) -> Result<(), FilesError> {
        match self.store()?.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(cause.into()),
        }
    }
}

/// The bytes of a file, piece by piece.
pub type FileStream = BoxStream<'static, Result<Bytes, FilesError>>;

/// A file that is being written.
pub(crate) struct FileWriter {
    writer: BufWriter,
}

impl FileWriter {
    /// Adds bytes.
    pub(crate) async fn write(&mut self, bytes: Bytes) -> Result<(), FilesError> {
        Ok(self.writer.put(bytes).await?)
    }

    /// Makes the file be there, whole.
    pub(crate) async fn finish(mut self) -> Result<(), FilesError> {
        Ok(self.writer.shutdown().await?)
    }

    /// Forgets what was written.
    pub(crate) async fn abort(mut self) {
        if let Err(cause) = self.writer.abort().await {
            tracing::warn!(%cause, "an upload that broke off could not be taken away");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_files_can_be() {
        let parse = |text: &str| text.parse::<FilesTarget>();
        assert_eq!(
            parse("file:data/files"),
            Ok(FilesTarget::Folder("data/files".into()))
        );
        assert_eq!(
            parse("file:///srv/files"),
            Ok(FilesTarget::Folder("/srv/files".into()))
        );
        let bucket = parse("s3://acme-files/convoke/").unwrap();
        assert_eq!(bucket.to_string(), "s3://acme-files/convoke");
        assert_eq!(parse("s3://acme").unwrap().to_string(), "s3://acme");
        for bad in [
            "",
            "file:",
            "data/files",
            "s3://",
            "s3:///x",
            "s3://key:secret@bucket/x",
            "https://bucket",
            "s3://acme/x?y",
        ] {
            assert_eq!(parse(bad), Err(NoFilesTarget), "{bad}");
        }
    }
}
