//! A real SMTP server that keeps what it accepts.

use crate::Folder;
use crate::process::Guarded;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The server: Python's aiosmtpd. Written into the server's folder, so that a built test needs no source tree.
const SCRIPT: &str = include_str!("../smtp_server.py");

/// How the server behaves towards everybody. What it does with one recipient is said by the local part:
/// `refuse-…` is refused for good (550), `later-…` for now (451), `stall-…` is accepted and its content
/// never answered, `drop-…` loses the connection before the content is kept, `lost-…` after it was kept but before
/// the client hears of it.
#[derive(Clone, Debug, Default)]
pub struct SmtpOptions {
    /// User and password a client has to give; anything else is answered with 535.
    pub login: Option<(String, String)>,
    /// How long each message takes before it is accepted.
    pub delay: Duration,
    /// Whether accepted messages are thrown away: for measuring.
    pub discard: bool,
    /// What goes wrong by chance.
    pub faults: Option<SmtpFaults>,
}

/// A server that refuses for now, goes slow, hangs, drops connections, loses its last answer or closes right after it, at every step of the conversation.
/// What it did stands in [`SmtpServer::faults`].
#[derive(Clone, Copy, Debug)]
pub struct SmtpFaults {
    /// Where chance begins.
    pub seed: u64,
    /// Something goes wrong with one message in so many.
    pub one_in: u32,
}

/// A running SMTP server on the loopback interface.
#[derive(Debug)]
pub struct SmtpServer {
    /// Where it listens.
    pub port: u16,
    options: SmtpOptions,
    messages: PathBuf,
    log: PathBuf,
    process: Option<Guarded>,
    /// Keeps the folder while the server is started again.
    _keeper: Guarded,
}

/// A message the server accepted.
#[derive(Clone, Debug, Deserialize)]
pub struct ReceivedMail {
    /// The sender of the envelope.
    pub from: String,
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// Its headers, decoded, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The plain text part, decoded; empty without one.
    pub text: String,
    /// The HTML part, decoded; empty without one.
    pub html: String,
    /// All other parts.
    pub attachments: Vec<Attachment>,
    /// The whole message as it came.
    #[serde(skip)]
    pub content: String,
}

/// A part that is neither the text nor the HTML of a message.
#[derive(Clone, Debug, Deserialize)]
pub struct Attachment {
    /// File name, or nothing.
    pub name: String,
    /// Such as `text/calendar`.
    pub content_type: String,
    /// Its content, as far as it is text.
    pub text: String,
}

impl ReceivedMail {
    /// A header by its name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(&name.to_ascii_lowercase())
            .map(String::as_str)
    }
}

impl SmtpServer {
    /// Starts one that asks for no password.
    ///
    /// # Panics
    /// When Python or aiosmtpd is missing; the message says what to install.
    pub async fn start() -> Self {
        Self::start_with(SmtpOptions::default()).await
    }

    /// Starts one that behaves as asked.
    ///
    /// # Panics
    /// See [`Self::start`].
    pub async fn start_with(options: SmtpOptions) -> Self {
        tokio::task::spawn_blocking(move || Self::start_blocking(options))
            .await
            .expect("starting does not panic by itself")
            .unwrap_or_else(|problem| panic!("{problem}"))
    }

    fn start_blocking(options: SmtpOptions) -> Result<Self, String> {
        let folder = Folder::new("smtp");
        let script = folder.path().join("smtp_server.py");
        let messages = folder.path().join("messages");
        let log = folder.path().join("log");
        let made = std::fs::write(&script, SCRIPT)
            .and_then(|()| std::fs::create_dir(&messages))
            .and_then(|()| std::fs::File::create(&log));
        let errors = made.map_err(|e| format!("{}: {e}", folder.path().display()))?;
        drop(errors);
        let keeper = Guarded::start(
            Path::new("/bin/sleep"),
            &["infinity".to_owned()],
            "KILL",
            Some(folder),
            Stdio::null(),
        )
        .map_err(|e| format!("/bin/sleep: {e}"))?;
        let mut server = Self {
            port: 0,
            options,
            messages,
            log,
            process: None,
            _keeper: keeper,
        };
        server.run()?;
        Ok(server)
    }

    /// Starts the process, at the port it had before.
    fn run(&mut self) -> Result<(), String> {
        let options = serde_json::json!({
            "port": self.port,
            "delay_ms": u64::try_from(self.options.delay.as_millis()).unwrap_or(u64::MAX),
            "login": self.options.login,
            "discard": self.options.discard,
            "faults": self.options.faults.map(|f| serde_json::json!({ "seed": f.seed, "one_in": f.one_in })),
        });
        let script = self.log.with_file_name("smtp_server.py");
        let arguments = [
            script.display().to_string(),
            self.messages.display().to_string(),
            options.to_string(),
        ];
        let errors = std::fs::File::options()
            .append(true)
            .open(&self.log)
            .map_err(|e| format!("{}: {e}", self.log.display()))?;
        // Debian's own interpreter is the one that sees Debian's packages.
        let python = ["/usr/bin/python3", "/usr/local/bin/python3"]
            .into_iter()
            .map(Path::new)
            .find(|p| p.exists())
            .unwrap_or(Path::new("python3"));
        let mut process = Guarded::start(python, &arguments, "KILL", None, Stdio::from(errors))
            .map_err(|e| format!("{}: {e}", python.display()))?;
        let output = process.output().ok_or("the output is taken once")?;
        let mut line = String::new();
        BufReader::new(output)
            .read_line(&mut line)
            .map_err(|e| e.to_string())?;
        self.port = line.trim().parse().map_err(|_| {
            let said = std::fs::read_to_string(&self.log).unwrap_or_default();
            format!(
                "the SMTP server for tests does not start; on Debian: apt-get install python3-aiosmtpd\n{said}"
            )
        })?;
        self.process = Some(process);
        Ok(())
    }

    /// Kills it in the middle of whatever it is doing, and starts it again after a while, at the same port and with what it has kept.
    ///
    /// # Panics
    /// When it does not start again.
    pub async fn restart(&mut self, after: Duration) {
        let process = self.process.take();
        tokio::task::spawn_blocking(move || drop(process))
            .await
            .expect("ending does not panic");
        tokio::time::sleep(after).await;
        // Somebody's outgoing connection may have the port for a moment.
        let mut problem = String::new();
        for _ in 0..20 {
            match self.run() {
                Ok(()) => return,
                Err(said) => problem = said,
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("{problem}");
    }

    /// What went wrong by chance, and how often: `step: fault`.
    pub fn faults(&self) -> BTreeMap<String, usize> {
        let mut faults = BTreeMap::new();
        let noted = std::fs::read_to_string(self.messages.join("faults")).unwrap_or_default();
        for line in noted.lines() {
            *faults.entry(line.to_owned()).or_default() += 1;
        }
        faults
    }

    /// Its address, as `CONVOKE_MAIL_URL` takes it; with the login, if it asks for one.
    pub fn url(&self) -> String {
        match &self.options.login {
            None => format!("smtp://127.0.0.1:{}", self.port),
            Some((user, password)) => format!("smtp://{user}:{password}@127.0.0.1:{}", self.port),
        }
    }

    /// The folder with one `.eml` (the message) and one `.json` (the same, decoded) for each accepted message.
    pub fn folder(&self) -> &Path {
        &self.messages
    }

    /// How many messages were accepted.
    pub fn count(&self) -> usize {
        self.files().len()
    }

    /// The accepted messages, oldest first.
    pub fn messages(&self) -> Vec<ReceivedMail> {
        let read = |path: PathBuf| {
            let decoded = std::fs::read_to_string(&path).expect("written before it is named .json");
            let mut mail: ReceivedMail =
                serde_json::from_str(&decoded).expect("the server writes what is read here");
            let content = std::fs::read(path.with_extension("eml")).expect("written before .json");
            mail.content = String::from_utf8_lossy(&content).into_owned();
            mail
        };
        self.files().into_iter().map(read).collect()
    }

    /// Waits until at least so many messages were accepted, and answers all of them.
    ///
    /// # Panics
    /// When they do not come within `patience`.
    pub async fn wait_for(&self, count: usize, patience: Duration) -> Vec<ReceivedMail> {
        let until = Instant::now() + patience;
        while self.count() < count {
            assert!(
                Instant::now() < until,
                "{} of {count} messages came within {patience:?}",
                self.count()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.messages()
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&self.messages)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "json"))
            .collect();
        files.sort();
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::net::TcpStream;

    /// Says these lines one by one and answers what the server said to each.
    fn talk(port: u16, lines: &[&str]) -> Vec<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(2)))
            .expect("a socket takes a timeout");
        let mut said = BufReader::new(stream.try_clone().expect("a socket can be shared"));
        // The last line of an answer has a space after its code; an answer that never comes is empty.
        let mut answer = || {
            let mut line = String::new();
            while said.read_line(&mut line).unwrap_or(0) > 0
                && line.as_bytes().get(3) == Some(&b'-')
            {
                line.clear();
            }
            line
        };
        answer();
        let mut answers = Vec::new();
        for line in lines {
            write!(stream, "{line}\r\n").expect("it reads");
            answers.push(answer());
        }
        answers
    }

    const MAIL: &str = "Subject: =?utf-8?q?Caf=C3=A9?=\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\nZo=C3=A9\r\n.";

    #[tokio::test(flavor = "multi_thread")]
    async fn keeps_what_it_accepts_and_behaves_as_the_recipient_says() {
        let server = SmtpServer::start().await;
        let said = talk(
            server.port,
            &[
                "EHLO here",
                "MAIL FROM:<a@x.test>",
                "RCPT TO:<refuse-b@x.test>",
                "RCPT TO:<later-b@x.test>",
                "RCPT TO:<b@x.test>",
                "DATA",
                MAIL,
                "MAIL FROM:<a@x.test>",
                "RCPT TO:<lost-c@x.test>",
                "DATA",
                MAIL,
            ],
        );
        let codes: Vec<&str> = said.iter().map(|s| s.get(..3).unwrap_or("")).collect();
        assert_eq!(
            codes,
            [
                "250", "250", "550", "451", "250", "354", "250", "250", "250", "354", ""
            ]
        );
        let mails = server.wait_for(2, Duration::from_secs(5)).await;
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0].to, ["b@x.test"]);
        assert_eq!(mails[0].header("Subject"), Some("Café"));
        assert_eq!(mails[0].text.trim(), "Zoé");
        assert!(mails[0].content.contains("Zo=C3=A9"));
        assert_eq!(mails[1].to, ["lost-c@x.test"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn asks_for_the_login() {
        let login = Some(("convoke".to_owned(), "secret".to_owned()));
        let server = SmtpServer::start_with(SmtpOptions {
            login,
            ..SmtpOptions::default()
        })
        .await;
        let said = talk(
            server.port,
            &[
                "EHLO here",
                "MAIL FROM:<a@x.test>",
                // convoke / wrong, then convoke / secret
                "AUTH PLAIN AGNvbnZva2UAd3Jvbmc=",
                "AUTH PLAIN AGNvbnZva2UAc2VjcmV0",
                "MAIL FROM:<a@x.test>",
            ],
        );
        let codes: Vec<&str> = said.iter().map(|s| s.get(..3).unwrap_or("")).collect();
        assert_eq!(codes, ["250", "530", "535", "235", "250"]);
    }
}
