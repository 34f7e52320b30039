//! What tests stand on: throw-away databases and real servers for mail and SMS.
//!
//! Everything started here is a real process ([`Guarded`]) that dies with the test, however the test
//! ends, and takes its folder with it.
//!
//! ```no_run
//! # async fn example() {
//! use convoke_testkit::{Database, SmtpServer, database};
//!
//! let database = database(Database::Postgres).await;
//! let mail = SmtpServer::start().await;
//! println!("{} {}", database.url, mail.url());
//! # }
//! ```

mod database;
mod dkim;
mod dns;
mod folder;
mod imap;
mod kannel;
mod people;
mod postgres;
mod process;
mod smtp;

pub use database::{Database, TestDatabase, database};
pub use dkim::signed_headers;
pub use dns::DnsServer;
pub use folder::Folder;
pub use imap::ImapServer;
pub use kannel::{Kannel, ReceivedSms};
pub use people::people_csv;
pub use postgres::postgres_memory;
pub use process::{Guarded, free_port};
pub use smtp::{Attachment, ReceivedMail, SmtpFaults, SmtpOptions, SmtpServer};
