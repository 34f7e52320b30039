//! Starts real servers for mail and SMS (and, with `--postgres`, an empty PostgreSQL database), prints where they
//! are as one line of JSON, and ends them when its standard input ends. The browser journeys stand on it.
//!
//! - `mail`, `sms`: addresses for `CONVOKE_MAIL_URL` and `CONVOKE_SMS_URL`;
//! - `mailFolder`: one `.json` and one `.eml` file for each accepted message;
//! - `smsFile`: a list of the text messages that arrived, rewritten as they come;
//! - `postgres`: with `--postgres`, the address for `CONVOKE_DATABASE_URL`.

use convoke_testkit::{Database, Folder, Kannel, SmtpServer, database};
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

#[tokio::main]
async fn main() {
    let folder = Folder::new("testbed");
    let sms_file = folder.path().join("sms.json");
    write_sms(&sms_file, &[]);
    let (mail, sms) = tokio::join!(SmtpServer::start(), Kannel::start());
    let mut postgres = None;
    if std::env::args().any(|argument| argument == "--postgres") {
        postgres = Some(database(Database::Postgres).await);
    }
    println!(
        "{}",
        serde_json::json!({
            "mail": mail.url(),
            "mailFolder": mail.folder(),
            "sms": sms.url(),
            "smsFile": sms_file,
            "postgres": postgres.as_ref().map(|database| &database.url),
        })
    );
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    let mut written = 0;
    while !ended.is_finished() {
        let received = sms.received();
        if received.len() != written {
            written = received.len();
            write_sms(&sms_file, &received);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Replaces the file in one step: a reader never sees half of it.
fn write_sms(path: &Path, list: &[convoke_testkit::ReceivedSms]) {
    let text = serde_json::to_string(list).expect("plain data");
    let new = path.with_extension("new");
    std::fs::write(&new, text)
        .and_then(|()| std::fs::rename(&new, path))
        .expect("the folder is ours");
}
