//! What can be configured: flags, each with an environment variable, and what they must look like.

mod dkim;
mod paces;
mod problem;
mod proxies;

pub use dkim::DkimArgs;
pub use paces::PaceArgs;
pub use problem::{Problem, language};
pub use proxies::{Proxies, throttle_key};

use clap::{Args, Parser, Subcommand};
use convoke_delivery::{BouncesTarget, Dkim, MailTarget, Paces, Sender, SmsTarget};
use convoke_service::files::{Files, FilesTarget};
use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;

/// Invites people to trainings.
#[derive(Debug, Parser)]
#[command(name = "convoke", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one of them")]
pub enum Command {
    /// Serve the web application and send the messages.
    Serve(ServeArgs),
    /// Bring the database up to date, and stop.
    Migrate(DatabaseArgs),
    /// Fill an empty database with demo data, and stop.
    Demo(DemoArgs),
    /// Take data in from files.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Care for administrators.
    #[command(subcommand)]
    Admin(AdminCommand),
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Users, from a CSV file with the columns `last_name`, `first_name`, `email`, `mobile`, `channel` (email|sms), `language`, `type`,
    /// `employee_id` and `groups` (separated by `;`). Whoever has the same employee id, e-mail or mobile is updated.
    Users(ImportUsersArgs),
}

/// `convoke import users`.
#[derive(Debug, Args)]
pub struct ImportUsersArgs {
    /// The CSV file.
    pub file: PathBuf,
    /// Name of the organisation; needed when there are several.
    #[arg(long)]
    pub organisation: Option<String>,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

/// What can be done with administrators.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Create an administrator, or give an existing user the right and a new password.
    Create(AdminCreateArgs),
}

/// `convoke admin create`.
#[derive(Debug, Args)]
pub struct AdminCreateArgs {
    /// E-mail to sign in with.
    #[arg(long)]
    pub email: String,
    /// First name.
    #[arg(long)]
    pub first_name: String,
    /// Last name.
    #[arg(long)]
    pub last_name: String,
    /// Name of the organisation; needed when there are several, and made when there is none.
    #[arg(long)]
    pub organisation: Option<String>,
    /// Password; one is made and printed when it is not given.
    #[arg(long, env = "CONVOKE_ADMIN_PASSWORD", hide_env_values = true)]
    pub password: Option<String>,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

/// Where the database is.
#[derive(Clone, Debug, Args)]
pub struct DatabaseArgs {
    /// Database: `sqlite:PATH` or `postgres://user:password@host/name`.
    #[arg(
        long,
        env = "CONVOKE_DATABASE_URL",
        default_value = "sqlite:data/convoke.db",
        hide_env_values = true
    )]
    pub database_url: String,
}

/// Where files are.
#[derive(Clone, Debug, Args)]
pub struct FilesArgs {
    /// Files of documents: `file:FOLDER`, or `s3://bucket/prefix` with `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION` and, for what is
    /// not Amazon's, `AWS_ENDPOINT` in the environment.
    #[arg(long, env = "CONVOKE_FILES_URL", default_value = "file:data/files")]
    pub files_url: String,
}

/// `convoke demo`.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub files: FilesArgs,
}

/// `convoke serve`.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Say in plain words what is wrong with the configuration, and stop.
    #[arg(long)]
    pub check: bool,
    /// Fill an empty database with demo data first, and print the demo accounts.
    #[arg(long)]
    pub demo: bool,
    /// Serve demo data, with its well-known passwords, beyond this machine.
    #[arg(long)]
    pub allow_public_demo: bool,
    /// Address to listen on.
    #[arg(long, env = "CONVOKE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: String,
    /// Public address, as people type it and as it stands in messages. By default http:// and the address to listen on.
    #[arg(long, env = "CONVOKE_BASE_URL")]
    pub base_url: Option<String>,
    /// Mail server: `file:FOLDER`, `smtp://host:port` or `smtps://user:password@host`.
    #[arg(
        long,
        env = "CONVOKE_MAIL_URL",
        default_value = "file:data/outbox",
        hide_env_values = true
    )]
    pub mail_url: String,
    /// Sender of mails, for example `Acme Academy <training@acme.example>`.
    #[arg(
        long,
        env = "CONVOKE_MAIL_FROM",
        default_value = "Convoke <convoke@localhost>"
    )]
    pub mail_from: String,
    #[command(flatten)]
    pub dkim: DkimArgs,
    /// Name server that is asked about the sender of mails: `127.0.0.1:53`. By default those that the machine asks.
    #[arg(long, env = "CONVOKE_DNS")]
    pub dns: Option<String>,
    /// SMS gateway: `file:FOLDER`, `kannel://user:password@host:port` or `twilio://sid:token@host`.
    #[arg(
        long,
        env = "CONVOKE_SMS_URL",
        default_value = "file:data/outbox",
        hide_env_values = true
    )]
    pub sms_url: String,
    /// Mailbox that mails come back to: `imaps://user:password@host/FOLDER`. It is that of the sender of mails, or one that it is forwarded to.
    #[arg(long, env = "CONVOKE_BOUNCES_URL", hide_env_values = true)]
    pub bounces_url: Option<String>,
    /// Secret of the address that mails which come back can be posted to: `/hooks/bounces/SECRET`. At least 24 letters, digits, `-` and `_`.
    #[arg(long, env = "CONVOKE_HOOK_SECRET", hide_env_values = true)]
    pub hook_secret: Option<String>,
    #[command(flatten)]
    pub paces: PaceArgs,
    #[command(flatten)]
    pub files: FilesArgs,
    /// The largest file that can be uploaded, in megabytes.
    #[arg(long, env = "CONVOKE_MAX_UPLOAD_MB", default_value = "50")]
    pub max_upload_mb: String,
    /// Folder of the built site: style, scripts, fonts. By default `site` beside the program, or else target/site.
    #[arg(long, env = "CONVOKE_SITE_ROOT", default_value_os_t = default_site_root())]
    pub site_root: PathBuf,
    /// Proxies whose `X-Forwarded-For` is believed: addresses or networks, separated by commas.
    #[arg(long, env = "CONVOKE_TRUSTED_PROXIES", default_value = "")]
    pub trusted_proxies: String,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

/// Where a release has its site, or a development build.
fn default_site_root() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("site")))
        .filter(|site| site.is_dir())
        .unwrap_or_else(|| PathBuf::from("target/site"))
}

/// The secret of the address that mails which come back are posted to.
#[derive(Clone, PartialEq, Eq)]
pub struct HookSecret(pub String);

impl std::fmt::Debug for HookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HookSecret(…)")
    }
}

/// A configuration that can be served.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The public address; `None` for http:// and where the server listens.
    pub base_url: Option<Url>,
    /// The database.
    pub database_url: String,
    /// Where mails go.
    pub mail: MailTarget,
    /// Who they come from.
    pub mail_from: Sender,
    /// What they are signed with.
    pub dkim: Option<Dkim>,
    /// Who is asked about the sender; `None` for whom the machine asks.
    pub dns: Option<SocketAddr>,
    /// Where SMS go.
    pub sms: SmsTarget,
    /// How fast messages may go.
    pub paces: Paces,
    /// The mailbox that mails come back to.
    pub bounces: Option<BouncesTarget>,
    /// The secret of the address that they can be posted to.
    pub hook_secret: Option<HookSecret>,
    /// Where files are.
    pub files: FilesTarget,
    /// The largest upload, in bytes.
    pub max_upload: u64,
    /// The folder of the built site.
    pub site_root: PathBuf,
    /// Whose word about the sender's address is believed.
    pub proxies: Proxies,
}

impl Config {
    /// Reads the arguments; all problems at once when there are any.
    pub fn read(args: &ServeArgs) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let addr = note(&mut problems, parse_addr(&args.addr));
        let base_url = note(
            &mut problems,
            args.base_url.as_deref().map(parse_base_url).transpose(),
        );
        let database_url = note(&mut problems, parse_database(&args.database.database_url));
        let mail = note(
            &mut problems,
            args.mail_url
                .parse::<MailTarget>()
                .map_err(|cause| setting("CONVOKE_MAIL_URL", MAIL_EXAMPLE, &cause)),
        );
        let mail_from = note(
            &mut problems,
            args.mail_from
                .parse::<Sender>()
                .map_err(|cause| setting("CONVOKE_MAIL_FROM", FROM_EXAMPLE, &cause)),
        );
        let dkim = note(&mut problems, args.dkim.read(mail_from.as_ref()));
        let dns = note(
            &mut problems,
            given(args.dns.as_deref()).map(parse_dns).transpose(),
        );
        let sms = note(
            &mut problems,
            args.sms_url
                .parse::<SmsTarget>()
                .map_err(|cause| setting("CONVOKE_SMS_URL", SMS_EXAMPLE, &cause)),
        );
        let paces = note(&mut problems, args.paces.read());
        let bounces = note(
            &mut problems,
            given(args.bounces_url.as_deref())
                .map(str::parse::<BouncesTarget>)
                .transpose()
                .map_err(|cause| setting("CONVOKE_BOUNCES_URL", BOUNCES_EXAMPLE, &cause)),
        );
        let hook_secret = note(
            &mut problems,
            given(args.hook_secret.as_deref())
                .map(parse_hook_secret)
                .transpose(),
        );
        let files = note(&mut problems, parse_files(&args.files.files_url));
        let max_upload = note(&mut problems, parse_max_upload(&args.max_upload_mb));
        let proxies = note(&mut problems, Proxies::parse(&args.trusted_proxies));
        match (
            addr,
            base_url,
            database_url,
            mail,
            mail_from,
            dkim,
            dns,
            sms,
            paces,
            bounces,
            hook_secret,
            files,
            max_upload,
            proxies,
        ) {
            (
                Some(addr),
                Some(base_url),
                Some(database_url),
                Some(mail),
                Some(mail_from),
                Some(dkim),
                Some(dns),
                Some(sms),
                Some(paces),
                Some(bounces),
                Some(hook_secret),
                Some(files),
                Some(max_upload),
                Some(proxies),
            ) => Ok(Self {
                addr,
                base_url,
                database_url,
                mail,
                mail_from,
                dkim,
                dns,
                sms,
                paces,
                bounces,
                hook_secret,
                files,
                max_upload,
                site_root: args.site_root.clone(),
                proxies,
            }),
            _ => Err(problems),
        }
    }

    /// The public address when the server listens at `addr`, without a slash at the end.
    pub fn base_url_at(&self, addr: SocketAddr) -> String {
        match &self.base_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{addr}"),
        }
    }
}

fn note<T>(problems: &mut Vec<Problem>, result: Result<T, Problem>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

const MAIL_EXAMPLE: &str = "smtps://user:password@mail.example.org";
const FROM_EXAMPLE: &str = "Acme Academy <training@acme.example>";
const SMS_EXAMPLE: &str = "kannel://user:password@localhost:13013";

const BOUNCES_EXAMPLE: &str = "imaps://user:password@mail.example.org/INBOX";

/// A setting that is there, and not only empty.
fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn parse_hook_secret(text: &str) -> Result<HookSecret, Problem> {
    let good = text.len() >= 24
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    // Even a bad one is not shown.
    good.then(|| HookSecret(text.to_owned())).ok_or_else(|| {
        Problem::new(
            "CONVOKE_HOOK_SECRET",
            "check-hook-secret",
            "openssl rand -hex 24",
        )
    })
}

/// A setting of the delivery, which says itself what is wrong with it, without its password.
fn setting(variable: &'static str, example: &str, cause: &dyn std::fmt::Display) -> Problem {
    Problem::new(variable, "check-setting", example).cause(cause)
}

/// Where files are; that it can be written to, only trying tells.
pub fn parse_files(text: &str) -> Result<FilesTarget, Problem> {
    // Keys do not belong into it, but may have been put there: it is not shown.
    text.parse()
        .map_err(|_| Problem::new("CONVOKE_FILES_URL", "check-files-url", "file:data/files"))
}

/// The place for files.
pub fn open_files(target: &FilesTarget, max_upload: u64) -> Result<Files, Problem> {
    Files::open(target, max_upload).map_err(|cause| {
        Problem::new("CONVOKE_FILES_URL", "check-files", "file:data/files").cause(&cause)
    })
}

/// Megabytes, as bytes.
fn parse_max_upload(text: &str) -> Result<u64, Problem> {
    text.trim()
        .parse()
        .ok()
        .filter(|megabytes| (1..=5_000).contains(megabytes))
        .map(|megabytes: u64| megabytes * 1_000_000)
        .ok_or_else(|| Problem::new("CONVOKE_MAX_UPLOAD_MB", "check-max-upload", "50").value(text))
}

fn parse_dns(text: &str) -> Result<SocketAddr, Problem> {
    text.parse()
        .map_err(|_| Problem::new("CONVOKE_DNS", "check-addr", "127.0.0.1:53").value(text))
}

fn parse_addr(text: &str) -> Result<SocketAddr, Problem> {
    text.trim()
        .parse()
        .map_err(|_| Problem::new("CONVOKE_ADDR", "check-addr", "127.0.0.1:3000").value(text))
}

fn parse_base_url(text: &str) -> Result<Url, Problem> {
    let problem =
        |key| Problem::new("CONVOKE_BASE_URL", key, "https://convoke.example.org").value(text);
    let url = Url::parse(text.trim()).map_err(|_| problem("check-base-url"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(problem("check-base-url"));
    }
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if bare {
        Ok(url)
    } else {
        // It may hold a password: not shown.
        Err(Problem::new(
            "CONVOKE_BASE_URL",
            "check-base-url-bare",
            "https://convoke.example.org",
        ))
    }
}

/// The address of a database, whatever it holds; that it is reached, only trying tells.
pub fn parse_database(text: &str) -> Result<String, Problem> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if known.iter().any(|scheme| text.starts_with(scheme)) {
        Ok(text.to_owned())
    } else {
        Err(Problem::new(
            "CONVOKE_DATABASE_URL",
            "check-database-scheme",
            "postgres://convoke:password@localhost/convoke",
        ))
    }
}

#[cfg(test)]
mod tests;
