//! What a device keeps, and what it sends when the network is back.

use super::*;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use serde_json::{Value, json};

impl Offered {
    async fn keep(&self) -> Value {
        let answer = self.world.get(&self.path("/keep"), "").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.header("cache-control"), "no-store");
        serde_json::from_str(&answer.text).unwrap()
    }

    async fn send(&self, entry: &Value) -> Answer {
        let request = Request::post(self.path("/queue"))
            .header(ORIGIN, "http://convoke.test")
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(entry.to_string()))
            .unwrap();
        self.world.send(request).await
    }

    fn entry(&self, kept: &Value, id: &str, email: &str, language: &str) -> Value {
        let email_name = fields().fields[0].name();
        let now = self.world.service.clock.now().0;
        json!({
            "format": 1, "id": id, "kind": "register", "ticket": kept["ticket"], "at": now, "sent": now, "language": language,
            "version": kept["version"],
            "posted": [["first_name", "Anna"], ["last_name", "Müller"], [email_name, email]],
        })
    }
}

fn said(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let value: Value = serde_json::from_str(&answer.text).unwrap();
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    (text("state"), text("sentence"))
}

const ID: &str = "019ab000-0000-7000-8000-000000000001";

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_entry_is_taken_once_and_answered_each_time(#[case] kind: Database) {
    let offered = Offered::new(kind, Proof::Nothing).await;
    let kept = offered.keep().await;
    let wrong = offered
        .send(&offered.entry(&kept, ID, "no address", "fr"))
        .await;
    assert_eq!(
        said(&wrong),
        (
            "attention".to_owned(),
            "E-mail – Ceci n’est pas une adresse e-mail.".to_owned()
        )
    );
    for _ in 0..2 {
        let answer = offered
            .send(&offered.entry(&kept, ID, "anna@x.test", "fr"))
            .await;
        assert_eq!(
            said(&answer),
            ("saved".to_owned(), "Votre place est confirmée.".to_owned())
        );
        assert_eq!(
            cookie(&answer, "convoke-space"),
            None,
            "nobody enters by it"
        );
    }
    let list = offered.world.get(&offered.path(""), "").await;
    assert_eq!(list.text.matches("join-name").count(), 1, "{}", list.text);
}

#[tokio::test]
async fn what_is_kept_names_its_files_and_leaves_the_nonce_to_the_device() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    offered.register("Anna", "Müller", "anna@x.test").await;
    let kept = offered.keep().await;
    assert_eq!(kept["people"][0]["name"], "Anna Müller");
    assert!(!kept.to_string().contains("anna@x.test"));
    assert!(kept["policy"].as_str().unwrap().contains("'nonce-⟦nonce⟧'"));
    for language in ["en", "fr"] {
        let pages = kept["languages"][language]["pages"].as_object().unwrap();
        assert!(!pages.contains_key("proof"), "nothing is asked for");
        for (name, page) in pages {
            let page = page.as_str().unwrap();
            assert!(page.contains("nonce=\"⟦nonce⟧\""), "{name}");
            for asset in kept["assets"].as_array().unwrap() {
                assert!(page.contains(asset.as_str().unwrap()), "{name}: {asset}");
            }
        }
        let form = pages["form"].as_str().unwrap();
        assert!(form.contains(kept["registration"].as_str().unwrap()));
    }
    let gone = offered.world.get("/join/K7PM4XRD/keep", "").await;
    assert_eq!(
        (gone.status, gone.text.as_str()),
        (StatusCode::NOT_FOUND, "")
    );
}

#[tokio::test]
async fn both_languages_are_kept_and_each_name_once() {
    let offered = Offered::new(Database::Sqlite, Proof::MobileDigits).await;
    offered.register("Anna", "Müller", "anna@x.test").await;
    let few = offered.world.get(&offered.path("/keep"), "").await;
    let kept = offered.keep().await;
    for (language, other, words) in [
        ("en", "fr", "last four digits"),
        ("fr", "en", "quatre derniers chiffres"),
    ] {
        let spoken = &kept["languages"][language];
        let pages = spoken["pages"].as_object().unwrap();
        assert_eq!(pages.len(), 5);
        for (name, page) in pages {
            let page = page.as_str().unwrap();
            assert!(
                page.contains(&format!("<html lang=\"{language}\"")),
                "{name}"
            );
            // The way to the other one, wherever the page is.
            assert!(
                page.contains(&format!("href=\"?language={other}\"")),
                "{name}"
            );
        }
        assert!(pages["proof"].as_str().unwrap().contains(words));
    }
    assert_eq!(few.text.matches("Anna Müller").count(), 1);
    // The language that a visitor chose, and the browser's.
    assert_eq!(kept["language"], "en");
    let french = offered
        .world
        .get(&offered.path("/keep"), "convoke-language=fr")
        .await;
    let french: Value = serde_json::from_str(&french.text).unwrap();
    assert_eq!(french["language"], "fr");
    // A device that chose without network says so by its page of what it keeps.
    let said = offered
        .world
        .get(&offered.path("/device?language=fr"), "")
        .await;
    assert_eq!(
        cookie(&said, "convoke-language").unwrap(),
        "convoke-language=fr"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_entrance_is_answered_in_the_language_in_which_it_was_made(#[case] kind: Database) {
    let offered = Offered::new(kind, Proof::MobileDigits).await;
    offered.register("Anna", "Müller", "anna@x.test").await;
    let kept = offered.keep().await;
    let now = offered.world.service.clock.now().0;
    let entry = |proof: &str, language: &str| {
        json!({
            "format": 1, "id": ID, "kind": "enter", "ticket": kept["ticket"], "at": now, "sent": now, "language": language,
            "person": kept["people"][0]["id"], "proof": proof,
        })
    };
    // She has no mobile: nothing fits.
    let (state, sentence) = said(&offered.send(&entry("1234", "fr")).await);
    assert_eq!(state, "attention");
    assert!(
        sentence.starts_with("La preuve saisie ne convient pas."),
        "{sentence}"
    );
    for _ in 0..4 {
        offered.send(&entry("1234", "en")).await;
    }
    // Too many for this name: the entry waits, and nothing else does.
    let answer = offered.send(&entry("1234", "en")).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::CONFLICT, "")
    );
}

#[tokio::test]
async fn only_our_own_pages_send() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let kept = offered.keep().await;
    let entry = offered.entry(&kept, ID, "anna@x.test", "en");
    let request = Request::post(offered.path("/queue"))
        .header(ORIGIN, "https://evil.example")
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(entry.to_string()))
        .unwrap();
    assert_eq!(
        offered.world.send(request).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn what_needs_attention_is_corrected_in_the_ordinary_form() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let email = fields().fields[0].name();
    let typed = [
        ("first_name", "Anna"),
        ("last_name", "Müller"),
        (email.as_str(), "no address"),
        ("corrects", ID),
    ];
    let form = offered
        .world
        .post(&offered.path("/correct"), "", &typed)
        .await;
    assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(form.text.contains("value=\"no address\""), "{}", form.text);
    assert!(form.text.contains("This is not an e-mail address."));
    assert_eq!(hidden(&form, "corrects"), ID);
    assert_ne!(hidden(&form, "registration"), ID);
}

#[tokio::test]
async fn a_space_left_without_network_takes_forms_made_since() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let space = offered.register("Anna", "Müller", "anna@x.test").await;
    let left = offered.world.service.clock.now().0.to_string();
    offered.world.pass(60_000);
    let (_, id, _) = offered.form("").await;
    offered.world.pass(60_000);
    // The device says now that Anna left two minutes ago.
    let answer = offered
        .world
        .post("/space/next", &space, &[("left", &left)])
        .await;
    let mark = cookie(&answer, "convoke-left").unwrap();
    let email = fields().fields[0].name();
    let typed = [
        ("first_name", "Bela"),
        ("last_name", "Bartók"),
        (email.as_str(), "b@x.test"),
    ];
    assert_eq!(offered.post(&mark, &id, &typed).await.location(), "/space");
    // Never later than now.
    let answer = offered
        .world
        .post("/space/next", &space, &[("left", "99999999999999")])
        .await;
    let now = offered.world.service.clock.now().0;
    assert_eq!(
        cookie(&answer, "convoke-left").unwrap(),
        format!("convoke-left={now}")
    );
}

#[tokio::test]
async fn the_pages_of_a_device_that_keeps_nothing() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let device = offered.world.get(&offered.path("/device"), "").await;
    assert_eq!(device.status, StatusCode::OK);
    assert!(
        device.text.contains("keeps nothing of this training"),
        "{}",
        device.text
    );
    let shell = offered.world.get("/join/offline", "").await;
    assert_eq!(shell.status, StatusCode::OK);
    assert!(!shell.text.contains("<script"), "{}", shell.text);
    assert_eq!(shell.header("set-cookie"), "");
}

#[tokio::test]
async fn the_service_worker_may_ask_us_and_nobody_else() {
    let world = World::new(Database::Sqlite).await;
    std::fs::write(world.site.path().join("sw.js"), "//").unwrap();
    let worker = world.get("/sw.js", "").await;
    assert_eq!(worker.status, StatusCode::OK);
    assert_eq!(worker.header("cache-control"), "no-cache");
    assert_eq!(
        worker.header("content-security-policy"),
        "default-src 'none'; script-src 'self'; connect-src 'self'"
    );
}
