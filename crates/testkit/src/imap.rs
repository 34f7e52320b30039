//! A real IMAP server (Dovecot) with one mailbox.

use crate::Folder;
use crate::process::{Guarded, free_port};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const USER: &str = "bounces@example.org";
const PASSWORD: &str = "secret";
/// Files of an encrypting server.
const CERTIFICATE: &str = "certificate.der";
const MISSING: &str = "Dovecot was not found; on Debian: apt-get install dovecot-imapd";

/// A running IMAP server on this machine, with an empty inbox.
#[derive(Debug)]
pub struct ImapServer {
    port: u16,
    /// Where it is encrypted from the first byte on.
    tls_port: u16,
    folder: PathBuf,
    mail: PathBuf,
    next: AtomicU32,
    _dovecot: Guarded,
}

impl ImapServer {
    /// Starts one that knows no encryption, and waits until it listens.
    ///
    /// # Panics
    /// When Dovecot is missing; the message says what to install.
    pub async fn start() -> Self {
        Self::start_with(false).await
    }

    /// Starts one that encrypts, by STARTTLS or from the first byte on, as `localhost` and with a certificate that it has signed itself
    /// ([`ImapServer::certificate`]).
    ///
    /// # Panics
    /// When Dovecot or openssl is missing.
    pub async fn start_encrypted() -> Self {
        Self::start_with(true).await
    }

    async fn start_with(encrypted: bool) -> Self {
        tokio::task::spawn_blocking(move || Self::start_blocking(encrypted))
            .await
            .expect("starting does not panic by itself")
            .unwrap_or_else(|problem| panic!("{problem}"))
    }

    fn start_blocking(encrypted: bool) -> Result<Self, String> {
        let mut problem = String::new();
        // Another process may take a port between its choice and its use.
        for _ in 0..3 {
            match Self::start_once(encrypted) {
                Ok(server) => return Ok(server),
                Err(error) => problem = error,
            }
        }
        Err(problem)
    }

    fn start_once(encrypted: bool) -> Result<Self, String> {
        let dovecot = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"]
            .map(Path::new)
            .into_iter()
            .find(|program| program.exists())
            .ok_or(MISSING)?;
        let (port, tls_port) = (free_port(), if encrypted { free_port() } else { 0 });
        let folder = Folder::new("imap");
        let path = folder.path().to_owned();
        let mail = path.join("mail");
        for name in ["run", "state", "mail", "mail/new", "mail/cur", "mail/tmp"] {
            std::fs::create_dir(path.join(name)).map_err(|e| e.to_string())?;
        }
        let (user, group) = (id("-un")?, id("-gn")?);
        // It serves no mail as root: then the user that its package made has the mailbox.
        let is_root = user == "root";
        let (owner, group) = if is_root {
            ("dovecot".to_owned(), "dovecot".to_owned())
        } else {
            (user, group)
        };
        if is_root {
            run("chown", &["-R", &owner, &mail.display().to_string()])?;
        }
        if encrypted {
            certify(&path)?;
        }
        let configuration = path.join("dovecot.conf");
        let text = configured(&path, (port, tls_port), &owner, &group, is_root);
        std::fs::write(&configuration, text).map_err(|e| e.to_string())?;
        let errors = std::fs::File::create(path.join("errors.log")).map_err(|e| e.to_string())?;
        let arguments = ["-F", "-c", &configuration.display().to_string()].map(str::to_owned);
        let dovecot = Guarded::start(
            dovecot,
            &arguments,
            "TERM",
            Some(folder),
            Stdio::from(errors),
        )
        .map_err(|e| e.to_string())?;
        let until = Instant::now() + Duration::from_secs(20);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > until {
                let said = std::fs::read_to_string(path.join("dovecot.log")).unwrap_or_default();
                return Err(format!("Dovecot does not start:\n{said}"));
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        Ok(Self {
            port,
            tls_port,
            folder: path,
            mail,
            next: AtomicU32::new(1),
            _dovecot: dovecot,
        })
    }

    /// Its mailbox, as `CONVOKE_BOUNCES_URL` takes it.
    pub fn url(&self) -> String {
        let user = USER.replace('@', "%40");
        format!("imap://{user}:{PASSWORD}@127.0.0.1:{}/INBOX", self.port)
    }

    /// The same where it is encrypted from the first byte on.
    pub fn tls_url(&self) -> String {
        let user = USER.replace('@', "%40");
        format!(
            "imaps://{user}:{PASSWORD}@localhost:{}/INBOX",
            self.tls_port
        )
    }

    /// The certificate that an encrypting server shows, as DER.
    ///
    /// # Panics
    /// When the server does not encrypt.
    pub fn certificate(&self) -> Vec<u8> {
        std::fs::read(self.folder.join(CERTIFICATE)).expect("an encrypting server has one")
    }

    /// Puts a mail into the mailbox, as a mail server would.
    pub fn deliver(&self, raw: &str) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        // The names of a Maildir begin with a time, by which the server numbers what is new.
        let name = format!("{}.{number}.test", 1_700_000_000 + number);
        std::fs::write(self.mail.join("tmp").join(&name), raw).expect("the mailbox can be written");
        std::fs::rename(
            self.mail.join("tmp").join(&name),
            self.mail.join("new").join(&name),
        )
        .expect("the mailbox can be written");
    }

    /// Of each mail, in the order in which they were delivered, whether it is marked as read.
    pub fn read_marks(&self) -> Vec<bool> {
        let mut marks = Vec::new();
        for folder in ["new", "cur"] {
            let Ok(entries) = std::fs::read_dir(self.mail.join(folder)) else {
                continue;
            };
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let number = name.split('.').nth(1).and_then(|n| n.parse::<u32>().ok());
                let flags = name.split_once(":2,").map_or("", |(_, flags)| flags);
                marks.push((number, flags.contains('S')));
            }
        }
        marks.sort_unstable();
        marks.into_iter().map(|(_, read)| read).collect()
    }
}

fn id(what: &str) -> Result<String, String> {
    let output = Command::new("id")
        .arg(what)
        .output()
        .map_err(|e| e.to_string())?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new(program).args(arguments).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        other => Err(format!("{program}: {other:?}")),
    }
}

/// Makes a certificate for `localhost`: one of a server, which signs for nobody else.
fn certify(path: &Path) -> Result<(), String> {
    let file = |name: &str| path.join(name).display().to_string();
    let (key, pem, der) = (file("key.pem"), file("certificate.pem"), file(CERTIFICATE));
    let made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE -out";
    let mut arguments: Vec<&str> = made.split_whitespace().collect();
    arguments.extend([pem.as_str(), "-keyout", key.as_str()]);
    run_quietly("openssl", &arguments)?;
    let arguments = ["x509", "-in", &pem, "-outform", "der", "-out", &der];
    run_quietly("openssl", &arguments)
}

fn run_quietly(program: &str, arguments: &[&str]) -> Result<(), String> {
    match Command::new(program).args(arguments).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(cause) => Err(format!("{program}: {cause}")),
    }
}

fn configured(
    path: &Path,
    (port, tls_port): (u16, u16),
    owner: &str,
    group: &str,
    is_root: bool,
) -> String {
    let path = path.display();
    let (encryption, ssl) = match tls_port {
        0 => ("ssl = no\ndisable_plaintext_auth = no".to_owned(), ""),
        _ => (
            format!(
                "ssl = required\nssl_cert = <{path}/certificate.pem\nssl_key = <{path}/key.pem\ndisable_plaintext_auth = yes"
            ),
            "ssl = yes",
        ),
    };
    let mut text = format!(
        "base_dir = {path}/run
state_dir = {path}/state
log_path = {path}/dovecot.log
protocols = imap
listen = 127.0.0.1
{encryption}
auth_mechanisms = plain
mail_location = maildir:{path}/mail
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
passdb {{
  driver = static
  args = user={USER} password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={path}/mail
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    {ssl}
  }}
}}
"
    );
    if !is_root {
        use std::fmt::Write as _;
        // Only root may change into other users and other roots.
        let _ = write!(
            text,
            "default_internal_user = {owner}
default_login_user = {owner}
default_internal_group = {group}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead as _, BufReader, Write as _};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_delivered_can_be_read_by_imap() {
        let server = ImapServer::start().await;
        server.deliver("From: a@example.org\r\nSubject: Back\r\n\r\nHello\r\n");
        let stream = std::net::TcpStream::connect(("127.0.0.1", server.port)).expect("it listens");
        let mut answers = BufReader::new(stream.try_clone().expect("a socket")).lines();
        let mut say = |tag: &str, command: &str| {
            write!(&stream, "{tag} {command}\r\n").expect("it reads");
            let mut heard = Vec::new();
            loop {
                let line = answers.next().expect("it answers").expect("in ASCII");
                heard.push(line.clone());
                if line.starts_with(tag) {
                    return heard.join("\n");
                }
            }
        };
        assert!(say("a", "LOGIN nobody wrong").contains("a NO"));
        assert!(say("b", &format!("LOGIN {USER} {PASSWORD}")).contains("b OK"));
        assert!(say("c", "SELECT INBOX").contains("* 1 EXISTS"));
        assert!(say("d", "FETCH 1 BODY.PEEK[]").contains("Subject: Back"));
        assert_eq!(server.read_marks(), [false]);
        say("e", "STORE 1 +FLAGS (\\Seen)");
        say("f", "LOGOUT");
        assert_eq!(server.read_marks(), [true]);
    }
}
