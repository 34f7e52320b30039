//! Codes: found, guessed, kept by nobody; the device that shows them.

use super::*;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn unknown_switched_off_and_closed_codes_get_one_answer(#[case] kind: Database) {
    let offered_here = Offered::new(kind, Proof::Nothing).await;
    let Offered {
        world,
        actor,
        training,
        code,
    } = &offered_here;
    assert_eq!(
        world.get(&offered_here.path(""), "").await.status,
        StatusCode::OK
    );

    // But for what was typed, which stands in its field to be corrected.
    let seen = |answer: &Answer, typed: &str| {
        let (status, text, mut headers) = seen(answer);
        headers.retain(|(name, _)| name != "content-length");
        let field = format!(" value=\"{typed}\"");
        let is_kept = !typed.is_empty();
        assert_eq!(text.matches(" value=").count(), usize::from(is_kept));
        assert_eq!(text.contains(&field), is_kept, "{text}");
        (status, text.replace(&field, ""), headers)
    };
    let unknown = seen(&world.get("/join/K7PM4XRD", "").await, "K7PM4XRD");
    assert_eq!(unknown.0, StatusCode::NOT_FOUND);
    assert!(
        unknown.1.contains("does not open a training"),
        "{}",
        unknown.1
    );
    // What can be no code at all, in the address and in the form.
    assert_eq!(seen(&world.get("/join/hello", "").await, "hello"), unknown);
    assert_eq!(
        seen(
            &world.post("/join", "", &[("code", "hello")]).await,
            "hello"
        ),
        unknown
    );
    assert_eq!(
        seen(&world.get("/join/K7PM4XRD/register", "").await, ""),
        unknown
    );

    let off = RegistrationSettings {
        code_on: false,
        ..offered(Proof::Nothing)
    };
    registration::save_settings(&world.service, actor, *training, &off)
        .await
        .unwrap();
    assert_eq!(
        seen(&world.get(&format!("/join/{code}"), "").await, code),
        unknown
    );
    let on = offered(Proof::Nothing);
    registration::save_settings(&world.service, actor, *training, &on)
        .await
        .unwrap();
    world.pass(30 * DAY);
    assert_eq!(
        seen(&world.get(&format!("/join/{code}"), "").await, code),
        unknown,
        "it is over"
    );
}

#[tokio::test]
async fn a_code_is_found_however_it_is_typed() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let (left, right) = offered.code.split_at(4);
    for typed in [
        offered.code.to_lowercase(),
        format!(" {left}-{right} "),
        format!("{left} {right}"),
    ] {
        let answer = offered.world.post("/join", "", &[("code", &typed)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{typed}");
        assert_eq!(answer.location(), offered.path(""), "{typed}");
    }
    let lower = format!("/join/{}", offered.code.to_lowercase());
    assert_eq!(
        offered.world.get(&lower, "").await.location(),
        offered.path("")
    );
}

#[tokio::test]
async fn guessing_is_stopped_with_a_time_to_wait() {
    let world = World::new(Database::Sqlite).await;
    let device = cookie(&world.get("/join", "").await, "convoke-device").unwrap();
    let mut last = world.get("/join/K7PM4XRD", &device).await;
    for _ in 0..20 {
        last = world.get("/join/K7PM4XRD", &device).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.header("retry-after").parse::<u32>().unwrap() > 0);
    assert!(last.text.contains("Ask your trainer"), "{}", last.text);
}

#[tokio::test]
async fn a_device_is_marked_once_and_only_by_us() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let world = &offered.world;
    let first = world.get("/join", "").await;
    let device = cookie(&first, "convoke-device").unwrap();
    assert!(
        first
            .header("set-cookie")
            .contains("HttpOnly; SameSite=Lax; Max-Age=31536000")
    );
    let again = world.get(&offered.path(""), &device).await;
    assert_eq!(cookie(&again, "convoke-device"), None);
    let made_up = world.get(&offered.path(""), "convoke-device=made-up").await;
    assert!(cookie(&made_up, "convoke-device").is_some());
    assert_eq!(
        cookie(&world.get("/space", "").await, "convoke-device"),
        None
    );
}

#[tokio::test]
async fn cookies_of_https_are_bound_to_the_host() {
    let world = World::at(Database::Sqlite, "https://convoke.test").await;
    let page = world.get("/join", "").await;
    let header = page.header("set-cookie");
    assert!(header.starts_with("__Host-convoke-device="), "{header}");
    assert!(header.ends_with("; Secure"), "{header}");
}

#[tokio::test]
async fn pages_are_kept_by_nobody_and_run_only_their_module() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let world = &offered.world;
    let space = offered.register("Anna", "Müller", "anna@x.test").await;
    let pages = [
        "/join".to_owned(),
        offered.path(""),
        offered.path("/register"),
        "/space".to_owned(),
    ];
    for path in &pages {
        let page = world.get(path, &space).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        // No other site learns the address, and forms still name our own origin.
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        let policy = page.header("content-security-policy");
        let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
        let (nonce, _) = rest.split_once('\'').unwrap();
        assert_eq!(nonce.len(), 32, "{policy}");
        assert!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        // The line that catches the offer to install, and the module.
        assert_eq!(page.text.matches("<script").count(), 2, "{path}");
        let with_nonce = format!("nonce=\"{nonce}\"");
        assert_eq!(page.text.matches(&with_nonce).count(), 2, "{path}");
        assert!(
            page.text
                .contains(&format!("<script type=\"module\" nonce=\"{nonce}\"")),
            "{path}"
        );
        // Nothing of one person is offered to the next.
        assert!(
            page.text.matches("<form").count() == 0
                || page.text.contains("autocomplete=\"off\"")
                || path == "/space"
        );
    }
    // The policy of pages without a module allows none.
    let policy = world.get("/sign-in", "").await;
    assert!(
        !policy
            .header("content-security-policy")
            .contains("script-src")
    );
}
