//! Whether a mail's signature is good, in the eyes of somebody else: Python's dkimpy, which Debian's mail tools use.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Reads the mail from the standard input; the name under which a key is published and its record are the arguments.
const SCRIPT: &str = r"
import sys, dkim
name, record = sys.argv[1].encode() + b'.', sys.argv[2].encode()
mail = sys.stdin.buffer.read()
asked = dkim.DKIM(mail, minkey=1024)
try:
    good = asked.verify(dnsfunc=lambda asked, timeout=5: record if asked == name else None)
except Exception:
    # A key of another kind.
    good = False
print('good' if good else 'bad')
for header in asked.include_headers if good else []:
    print(header.decode().lower())
";

/// The headers that the signature of a mail covers, in lower case; `None` when it is not good. `name` is where the public key is published, `record` its TXT record.
///
/// # Panics
/// When Python or dkimpy is missing; the message says what to install.
pub fn signed_headers(mail: &[u8], name: &str, record: &str) -> Option<Vec<String>> {
    let python = ["/usr/bin/python3", "/usr/local/bin/python3"]
        .map(Path::new)
        .into_iter()
        .find(|path| path.exists())
        .unwrap_or(Path::new("python3"));
    let mut process = Command::new(python)
        .args(["-c", SCRIPT, name, record])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("there is a Python");
    let mut input = process.stdin.take().expect("it is piped");
    input.write_all(mail).expect("it reads");
    drop(input);
    let output = process.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    let mut lines = said.lines();
    match lines.next() {
        Some("good") => Some(lines.map(str::to_owned).collect()),
        Some("bad") => None,
        _ => panic!(
            "signatures cannot be verified; on Debian: apt-get install python3-dkim python3-nacl\n{}",
            String::from_utf8_lossy(&output.stderr)
        ),
    }
}
