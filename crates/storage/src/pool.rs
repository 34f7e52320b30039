//! Connections and transactions.

use crate::directory::ChangedPeople;
use crate::{Dialect, Result, StorageError, migrations};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// A database, open. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage {
    pools: Pools,
}

#[derive(Clone, Debug)]
enum Pools {
    /// SQLite takes one writer at a time: a pool of one queues them here, where waiting is fair, and readers never wait.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// A unit of work: everything in it happens, or nothing.
pub struct Transaction {
    pub(crate) inner: Inner,
    /// Whom of the directory it changed.
    pub(crate) changed: ChangedPeople,
}

pub(crate) enum Inner {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// How long a statement waits for a lock or a connection before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

impl Storage {
    /// Opens `sqlite:PATH` (made when missing, with its folder) or `postgres://…`, without touching the schema.
    pub async fn open(address: &str) -> Result<Self> {
        let pools = if address.starts_with("sqlite:") {
            Self::open_sqlite(address).await?
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(address)?.application_name("convoke");
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(PATIENCE)
                .connect_with(options)
                .await?;
            Pools::Postgres(pool)
        } else {
            // Only the scheme: the rest may hold a password.
            let scheme = address.split(':').next().unwrap_or_default();
            return Err(StorageError::Address(scheme.to_owned()));
        };
        Ok(Self { pools })
    }

    async fn open_sqlite(address: &str) -> Result<Pools> {
        let options = SqliteConnectOptions::from_str(address)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A message marked as being sent must stay marked when the power fails.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-65536")
            // 16 MB instead of 4 before the log is worked into the file: sending writes the same pages again and again.
            .pragma("wal_autocheckpoint", "4000")
            // A statement's thread hands its rows over without waiting for whoever reads them: a switch for every fifty costs more than they take.
            .row_buffer_size(1_024)
            .optimize_on_close(true, 400);
        if let Some(folder) = options.get_filename().parent()
            && !folder.as_os_str().is_empty()
        {
            std::fs::create_dir_all(folder).map_err(|cause| StorageError::Folder {
                folder: folder.display().to_string(),
                cause,
            })?;
        }
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Pools::Sqlite { writer, readers })
    }

    /// The file that a `sqlite:` address means, there or not; `None` for another database.
    pub fn file(address: &str) -> Result<Option<PathBuf>> {
        if !address.starts_with("sqlite:") {
            return Ok(None);
        }
        let options = SqliteConnectOptions::from_str(address)?;
        Ok(Some(options.get_filename().to_owned()))
    }

    /// Which database this is.
    pub const fn dialect(&self) -> Dialect {
        match self.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Brings the schema up to date; safe to call from several processes at once.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => migrations::of(Dialect::Sqlite).run(writer).await?,
            Pools::Postgres(pool) => migrations::of(Dialect::Postgres).run(pool).await?,
        }
        Ok(())
    }

    /// Begins a unit of work that writes.
    pub async fn begin(&self) -> Result<Transaction> {
        let inner = match &self.pools {
            // A deferred transaction that turns to writing fails at once when another one wrote meanwhile; no timeout helps.
            Pools::Sqlite { writer, .. } => {
                Inner::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Transaction {
            inner,
            changed: ChangedPeople::default(),
        })
    }

    /// Begins a unit of work that only reads, and sees one moment of the database throughout.
    pub async fn read(&self) -> Result<Transaction> {
        let inner = match &self.pools {
            Pools::Sqlite { readers, .. } => Inner::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => Inner::Postgres(
                pool.begin_with("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        };
        Ok(Transaction {
            inner,
            changed: ChangedPeople::default(),
        })
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    /// Which database this is.
    pub const fn dialect(&self) -> Dialect {
        match self.inner {
            Inner::Sqlite(_) => Dialect::Sqlite,
            Inner::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Makes it so.
    pub async fn commit(mut self) -> Result<()> {
        self.note_changed_people().await?;
        match self.inner {
            Inner::Sqlite(transaction) => transaction.commit().await?,
            Inner::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}
