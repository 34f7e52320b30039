//! The training room: a name entered on another device, and a device that is locked.

use super::*;

/// The id under which a name stands in the list.
fn person(list: &Answer) -> String {
    let (_, rest) = list.text.split_once("name=\"person\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// A device that has opened the list.
async fn device(offered: &Offered) -> String {
    let page = offered.world.get(&offered.path(""), "").await;
    cookie(&page, "convoke-device").unwrap()
}

/// Whether an answer takes a cookie away.
fn removes(answer: &Answer, name: &str) -> bool {
    let mut all = answer.headers.get_all(SET_COOKIE).iter();
    all.any(|value| {
        let value = value.to_str().unwrap();
        value.starts_with(&format!("{name}=;")) && value.contains("Max-Age=0")
    })
}

#[tokio::test]
async fn a_name_entered_on_another_device_asks_first() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let world = &offered.world;
    offered.register("Anna", "Müller", "anna@x.test").await;
    let (one, two) = (device(&offered).await, device(&offered).await);
    let id = person(&world.get(&offered.path(""), &one).await);
    let tapped = [("person", id.as_str())];
    let entered = world.post(&offered.path("/enter"), &one, &tapped).await;
    assert_eq!(entered.location(), "/space", "{}", entered.text);

    let list = world.get(&offered.path(""), &two).await;
    assert!(
        list.text.contains("entered on another device"),
        "{}",
        list.text
    );
    let asked = world.post(&offered.path("/enter"), &two, &tapped).await;
    assert_eq!(asked.location(), offered.path(&format!("/sure/{id}")));
    let page = world.get(asked.location(), &two).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.contains("Somebody entered as Anna Müller"),
        "{}",
        page.text
    );
    world.pass(1_000);
    let sure = [("person", id.as_str()), ("sure", "yes")];
    let entered = world.post(&offered.path("/enter"), &two, &sure).await;
    assert_eq!(entered.location(), "/space");
    // Where nothing is to be asked, the list is shown.
    for (path, cookie) in [
        (format!("/sure/{id}"), &two),
        ("/sure/nobody".to_owned(), &one),
    ] {
        let page = world.get(&offered.path(&path), cookie).await;
        assert_eq!(page.location(), offered.path(""), "{path}");
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_locked_device_stays_with_its_training(#[case] kind: Database) {
    let offered = Offered::new(kind, Proof::Nothing).await;
    let world = &offered.world;
    let list = offered.path("");
    let device = device(&offered).await;
    let session = world.sign_in().await;
    let before = format!("{device}; {session}");
    let page = world.get(&offered.path("/lock"), &before).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let wrong = world
        .post(&offered.path("/lock"), &before, &[("pin", "12")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("four to six digits"), "{}", wrong.text);
    assert_eq!(cookie(&wrong, "convoke-lock"), None);
    let locked = world
        .post(&offered.path("/lock"), &before, &[("pin", "4711")])
        .await;
    assert_eq!(locked.location(), list, "{}", locked.text);
    // Whoever locks a tablet at the door is not signed in on it.
    assert!(removes(&locked, "convoke"));
    assert!(removes(&locked, "convoke-space"));
    assert_eq!(
        world.get("/trainings", &session).await.status,
        StatusCode::SEE_OTHER
    );
    let session = world.sign_in().await;
    let lock = cookie(&locked, "convoke-lock").unwrap();
    let cookies = format!("{device}; {lock}; {session}");

    for path in [
        "/",
        "/join",
        "/join/AAAACCCC",
        "/sign-in",
        "/trainings",
        "/set-up",
        "/i/secret",
        "/account/secret",
        "/stop/secret",
        "/nothing",
        "/space",
        "/documents/x",
        &offered.path("/lock"),
    ] {
        let answer = world.get(path, &cookies).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, list.as_str()),
            "{path}"
        );
    }
    for path in ["/join", "/sign-in"] {
        let answer = world.post(path, &cookies, &[("code", "K7PM4XRD")]).await;
        assert_eq!(answer.location(), list, "{path}");
    }
    let api = world.call("trainings", &cookies, "{}").await;
    assert_eq!(api.location(), list);
    for path in ["", "/register", "/device", "/unlock"] {
        let answer = world.get(&offered.path(path), &cookies).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text.contains("data-locked=\"yes\""), "{path}");
        for way in ["href=\"/join\"", "href=\"/sign-in", "/lock\""] {
            assert!(!answer.text.contains(way), "{way} in {path}");
        }
        // The language may be changed.
        assert!(answer.text.contains("language=fr"), "{path}");
    }
    for path in ["/pkg/convoke.css", "/healthz", "/join/offline"] {
        assert_eq!(
            world.get(path, &cookies).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
    let kept = world.get(&offered.path("/keep"), &cookies).await;
    assert!(kept.text.contains("\"locked\":true"), "{}", kept.text);
    // A cookie of somebody else's lock locks nobody in.
    let other = world.get("/sign-in", &lock).await;
    assert_eq!(other.status, StatusCode::OK);
    assert!(removes(&other, "convoke-lock"));

    let wrong = world
        .post(&offered.path("/unlock"), &cookies, &[("pin", "4712")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("not the PIN"), "{}", wrong.text);
    for _ in 0..5 {
        world
            .post(&offered.path("/unlock"), &cookies, &[("pin", "0000")])
            .await;
    }
    let wait = world
        .post(&offered.path("/unlock"), &cookies, &[("pin", "4711")])
        .await;
    assert_eq!(wait.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(wait.header("retry-after").parse::<u32>().unwrap() > 0);
    world.pass(DAY / 24);
    let unlocked = world
        .post(&offered.path("/unlock"), &cookies, &[("pin", "4711")])
        .await;
    assert_eq!(unlocked.location(), list);
    assert!(removes(&unlocked, "convoke-lock"));
}

#[tokio::test]
async fn a_lock_ends_with_the_code() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let world = &offered.world;
    let device = device(&offered).await;
    let locked = world
        .post(&offered.path("/lock"), &device, &[("pin", "4711")])
        .await;
    let cookies = format!("{device}; {}", cookie(&locked, "convoke-lock").unwrap());
    let away = world.get("/join", &cookies).await;
    assert_eq!(away.location(), offered.path(""));
    world.pass(30 * DAY);
    let code = world.get("/join", &cookies).await;
    assert_eq!(code.status, StatusCode::OK);
    assert!(removes(&code, "convoke-lock"));
}

#[tokio::test]
async fn a_locked_device_opens_no_documents() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let world = &offered.world;
    convoke_service::documents::add_link(
        &world.service,
        &offered.actor,
        offered.training,
        "Elsewhere",
        "https://elsewhere.example/",
        true,
    )
    .await
    .unwrap();
    let device = device(&offered).await;
    let space = offered.register("Anna", "Müller", "anna@x.test").await;
    let open = world.get("/space", &format!("{device}; {space}")).await;
    assert!(
        open.text.contains("href=\"https://elsewhere.example/\""),
        "{}",
        open.text
    );
    let locked = world
        .post(&offered.path("/lock"), &device, &[("pin", "4711")])
        .await;
    let lock = cookie(&locked, "convoke-lock").unwrap();
    let page = world
        .get("/space", &format!("{device}; {space}; {lock}"))
        .await;
    assert!(page.text.contains("Elsewhere"), "{}", page.text);
    assert!(!page.text.contains("href=\"http"), "{}", page.text);
    assert!(
        page.text.contains("Documents open on your own device"),
        "{}",
        page.text
    );
}
