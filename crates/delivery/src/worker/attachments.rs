//! What messages take along: read after the message was marked and outside of every transaction, once for all messages that are on their way.

use crate::attachments::{Enclosed, FileSource, encoded};
use convoke_domain::{Clock, Language, Timestamp};
use convoke_storage::attachments::Attachment;
use convoke_storage::documents::StoredFile;
use convoke_texts::{file_size, t};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::timeout;

/// How many encoded bytes are kept for the messages that follow; a file that is larger than that is kept as long as it is the newest.
const KEPT: usize = 32 * 1_024 * 1_024;
/// How long a file is kept that nobody asks for.
const KEPT_MS: i64 = 60_000;
/// How long reading a file may take.
const READ_WITHIN: Duration = Duration::from_secs(30);
/// After a file could not be read, so long nobody tries it: others wait behind whoever does.
const REST_MS: i64 = 10_000;

/// What reading a file brought: its encoded bytes, or when and why it failed.
type Read = Result<Arc<Vec<u8>>, (Timestamp, String)>;

/// A file on the shelf. Several who ask at once wait for one of them to read it.
struct Place {
    key: String,
    asked_at: Timestamp,
    read: Arc<OnceCell<Read>>,
}

impl Place {
    fn bytes(&self) -> usize {
        match self.read.get() {
            Some(Ok(bytes)) => bytes.len(),
            _ => 0,
        }
    }

    /// Whether it failed, and so long ago that it may be tried again.
    fn may_be_tried_again(&self, now: Timestamp) -> bool {
        matches!(self.read.get(), Some(Err((at, _))) if now.since(*at) >= REST_MS)
    }
}

/// The files that messages take along, as long as there are some that may want them.
pub(super) struct Shelf {
    source: Arc<dyn FileSource>,
    clock: Arc<dyn Clock>,
    kept: usize,
    /// What was asked for last comes last.
    places: Mutex<Vec<Place>>,
}

impl Shelf {
    /// Reads from there.
    pub(super) fn new(source: Arc<dyn FileSource>, clock: Arc<dyn Clock>) -> Self {
        Self {
            source,
            clock,
            kept: KEPT,
            places: Mutex::default(),
        }
    }

    fn places(&self) -> MutexGuard<'_, Vec<Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, key: &str) -> Arc<OnceCell<Read>> {
        let now = self.clock.now();
        let mut places = self.places();
        let known = places.iter().position(|place| place.key == key);
        let known = known.map(|at| places.remove(at));
        let read = match known {
            Some(place) if !place.may_be_tried_again(now) => place.read,
            _ => Arc::default(),
        };
        places.push(Place {
            key: key.to_owned(),
            asked_at: now,
            read: read.clone(),
        });
        read
    }

    /// Puts away what is too much, the longest unasked first, and what nobody asks for any more. Whoever has it in hand keeps it.
    pub(super) fn tidy(&self) {
        let now = self.clock.now();
        let mut places = self.places();
        places.retain(|place| now.since(place.asked_at) < KEPT_MS);
        let mut all: usize = places.iter().map(Place::bytes).sum();
        while all > self.kept && places.len() > 1 {
            all -= places.remove(0).bytes();
        }
    }

    async fn read(&self, file: &StoredFile) -> Result<Arc<Vec<u8>>, String> {
        let place = self.place(&file.storage_key);
        let read = place.get_or_init(|| async {
            let read = self.read_once(file).await;
            read.map_err(|why| (self.clock.now(), why))
        });
        let read = read.await.clone();
        self.tidy();
        read.map_err(|(_, why)| why)
    }

    async fn read_once(&self, file: &StoredFile) -> Result<Arc<Vec<u8>>, String> {
        let content = timeout(READ_WITHIN, self.source.read(file))
            .await
            .map_err(|_| "no answer in time".to_owned())??;
        if u64::try_from(content.len()) != Ok(file.size) {
            return Err("the file is not whole".to_owned());
        }
        tokio::task::spawn_blocking(move || Arc::new(encoded(content)))
            .await
            .map_err(|_| "the file could not be encoded".to_owned())
    }
}

/// What one message takes along.
#[derive(Clone)]
pub(super) struct Luggage {
    files: Vec<StoredFile>,
    shelf: Arc<Shelf>,
}

impl Luggage {
    /// These files; nothing when there are none.
    pub(super) fn of(files: &[Attachment], shelf: &Arc<Shelf>) -> Option<Self> {
        (!files.is_empty()).then(|| Self {
            files: files.iter().map(|found| found.file.clone()).collect(),
            shelf: shelf.clone(),
        })
    }

    /// Reads what was not read for another message. The error names the file.
    pub(super) async fn fetch(&self) -> Result<Vec<Enclosed>, String> {
        let mut all = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let read = self.shelf.read(file).await;
            let bytes = read.map_err(|why| format!("{}: {why}", file.name))?;
            all.push(Enclosed::sharing(&file.name, &file.media_type, bytes));
        }
        Ok(all)
    }

    /// The line by which the text that is kept of a message names them.
    pub(super) fn note(&self, language: Language) -> String {
        let names: Vec<String> = self
            .files
            .iter()
            .map(|file| format!("{} ({})", file.name, file_size(language, file.size)))
            .collect();
        t!(language, "message-attached", files = names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::future::BoxFuture;
    use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

    #[derive(Default)]
    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::Relaxed))
        }
    }

    /// Has every file but those whose size is 0.
    #[derive(Default)]
    struct Store(AtomicUsize);

    impl FileSource for Store {
        fn read<'a>(&'a self, file: &'a StoredFile) -> BoxFuture<'a, Result<Vec<u8>, String>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            let size = usize::try_from(file.size).unwrap();
            Box::pin(async move {
                match size {
                    0 => Err("away".to_owned()),
                    _ => Ok(vec![7; size]),
                }
            })
        }
    }

    fn file(key: &str, size: u64) -> StoredFile {
        StoredFile {
            name: key.to_owned(),
            media_type: "application/pdf".to_owned(),
            size,
            storage_key: key.to_owned(),
        }
    }

    #[tokio::test]
    async fn only_so_much_is_kept_and_not_for_long() {
        let (store, clock) = (Arc::new(Store::default()), Arc::new(Hand::default()));
        let shelf = Shelf {
            kept: 3_000,
            ..Shelf::new(store.clone(), clock.clone())
        };
        let asked = || store.0.load(Ordering::Relaxed);
        let (a, b, c) = (file("a", 1_000), file("b", 1_000), file("c", 1_000));
        for wanted in [&a, &b, &a, &b] {
            shelf.read(wanted).await.unwrap();
        }
        assert_eq!(asked(), 2);
        // The third has no room beside both; the one that was unasked for longest goes.
        for wanted in [&c, &b, &c] {
            shelf.read(wanted).await.unwrap();
        }
        assert_eq!(asked(), 3);
        shelf.read(&a).await.unwrap();
        assert_eq!(asked(), 4);
        // One that is larger than everything that is kept is still shared.
        let large = file("large", 9_000);
        shelf.read(&large).await.unwrap();
        shelf.read(&large).await.unwrap();
        assert_eq!((asked(), shelf.places().len()), (5, 1));
        clock.0.fetch_add(KEPT_MS, Ordering::Relaxed);
        shelf.tidy();
        assert_eq!(shelf.places().len(), 0);
    }

    #[tokio::test]
    async fn what_failed_is_left_alone_for_a_moment() {
        let (store, clock) = (Arc::new(Store::default()), Arc::new(Hand::default()));
        let shelf = Shelf::new(store.clone(), clock.clone());
        for _ in 0..5 {
            assert_eq!(shelf.read(&file("a", 0)).await, Err("away".to_owned()));
        }
        assert_eq!(store.0.load(Ordering::Relaxed), 1);
        clock.0.fetch_add(REST_MS, Ordering::Relaxed);
        shelf.read(&file("a", 0)).await.unwrap_err();
        assert_eq!(store.0.load(Ordering::Relaxed), 2);
    }
}
