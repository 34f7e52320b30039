//! Fresh, empty databases.

use crate::folder::Folder;
use crate::postgres;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// One file.
    Sqlite,
    /// A database in a cluster that belongs to this test process.
    Postgres,
}

/// A fresh, empty database. Removed when dropped (best effort; the cluster goes with the process anyway).
#[derive(Debug)]
pub struct TestDatabase {
    /// Its address, as `CONVOKE_DATABASE_URL` takes it.
    pub url: String,
    keep: Keep,
}

#[derive(Debug)]
enum Keep {
    Folder { _folder: Folder },
    Postgres { name: String },
}

/// A fresh, empty database.
///
/// # Panics
/// When PostgreSQL is not installed or does not start; the message says what to install.
pub async fn database(kind: Database) -> TestDatabase {
    match kind {
        Database::Sqlite => {
            let folder = Folder::new("sqlite");
            let url = format!("sqlite:{}", folder.path().join("convoke.db").display());
            TestDatabase {
                url,
                keep: Keep::Folder { _folder: folder },
            }
        }
        Database::Postgres => {
            let made = tokio::task::spawn_blocking(|| postgres::cluster()?.create_database()).await;
            match made.expect("starting PostgreSQL does not panic") {
                Ok((name, url)) => TestDatabase {
                    url,
                    keep: Keep::Postgres { name },
                },
                Err(problem) => panic!("{problem}"),
            }
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Keep::Postgres { name } = &self.keep
            && let Ok(cluster) = postgres::cluster()
        {
            cluster.drop_database(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_database_is_its_own() {
        let one = database(Database::Postgres).await;
        let two = database(Database::Postgres).await;
        assert_ne!(one.url, two.url);
        let cluster = postgres::cluster().expect("it runs");
        cluster
            .query(&one.url, "CREATE TABLE here (x bigint)")
            .expect("the first takes a table");
        assert!(
            cluster.query(&two.url, "SELECT * FROM here").is_err(),
            "the second does not have it"
        );
    }

    #[tokio::test]
    async fn an_sqlite_database_goes_with_its_folder() {
        let database = database(Database::Sqlite).await;
        let path = database.url.trim_start_matches("sqlite:").to_owned();
        std::fs::write(&path, "").expect("its folder is there");
        drop(database);
        assert!(!std::path::Path::new(&path).exists());
    }
}
