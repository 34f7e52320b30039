//! `convoke serve --check`: tries everything that a configuration names, and says in plain words what is wrong. It leaves
//! nothing behind: what the first start would make is not made here.

use crate::config::{Config, Problem, open_files};
use convoke_delivery::{BouncesTarget, MailTarget, SmsTarget};
use convoke_domain::Language;
use convoke_service::files::FilesTarget;
use convoke_storage::{Dialect, Storage};
use convoke_texts::{t, text};
use std::path::Path;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was found: what works, and what does not.
#[derive(Debug, Default)]
pub struct Findings {
    /// Sentences about what works.
    pub good: Vec<String>,
    /// What does not.
    pub problems: Vec<Problem>,
}

impl Findings {
    fn note(&mut self, language: Language, key: &str, result: Result<String, Problem>) {
        match result {
            Ok(value) => self
                .good
                .push(text(language, key, &[("value", value.into())])),
            Err(problem) => self.problems.push(problem),
        }
    }

    /// Prints it all; whether nothing is wrong.
    pub fn print(&self, language: Language) -> bool {
        for sentence in &self.good {
            println!("  ✓ {sentence}");
        }
        if self.problems.is_empty() {
            println!("{}", t!(language, "check-title-good"));
        } else {
            print_problems(&self.problems, language);
        }
        self.problems.is_empty()
    }
}

/// Prints what is wrong.
pub fn print_problems(problems: &[Problem], language: Language) {
    eprintln!(
        "{}",
        t!(language, "check-title-wrong", count = problems.len())
    );
    for problem in problems {
        eprintln!("  ✗ {}", problem.describe(language));
    }
}

/// Tries everything.
pub async fn check(config: &Config, language: Language) -> Findings {
    let mut findings = Findings::default();
    findings.note(language, "check-good-addr", addr(config).await);
    findings.note(language, "check-good-base-url", base_url(config));
    match database(&config.database_url).await {
        Ok((key, value)) => findings.note(language, key, Ok(value)),
        Err(problem) => findings.problems.push(problem),
    }
    findings.note(language, "check-good-mail", mail(&config.mail).await);
    if let Some(dkim) = &config.dkim {
        findings.note(language, "check-good-dkim", Ok(dkim.name()));
    }
    findings.note(language, "check-good-sms", sms(&config.sms).await);
    for (key, pace) in [
        ("check-good-mail-pace", config.paces.mail),
        ("check-good-domain-pace", config.paces.mail_to_domain),
        ("check-good-sms-pace", config.paces.sms),
    ] {
        if let Some(pace) = pace {
            findings.note(language, key, Ok(pace.per_minute().to_string()));
        }
    }
    if let Some(mailbox) = &config.bounces {
        findings.note(language, "check-good-bounces", bounces(mailbox).await);
    }
    findings.note(
        language,
        "check-good-files",
        files(&config.files, config.max_upload).await,
    );
    findings.note(language, "check-good-site", site(&config.site_root));
    findings
}

async fn addr(config: &Config) -> Result<String, Problem> {
    match TcpListener::bind(config.addr).await {
        Ok(_) => Ok(config.addr.to_string()),
        Err(cause) => Err(taken(config, &cause)),
    }
}

/// The server cannot listen where it should.
pub fn taken(config: &Config, cause: &std::io::Error) -> Problem {
    Problem::new("CONVOKE_ADDR", "check-addr-taken", "127.0.0.1:3001")
        .value(&config.addr.to_string())
        .cause(cause)
}

fn base_url(config: &Config) -> Result<String, Problem> {
    if config.base_url.is_none() && !config.addr.ip().is_loopback() {
        return Err(Problem::new(
            "CONVOKE_BASE_URL",
            "check-base-url-missing",
            "https://convoke.example.org",
        ));
    }
    Ok(config.base_url_at(config.addr))
}

/// The sentence about a database that works, and its value.
async fn database(address: &str) -> Result<(&'static str, String), Problem> {
    let problem = |key| Problem::new("CONVOKE_DATABASE_URL", key, "sqlite:data/convoke.db");
    let file = Storage::file(address).map_err(|cause| problem("check-database").cause(&cause))?;
    if let Some(file) = file
        && !file.exists()
    {
        let folder = file.parent().unwrap_or(Path::new(""));
        writable(folder).map_err(|cause| problem("check-database").cause(&cause))?;
        return Ok(("check-good-database-new", file.display().to_string()));
    }
    let opened = tokio::time::timeout(PATIENCE, async {
        let storage = Storage::open(address).await?;
        let begun = storage.read().await.map(drop);
        storage.close().await;
        begun.map(|()| storage.dialect())
    })
    .await;
    match opened {
        Err(_) => Err(problem("check-database-time").cause(&PATIENCE.as_secs())),
        Ok(Err(cause)) => Err(problem("check-database").cause(&cause)),
        Ok(Ok(Dialect::Sqlite)) => Ok(("check-good-database", "SQLite".to_owned())),
        Ok(Ok(Dialect::Postgres)) => Ok(("check-good-database", "PostgreSQL".to_owned())),
    }
}

async fn bounces(target: &BouncesTarget) -> Result<String, Problem> {
    match target.probe().await {
        Ok(()) => Ok(target.to_string()),
        Err(cause) => Err(Problem::new(
            "CONVOKE_BOUNCES_URL",
            "check-bounces",
            "imaps://user:password@mail.example.org/INBOX",
        )
        .value(&target.to_string())
        .cause(&cause)),
    }
}

async fn mail(target: &MailTarget) -> Result<String, Problem> {
    let problem = |key| Problem::new("CONVOKE_MAIL_URL", key, "smtp://mail.example.org:25");
    match target {
        MailTarget::Folder(folder) => {
            writable(folder).map_err(|cause| problem("check-mail-folder").cause(&cause))?;
        }
        MailTarget::Smtp {
            host,
            port,
            encryption,
            ..
        } => {
            let mut stream = reach(host, *port)
                .await
                .map_err(|cause| problem("check-mail-reach").cause(&cause))?;
            // With TLS from the first byte the greeting comes after it.
            if *encryption != convoke_delivery::target::Encryption::Always {
                let greeting = greeting(&mut stream)
                    .await
                    .map_err(|cause| problem("check-mail-reach").cause(&cause))?;
                if !greeting.starts_with("220") {
                    return Err(problem("check-mail-greeting").cause(&format!("{greeting:?}")));
                }
            }
        }
    }
    Ok(target.to_string())
}

async fn sms(target: &SmsTarget) -> Result<String, Problem> {
    let problem = |key| {
        Problem::new(
            "CONVOKE_SMS_URL",
            key,
            "kannel://user:password@localhost:13013",
        )
    };
    match target {
        SmsTarget::Folder(folder) => {
            writable(folder).map_err(|cause| problem("check-sms-folder").cause(&cause))?;
        }
        SmsTarget::Kannel { base, .. } | SmsTarget::Twilio { base, .. } => {
            let url = Url::parse(base).map_err(|cause| problem("check-sms-reach").cause(&cause))?;
            let host = url.host_str().unwrap_or_default();
            let port = url.port_or_known_default().unwrap_or(443);
            reach(host, port)
                .await
                .map_err(|cause| problem("check-sms-reach").cause(&cause))?;
        }
    }
    Ok(target.to_string())
}

async fn files(target: &FilesTarget, max_upload: u64) -> Result<String, Problem> {
    let problem = || Problem::new("CONVOKE_FILES_URL", "check-files", "file:data/files");
    if let FilesTarget::Folder(folder) = target
        && !folder.exists()
    {
        writable(folder).map_err(|cause| problem().cause(&cause))?;
        return Ok(target.to_string());
    }
    let files = open_files(target, max_upload)?;
    match tokio::time::timeout(PATIENCE, files.probe()).await {
        Ok(Ok(())) => Ok(target.to_string()),
        Ok(Err(cause)) => Err(problem().cause(&cause)),
        Err(_) => Err(problem().cause(&std::io::Error::from(std::io::ErrorKind::TimedOut))),
    }
}

fn site(root: &Path) -> Result<String, Problem> {
    let shown = root.display().to_string();
    if root.join("pkg").is_dir() {
        Ok(shown)
    } else {
        Err(Problem::new("CONVOKE_SITE_ROOT", "check-site", "target/site").value(&shown))
    }
}

/// Makes a file in a folder for a moment; where the folder is not there yet, in the one above that is.
fn writable(folder: &Path) -> std::io::Result<()> {
    let there = folder
        .ancestors()
        // The last one of a relative path has no name: it is where the program was started.
        .find(|folder| folder.as_os_str().is_empty() || folder.exists())
        .unwrap_or(Path::new("."));
    let probe = there.join(".convoke-check");
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(probe)
}

async fn reach(host: &str, port: u16) -> std::io::Result<TcpStream> {
    let host = host.trim_matches(['[', ']']);
    tokio::time::timeout(PATIENCE, TcpStream::connect((host, port)))
        .await
        .unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
}

/// The first line a server says.
async fn greeting(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut line = Vec::new();
    let read = async {
        let mut byte = [0];
        while line.len() < 200 && stream.read(&mut byte).await? == 1 && byte[0] != b'\n' {
            line.push(byte[0]);
        }
        Ok::<_, std::io::Error>(())
    };
    tokio::time::timeout(PATIENCE, read)
        .await
        .unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))?;
    Ok(String::from_utf8_lossy(&line).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncWriteExt;

    async fn says(line: &'static str) -> MailTarget {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(line.as_bytes()).await.unwrap();
        });
        format!("smtp://127.0.0.1:{port}").parse().unwrap()
    }

    #[tokio::test]
    async fn a_mail_server_is_known_by_its_greeting() {
        let good = says("220 mail.example.org ESMTP\r\n").await;
        assert!(mail(&good).await.is_ok());
        let other = says("HTTP/1.1 400 Bad Request\r\n").await;
        let text = mail(&other).await.unwrap_err().describe(Language::En);
        assert!(text.contains("HTTP/1.1 400"), "{text}");
    }

    #[tokio::test]
    async fn nobody_there() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let target = format!("smtp://user:hunter2@127.0.0.1:{port}")
            .parse()
            .unwrap();
        let text = mail(&target).await.unwrap_err().describe(Language::Fr);
        assert!(text.contains("injoignable"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[tokio::test]
    async fn nothing_is_left_behind() {
        let folder = convoke_testkit::Folder::new("check");
        let inside = |name: &str| folder.path().join(name);
        let address = format!("sqlite:{}", inside("data/convoke.db").display());
        let (key, value) = database(&address).await.unwrap();
        assert_eq!(key, "check-good-database-new");
        assert!(value.ends_with("data/convoke.db"), "{value}");
        assert!(
            mail(&MailTarget::Folder(inside("outbox/mail")))
                .await
                .is_ok()
        );
        let documents = FilesTarget::Folder(inside("files"));
        assert!(files(&documents, 1_000_000).await.is_ok());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);

        let storage = Storage::open(&address).await.unwrap();
        storage.close().await;
        assert_eq!(database(&address).await.unwrap().0, "check-good-database");

        std::fs::write(inside("file"), b"").unwrap();
        let address = format!("sqlite:{}", inside("file/convoke.db").display());
        let text = database(&address).await.unwrap_err().describe(Language::En);
        assert!(text.starts_with("CONVOKE_DATABASE_URL"), "{text}");
    }

    #[tokio::test]
    async fn a_database_that_is_not_there() {
        let address = "postgres://convoke:hunter2@127.0.0.1:1/convoke";
        let text = database(address).await.unwrap_err().describe(Language::En);
        assert!(text.starts_with("CONVOKE_DATABASE_URL"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}
