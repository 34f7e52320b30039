//! Starts real servers for mail and SMS, prints where they are as one line of JSON, and ends them when its standard
//! input ends. The browser journeys stand on it.
//!
//! - `mail`, `sms`: addresses for `CONVOKE_MAIL_URL` and `CONVOKE_SMS_URL`;
//! - `mailFolder`: one `.json` and one `.eml` file for each accepted message;
//! - `smsFile`: a list of the text messages that arrived, rewritten as they come.
//!
//! Each line `postgres` on its input is answered with an empty PostgreSQL database: `{"postgres": "postgres://…"}`.

use convoke_testkit::{Database, Folder, Kannel, ReceivedSms, SmtpServer, database};
use std::io::BufRead as _;
use std::path::Path;
use std::time::Duration;
use tokio::sync::mpsc;

#[tokio::main]
async fn main() {
    let folder = Folder::new("testbed");
    let sms_file = folder.path().join("sms.json");
    write_sms(&sms_file, &[]);
    let (mail, sms) = tokio::join!(SmtpServer::start(), Kannel::start());
    println!(
        "{}",
        serde_json::json!({
            "mail": mail.url(),
            "mailFolder": mail.folder(),
            "sms": sms.url(),
            "smsFile": sms_file,
        })
    );
    tokio::select! {
        () = answer() => {}
        () = keep_sms(&sms, &sms_file) => {}
    }
}

/// Makes databases as asked until nobody can ask any more.
async fn answer() {
    let (sender, mut lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    let mut databases = Vec::new();
    while let Some(line) = lines.recv().await {
        if line.trim() == "postgres" {
            let database = database(Database::Postgres).await;
            println!("{}", serde_json::json!({ "postgres": database.url }));
            databases.push(database);
        }
    }
}

async fn keep_sms(sms: &Kannel, file: &Path) {
    let mut written = 0;
    loop {
        let received = sms.received();
        if received.len() != written {
            written = received.len();
            write_sms(file, &received);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Replaces the file in one step: a reader never sees half of it.
fn write_sms(path: &Path, list: &[ReceivedSms]) {
    let text = serde_json::to_string(list).expect("plain data");
    let new = path.with_extension("new");
    std::fs::write(&new, text)
        .and_then(|()| std::fs::rename(&new, path))
        .expect("the folder is ours");
}
