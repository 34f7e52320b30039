//! What a first visit transfers, measured over HTTP at the release itself.

use anyhow::{Context as _, Result, bail};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The account of the demo data.
const ACCOUNT: &str = "identifier=admin%40demo.test&password=convoke-demo";
/// Latin text needs this one; browsers leave the other ranges alone.
const FONT: &str = "latin-wght";

/// An answer as it came over the wire.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    /// Head and body, in bytes.
    size: usize,
    body: Vec<u8>,
}

/// Ends the server whatever happens.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the release with demo data, signs in, and answers a table of what the sign-in page, the first page of the
/// console and the page behind a training code transfer.
pub fn measure(dist: &Path) -> Result<String> {
    let folder = dist.join("first-visit");
    std::fs::create_dir_all(&folder)?;
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let address = format!("127.0.0.1:{port}");
    let log = std::fs::File::create(folder.join("log"))?;
    let child = Command::new(dist.join("convoke"))
        .args(["serve", "--demo"])
        .env("CONVOKE_ADDR", &address)
        .env("CONVOKE_BASE_URL", format!("http://{address}"))
        .env("CONVOKE_DATABASE_URL", "sqlite:convoke.db")
        .env("CONVOKE_MAIL_URL", "file:outbox")
        .env("CONVOKE_SMS_URL", "file:outbox")
        .env("CONVOKE_FILES_URL", "file:files")
        .current_dir(&folder)
        .stdout(log.try_clone()?)
        .stderr(log)
        .stdin(Stdio::null())
        .spawn()
        .context("the release does not start")?;
    let server = Server(child);
    let until = Instant::now() + Duration::from_mins(2);
    while TcpStream::connect(&address).is_err() {
        if Instant::now() > until {
            bail!("it does not listen; see {}", folder.join("log").display());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let table = table(&address);
    drop(server);
    let _ = std::fs::remove_dir_all(&folder);
    table
}

fn table(address: &str) -> Result<String> {
    let mut table =
        String::from("Transferred on a first visit, with headers, in bytes (brotli):\n");
    let sign_in = request(address, "GET", "/sign-in", "", "")?;
    let mut total = row(&mut table, "Sign-in: HTML", sign_in.size)?;
    for asset in assets(&sign_in.body, &["css"]) {
        let answer = request(address, "GET", &asset, "", "")?;
        total += row(&mut table, &format!("Sign-in: {asset}"), answer.size)?;
    }
    for font in fonts(address, &sign_in.body)? {
        let answer = request(address, "GET", &font, "", "")?;
        total += row(&mut table, &format!("Sign-in: {font}"), answer.size)?;
    }
    row(&mut table, "Sign-in: all", total)?;

    let cookie = sign_in_cookie(address)?;
    let page = request(address, "GET", "/", &cookie, "")?;
    let page = match page.headers.get("location") {
        Some(place) => request(address, "GET", place, &cookie, "")?,
        None => page,
    };
    if page.status != 200 {
        bail!("the console answered {}", page.status);
    }
    let mut total = row(&mut table, "Console: HTML", page.size)?;
    let mut all = assets(&page.body, &["css", "js", "wasm"]);
    all.extend(fonts(address, &page.body)?);
    for asset in all {
        let answer = request(address, "GET", &asset, &cookie, "")?;
        if answer.status != 200 {
            bail!("{asset} answered {}", answer.status);
        }
        total += row(&mut table, &format!("Console: {asset}"), answer.size)?;
    }
    row(&mut table, "Console: all", total)?;

    let place = code_page(address, &cookie)?;
    let page = request(address, "GET", &place, "", "")?;
    let mut total = row(&mut table, "Training code: HTML", page.size)?;
    let mut all = assets(&page.body, &["css", "js", "wasm"]);
    all.extend(fonts(address, &page.body)?);
    for asset in all {
        let answer = request(address, "GET", &asset, "", "")?;
        if answer.status != 200 {
            bail!("{asset} answered {}", answer.status);
        }
        total += row(&mut table, &format!("Training code: {asset}"), answer.size)?;
    }
    row(&mut table, "Training code: all", total)?;
    Ok(table)
}

/// The public page of a training of the demo data that is offered with a code: the console names its address.
fn code_page(address: &str, cookie: &str) -> Result<String> {
    let list = request(address, "GET", "/trainings", cookie, "")?;
    let list = String::from_utf8_lossy(&list.body).into_owned();
    let trainings = list
        .split('"')
        .filter(|word| word.starts_with("/trainings/") && word.matches('/').count() == 2);
    for training in trainings {
        let tab = format!("{training}/registration");
        let tab = request(address, "GET", &tab, cookie, "")?;
        let tab = String::from_utf8_lossy(&tab.body).into_owned();
        if let Some((_, rest)) = tab.split_once("/join/") {
            let code: String = rest
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            return Ok(format!("/join/{code}"));
        }
    }
    bail!("no training of the demo data is offered with a code")
}

fn row(table: &mut String, what: &str, size: usize) -> Result<usize> {
    writeln!(table, "  {what:<52} {size:>9}")?;
    Ok(size)
}

fn sign_in_cookie(address: &str) -> Result<String> {
    let answer = request(address, "POST", "/sign-in", "", ACCOUNT)?;
    let cookie = answer
        .headers
        .get("set-cookie")
        .with_context(|| format!("signing in answered {} without a cookie", answer.status))?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// The addresses of files with these endings that a page names, each once.
fn assets(page: &[u8], endings: &[&str]) -> Vec<String> {
    let page = String::from_utf8_lossy(page);
    let mut list: Vec<String> = Vec::new();
    for word in page.split(['"', '\'']) {
        let named = word
            .rsplit_once('.')
            .is_some_and(|(_, ending)| endings.contains(&ending));
        if word.starts_with('/') && named && !list.iter().any(|known| known == word) {
            list.push(word.to_owned());
        }
    }
    list
}

/// The font that the style sheets of a page make a browser with Latin text load.
fn fonts(address: &str, page: &[u8]) -> Result<Vec<String>> {
    let mut list = Vec::new();
    for sheet in assets(page, &["css"]) {
        let sheet = request(address, "GET", &sheet, "", "")?;
        let sheet = String::from_utf8_lossy(&sheet.body).replace(['(', ')'], "\"");
        let fonts = assets(sheet.as_bytes(), &["woff2"]);
        list.extend(fonts.into_iter().filter(|font| font.contains(FONT)));
    }
    Ok(list)
}

/// One request with a connection of its own. The size is the size on the wire; the body is unpacked.
fn request(address: &str, method: &str, path: &str, cookie: &str, form: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut head = format!(
        "{method} {path} HTTP/1.0\r\nHost: {address}\r\nAccept: text/html,*/*\r\nAccept-Encoding: br\r\n"
    );
    if !cookie.is_empty() {
        write!(head, "Cookie: {cookie}\r\n")?;
    }
    if !form.is_empty() {
        write!(
            head,
            "Origin: http://{address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            form.len()
        )?;
    }
    write!(stream, "{head}\r\n{form}")?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw)?;
    let end = raw
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .with_context(|| format!("{path} brought no answer"))?;
    let head = String::from_utf8_lossy(&raw[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|code| code.parse().ok())
        .context("an HTTP answer has a status")?;
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut body = raw[end + 4..].to_vec();
    if headers.get("content-encoding").is_some_and(|e| e == "br") {
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &body[..], &mut plain)?;
        body = plain;
    }
    Ok(Answer {
        status,
        headers,
        size: raw.len(),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_files() {
        let page = br#"<link href="/pkg/a.1.css"><script>("", "pkg", "/pkg/b.js")</script><a href="/x.css.html">"#;
        assert_eq!(assets(page, &["css", "js"]), ["/pkg/a.1.css", "/pkg/b.js"]);
    }
}
