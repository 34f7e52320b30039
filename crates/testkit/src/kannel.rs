//! A real SMS gateway (Kannel) with a fake operator behind it.

use crate::Folder;
use crate::process::{Guarded, free_port};
use serde::Serialize;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

const USER: &str = "convoke";
const PASSWORD: &str = "secret";
/// Where Debian's kannel-extras puts the operator's side.
const OPERATOR: &str = "/usr/lib/kannel/test/fakesmsc";
const MISSING: &str = "Kannel was not found; on Debian: apt-get install kannel kannel-extras";
/// How the operator says what kind of text a message has.
const KINDS: &[&str] = &["text", "data", "ucs-2", "udh-data", "udh-text"];

/// A running gateway: `bearerbox` (towards operators), `smsbox` (takes messages over HTTP) and `fakesmsc`
/// (plays the operator and keeps what arrives).
#[derive(Debug)]
pub struct Kannel {
    port: u16,
    log: PathBuf,
    // Ended in this order: those that connect before the one they connect to.
    smsbox: Option<Guarded>,
    _operator: Guarded,
    _bearerbox: Guarded,
}

/// A text message that arrived at the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceivedSms {
    /// The sender as the telephone would show it.
    pub from: String,
    /// The number it goes to, as it was given to the gateway.
    pub number: String,
    /// The text.
    pub text: String,
}

impl Kannel {
    /// Starts all three and waits until the gateway takes messages.
    ///
    /// # Panics
    /// When Kannel is missing; the message says what to install.
    pub async fn start() -> Self {
        tokio::task::spawn_blocking(Self::start_blocking)
            .await
            .expect("starting does not panic by itself")
            .unwrap_or_else(|problem| panic!("{problem}"))
    }

    fn start_blocking() -> Result<Self, String> {
        let mut problem = String::new();
        // Another process may take a port between its choice and its use.
        for _ in 0..3 {
            match Self::start_once() {
                Ok(kannel) => return Ok(kannel),
                Err(error) => problem = error,
            }
        }
        Err(problem)
    }

    fn start_once() -> Result<Self, String> {
        let bearerbox = tool("bearerbox").ok_or(MISSING)?;
        let smsbox = tool("smsbox").ok_or(MISSING)?;
        let operator = Some(Path::new(OPERATOR))
            .filter(|p| p.exists())
            .ok_or(MISSING)?;
        let [admin, boxes, operators, port] = std::array::from_fn(|_| free_port());
        let folder = Folder::new("kannel");
        let path = folder.path().to_owned();
        let configuration = path.join("kannel.conf");
        std::fs::write(&configuration, configured(admin, boxes, operators, port))
            .map_err(|e| format!("{}: {e}", configuration.display()))?;
        let file = |name: &str| {
            let path = path.join(name);
            std::fs::File::create(&path)
                .map(Stdio::from)
                .map_err(|e| format!("{}: {e}", path.display()))
        };
        let started = |result: std::io::Result<Guarded>| result.map_err(|e| e.to_string());
        let conf = vec!["-v".into(), "1".into(), configuration.display().to_string()];

        let errors = file("bearerbox.log")?;
        let bearerbox = started(Guarded::start(
            &bearerbox,
            &conf,
            "KILL",
            Some(folder),
            errors,
        ))?;
        listening(operators, &path.join("bearerbox.log"))?;
        listening(boxes, &path.join("bearerbox.log"))?;
        let arguments: Vec<String> = ["-H", "127.0.0.1", "-r"]
            .map(str::to_owned)
            .into_iter()
            .chain([operators.to_string()])
            // It sends nothing itself, but wants to know what.
            .chain(["-i", "1", "-m", "0", "0 0 text nothing"].map(str::to_owned))
            .collect();
        let operator = started(Guarded::start(
            operator,
            &arguments,
            "KILL",
            None,
            file("operator.log")?,
        ))?;
        let smsbox = started(Guarded::start(
            &smsbox,
            &conf,
            "KILL",
            None,
            file("smsbox.log")?,
        ))?;
        listening(port, &path.join("smsbox.log"))?;
        Ok(Self {
            port,
            log: path.join("operator.log"),
            smsbox: Some(smsbox),
            _operator: operator,
            _bearerbox: bearerbox,
        })
    }

    /// Where it takes messages.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its address, as `CONVOKE_SMS_URL` takes it.
    pub fn url(&self) -> String {
        format!("kannel://{USER}:{PASSWORD}@127.0.0.1:{}", self.port)
    }

    /// Kills the part that takes messages in the middle of whatever it is doing, and starts it again after a while, at the same port. What it has taken
    /// is with the other part, which goes on.
    ///
    /// # Panics
    /// When it does not start again.
    pub async fn restart(&mut self, after: Duration) {
        let smsbox = self.smsbox.take();
        tokio::task::spawn_blocking(move || drop(smsbox))
            .await
            .expect("ending does not panic");
        tokio::time::sleep(after).await;
        let log = self.log.with_file_name("smsbox.log");
        let arguments = [
            "-v".to_owned(),
            "1".to_owned(),
            self.log.with_file_name("kannel.conf").display().to_string(),
        ];
        let program = tool("smsbox").expect("it was there at the start");
        // Somebody's outgoing connection may have the port for a moment.
        for _ in 0..20 {
            let errors = std::fs::File::options()
                .append(true)
                .open(&log)
                .expect("it was made at the start");
            let smsbox = Guarded::start(&program, &arguments, "KILL", None, errors.into());
            self.smsbox = Some(smsbox.expect("it started before"));
            let until = Instant::now() + Duration::from_secs(5);
            while Instant::now() < until {
                if self.answers() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        panic!("smsbox does not start again:\n{said}");
    }

    /// Whether smsbox answers. A connection alone does not tell: one to a port where nobody listens may be connected to itself.
    fn answers(&self) -> bool {
        use std::io::{Read as _, Write as _};
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return false;
        };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
        let mut answer = [0; 9];
        stream.write_all(b"GET / HTTP/1.0\r\n\r\n").is_ok()
            && stream.read_exact(&mut answer).is_ok()
            && answer.starts_with(b"HTTP/1.")
    }

    /// What arrived at the operator, oldest first.
    pub fn received(&self) -> Vec<ReceivedSms> {
        let log = std::fs::read(&self.log).unwrap_or_default();
        messages(&String::from_utf8_lossy(&log))
    }

    /// Waits until at least so many messages arrived, and answers all of them.
    ///
    /// # Panics
    /// When they do not come within `patience`.
    pub async fn wait_for(&self, count: usize, patience: Duration) -> Vec<ReceivedSms> {
        let until = Instant::now() + patience;
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            assert!(
                Instant::now() < until,
                "{} of {count} text messages came within {patience:?}",
                received.len()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The configuration of both boxes. A message may be longer than an operator would take in one piece, so that one
/// message stays one message in what the operator keeps.
fn configured(admin: u16, boxes: u16, operators: u16, port: u16) -> String {
    format!(
        "group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {PASSWORD}
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = \"127.0.0.1\"

group = smsc
smsc = fake
smsc-id = operator
port = {operators}
connect-allow-ip = 127.0.0.1
max-sms-octets = 20000

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {port}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = {USER}
password = {PASSWORD}
max-messages = 50
concatenation = true

group = sms-service
keyword = default
text = \"\"
max-messages = 0
"
    )
}

/// Waits until something listens on the port.
fn listening(port: u16, log: &Path) -> Result<(), String> {
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            return Err(format!("Kannel does not start:\n{said}"));
        }
        std::thread::sleep(Duration::from_millis(30));
    }
    Ok(())
}

fn tool(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        // A user's PATH often leaves out the folder for servers.
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// The messages in the operator's log: `… Got message 3: <from to kind text>`. A line feed in a text that is not
/// UCS-2 makes the fake operator write what follows as if it were another message; it is put back.
fn messages(log: &str) -> Vec<ReceivedSms> {
    let mut list: Vec<ReceivedSms> = Vec::new();
    for line in log.lines() {
        let Some((_, said)) = line.split_once("DEBUG: Got message ") else {
            continue;
        };
        let Some((_, said)) = said.split_once(": <") else {
            continue;
        };
        let said = said.strip_suffix('>').unwrap_or(said);
        if let Some(message) = message(said) {
            list.push(message);
        } else if let Some(last) = list.last_mut() {
            last.text.push('\n');
            last.text.push_str(said);
        }
    }
    list
}

fn message(said: &str) -> Option<ReceivedSms> {
    for (start, _) in said.match_indices(' ') {
        let (head, tail) = (&said[..start], &said[start + 1..]);
        let (kind, text) = tail.split_once(' ').unwrap_or((tail, ""));
        if !KINDS.contains(&kind) {
            continue;
        }
        let (from, number) = head.rsplit_once(' ')?;
        if !number
            .trim_start_matches('+')
            .bytes()
            .all(|b| b.is_ascii_digit())
        {
            continue;
        }
        let text = match kind {
            "text" => text.to_owned(),
            "ucs-2" => {
                let units: Vec<u16> = url_decoded(text)
                    .chunks(2)
                    .map(|pair| u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)]))
                    .collect();
                String::from_utf16_lossy(&units)
            }
            _ => String::from_utf8_lossy(&url_decoded(text)).into_owned(),
        };
        return Some(ReceivedSms {
            from: from.to_owned(),
            number: number.to_owned(),
            text,
        });
    }
    None
}

fn url_decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16)).unwrap_or(0);
                let (high, low) = (digit(bytes.next()), digit(bytes.next()));
                u8::try_from(high * 16 + low).expect("two hexadecimal digits are a byte")
            }
            other => other,
        });
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};

    /// A form field's value for an address.
    fn encoded(text: &str) -> String {
        use std::fmt::Write as _;
        text.bytes().fold(String::new(), |mut all, byte| {
            let _ = write!(all, "%{byte:02X}");
            all
        })
    }

    fn send(port: u16, number: &str, coding: u8, text: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        let (number, text) = (encoded(number), encoded(text));
        write!(
            stream,
            "GET /cgi-bin/sendsms?username={USER}&password={PASSWORD}&from=Convoke&to={number}\
             &charset=UTF-8&coding={coding}&text={text} HTTP/1.0\r\n\r\n"
        )
        .expect("it reads");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_given_to_the_gateway_arrives_at_the_operator() {
        let kannel = Kannel::start().await;
        let plain = "See you on Monday at 9.\nhttps://convoke.test/a/xyz?b=1&c=%20";
        let long = format!("Ça commence — {}à bientôt", "text ".repeat(80));
        let answer = send(kannel.port, "+33612345678", 0, plain);
        assert!(answer.contains("202"), "{answer}");
        send(kannel.port, "+33612345679", 2, &long);
        let received = kannel.wait_for(2, Duration::from_secs(20)).await;
        assert_eq!(
            received,
            [
                ReceivedSms {
                    from: "Convoke".to_owned(),
                    number: "+33612345678".to_owned(),
                    text: plain.to_owned(),
                },
                ReceivedSms {
                    from: "Convoke".to_owned(),
                    number: "+33612345679".to_owned(),
                    text: long,
                }
            ]
        );
    }
}
