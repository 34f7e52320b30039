//! The form, and what posting it does.

use super::*;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn registering_by_plain_forms(#[case] kind: Database) {
    let offered = Offered::new(kind, Proof::Nothing).await;
    let world = &offered.world;
    let list = world.get(&offered.path(""), "").await;
    assert!(list.text.contains("Be the first"), "{}", list.text);

    let (page, id, version) = offered.form("").await;
    assert_eq!(version, "1");
    assert!(
        page.text
            .contains(&format!("action=\"{}\"", offered.path("/register")))
    );
    let [email, badge] = [0, 1].map(|n| fields().fields[n].name());

    // Incomplete: everything typed comes back, with what is wrong at the field.
    let wrong = offered
        .post(
            "",
            &id,
            &[
                ("first_name", "Anna"),
                (&badge, "x"),
                (&email, "no address"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        hidden(&wrong, "registration"),
        id,
        "it stays the same registration"
    );
    assert!(wrong.text.contains("value=\"Anna\""), "{}", wrong.text);
    assert!(
        wrong.text.contains("value=\"no address\""),
        "{}",
        wrong.text
    );
    assert!(
        wrong.text.contains("3 fields need your attention"),
        "{}",
        wrong.text
    );
    assert!(
        wrong
            .text
            .contains("This is too short: at least 3 characters."),
        "{}",
        wrong.text
    );
    assert_eq!(cookie(&wrong, "convoke-space"), None);

    let good = [
        ("first_name", "Anna"),
        ("last_name", "Müller"),
        (email.as_str(), "anna@x.test"),
    ];
    let done = offered.post("", &id, &good).await;
    assert_eq!(
        (done.status, done.location()),
        (StatusCode::SEE_OTHER, "/space"),
        "{}",
        done.text
    );
    // Posted twice, it counts once.
    let again = offered.post("", &id, &good).await;
    assert_eq!(again.location(), "/space");
    let list = world.get(&offered.path(""), "").await;
    assert_eq!(
        list.text.matches("aria-label=\"Anna Müller\"").count(),
        1,
        "{}",
        list.text
    );

    let space = world
        .get("/space", &cookie(&done, "convoke-space").unwrap())
        .await;
    assert_eq!(space.status, StatusCode::OK);
    for text in [
        "<h1>Fire Safety</h1>",
        "Anna Müller",
        "Confirmed",
        "anna@x.test",
        "Next person",
        "That is not me",
    ] {
        assert!(space.text.contains(text), "{text}: {}", space.text);
    }
}

#[tokio::test]
async fn how_long_registering_takes_does_not_tell_who_is_known() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    for email in ["nadia@acme.test", "nobody@x.test"] {
        let begun = std::time::Instant::now();
        offered.register("Somebody", "Else", email).await;
        assert!(
            begun.elapsed() >= std::time::Duration::from_millis(400),
            "{email}"
        );
    }
}
