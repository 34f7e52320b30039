use super::*;
use clap::CommandFactory;
use convoke_domain::Language;

fn args(flags: &[&str]) -> ServeArgs {
    let cli = Cli::parse_from(["convoke", "serve"].iter().chain(flags));
    match cli.command {
        Command::Serve(args) => args,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_flags_do_not_contradict_each_other() {
    Cli::command().debug_assert();
}

#[test]
fn every_problem_is_named_at_once() {
    let problems = Config::read(&args(&[
        "--addr=localhost",
        "--base-url=convoke.example.org",
        "--database-url=mysql://root:hunter2@db/x",
        "--mail-url=http://user:hunter2@mail",
        "--mail-from=nobody",
        "--dkim-selector=march",
        "--dns=dns.example.org",
        "--sms-url=kannel://localhost:13013",
        "--sms-per-minute=0",
        "--bounces-url=pop3://user:hunter2@mail",
        "--hook-secret=hunter2",
        "--files-url=s3://key:hunter2@bucket",
        "--max-upload-mb=lots",
        "--trusted-proxies=proxy",
    ]))
    .unwrap_err();
    let variables: Vec<_> = problems.iter().map(|p| p.variable).collect();
    assert_eq!(
        variables,
        [
            "CONVOKE_ADDR",
            "CONVOKE_BASE_URL",
            "CONVOKE_DATABASE_URL",
            "CONVOKE_MAIL_URL",
            "CONVOKE_MAIL_FROM",
            "CONVOKE_DKIM_KEY",
            "CONVOKE_DNS",
            "CONVOKE_SMS_URL",
            "CONVOKE_SMS_PER_MINUTE",
            "CONVOKE_BOUNCES_URL",
            "CONVOKE_HOOK_SECRET",
            "CONVOKE_FILES_URL",
            "CONVOKE_MAX_UPLOAD_MB",
            "CONVOKE_TRUSTED_PROXIES",
        ]
    );
    for language in [Language::En, Language::Fr] {
        for problem in &problems {
            let text = problem.describe(language);
            assert!(!text.contains("check-"), "a key is shown: {text}");
            assert!(!text.contains("hunter2"), "a password is shown: {text}");
            assert!(text.lines().count() >= 2, "an example is missing: {text}");
        }
    }
}

#[test]
fn what_is_allowed() {
    let config = Config::read(&args(&[
        "--base-url=https://convoke.example.org/",
        "--mail-url=smtps://user:secret@mail.example.org",
        "--sms-url=kannel://user:secret@gateway.example.org",
        "--mail-from=convoke@example.org",
        "--files-url=s3://acme-files/convoke",
        "--max-upload-mb=200",
        "--mail-per-minute=600",
        "--mail-per-domain-per-minute= 30 ",
    ]))
    .unwrap();
    let per_minute =
        |pace: Option<convoke_delivery::Pace>| pace.map(convoke_delivery::Pace::per_minute);
    assert_eq!(per_minute(config.paces.mail), Some(600));
    assert_eq!(per_minute(config.paces.mail_to_domain), Some(30));
    assert_eq!(per_minute(config.paces.sms), None);
    assert_eq!(
        config.base_url_at("127.0.0.1:3000".parse().unwrap()),
        "https://convoke.example.org"
    );
    assert_eq!(config.mail.to_string(), "smtps://mail.example.org:465");
    assert!(!config.sms.to_string().contains("secret"));
    assert_eq!(config.files.to_string(), "s3://acme-files/convoke");
    assert_eq!(config.max_upload, 200_000_000);
}

#[test]
fn without_a_public_address_it_is_where_the_server_listens() {
    let config = Config::read(&args(&["--addr=[::1]:8080", "--mail-url=file:///srv/out"])).unwrap();
    assert_eq!(config.base_url_at(config.addr), "http://[::1]:8080");
    assert_eq!(config.mail.to_string(), "/srv/out");
}

#[test]
fn mails_that_come_back_are_read_only_where_it_is_asked_for() {
    let config = Config::read(&args(&["--bounces-url=", "--hook-secret= "])).unwrap();
    assert_eq!((config.bounces, config.hook_secret), (None, None));
    let config = Config::read(&args(&[
        "--bounces-url=imaps://bounces:hunter2@mail.example.org",
        "--hook-secret=hunter2hunter2hunter2hunter2",
    ]))
    .unwrap();
    assert!(config.bounces.is_some() && config.hook_secret.is_some());
    assert!(!format!("{config:?}").contains("hunter2"), "{config:?}");
}

#[test]
fn a_key_that_cannot_sign_stops_the_start_and_is_not_shown() {
    let folder = convoke_testkit::Folder::new("dkim");
    let file = folder.path().join("key.pem");
    let flag = format!("--dkim-key={}", file.display());
    let read = |extra: &[&str]| {
        let flags = ["--mail-from=training@example.org", flag.as_str()];
        Config::read(&args(&[&flags[..], extra].concat()))
    };
    let said = |extra: &[&str]| {
        let problems = read(extra).unwrap_err();
        let texts: Vec<String> = problems
            .iter()
            .map(|problem| problem.describe(Language::En))
            .collect();
        texts.join("\n")
    };
    let selector = &["--dkim-selector=march"][..];
    assert!(said(selector).contains("cannot be read"));
    std::fs::write(&file, "-----BEGIN PRIVATE KEY-----\nhunter2\n").unwrap();
    let text = said(selector);
    assert!(
        text.contains("CONVOKE_DKIM_KEY: Mails cannot be signed"),
        "{text}"
    );
    assert!(!text.contains("hunter2"), "{text}");
    assert!(said(&[]).contains("CONVOKE_DKIM_SELECTOR"));
    let good = include_str!("../../../crates/delivery/tests/keys/ed25519.pem");
    std::fs::write(&file, good).unwrap();
    let config = read(selector).unwrap();
    let dkim = config.dkim.as_ref().unwrap();
    assert_eq!(dkim.name(), "march._domainkey.example.org");
    let secret = good.lines().nth(1).unwrap();
    assert!(!format!("{config:?}").contains(secret));
    let config = read(&["--dkim-selector=march", "--dkim-domain=acme.example"]).unwrap();
    assert_eq!(config.dkim.unwrap().name(), "march._domainkey.acme.example");
    let config = Config::read(&args(&["--dkim-key=", "--dkim-selector="])).unwrap();
    assert_eq!(config.dkim, None);
}
