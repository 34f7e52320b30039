//! The training space: by a name, a proof, or the link of an invitation.

use super::*;

#[tokio::test]
async fn tapping_a_name_enters_and_leaving_leaves_nothing() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let world = &offered.world;
    offered.register("Anna", "Müller", "anna@x.test").await;
    let list = world.get(&offered.path(""), "").await;
    let person = {
        let (_, rest) = list.text.split_once("name=\"person\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let entered = world
        .post(&offered.path("/enter"), "", &[("person", &person)])
        .await;
    assert_eq!(entered.location(), "/space");
    let space = cookie(&entered, "convoke-space").unwrap();
    let header = entered
        .headers
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok());
    let header = header
        .into_iter()
        .find(|v| v.starts_with("convoke-space="))
        .unwrap();
    assert!(
        header.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{header}"
    );
    let page = world.get("/space", &space).await;
    assert!(
        !page.text.contains("anna@x.test"),
        "who only tapped a name reads no answers"
    );

    // A form from before.
    let (_, old, _) = offered.form("").await;
    world.pass(1_000);
    let left = world
        .post("/space/next", &space, &[("code", "made up")])
        .await;
    assert_eq!(
        (left.status, left.location()),
        (StatusCode::SEE_OTHER, offered.path("").as_str())
    );
    assert_eq!(left.header("clear-site-data"), "\"cache\"");
    let removed = left.headers.get_all(SET_COOKIE).iter().any(|value| {
        let value = value.to_str().unwrap();
        value.starts_with("convoke-space=;") && value.contains("Max-Age=0")
    });
    assert!(removed, "{:?}", left.headers);
    let nobody = world.get("/space", &space).await;
    assert_eq!(
        nobody.status,
        StatusCode::UNAUTHORIZED,
        "it has ended on the server too"
    );
    assert!(nobody.text.contains("href=\"/join\""), "{}", nobody.text);
    assert!(!nobody.text.contains("Müller"), "{}", nobody.text);
    // Pressed twice: the form says which list to go back to.
    let twice = world
        .post("/space/next", &space, &[("code", &offered.code)])
        .await;
    assert_eq!(twice.location(), offered.path(""));
    // What the browser would send again is the previous person's: it is neither taken nor shown.
    let after = cookie(&left, "convoke-left").unwrap();
    let again = offered
        .post(&after, &old, &[("first_name", "Secret")])
        .await;
    assert_eq!(
        again.location(),
        offered.path("/register"),
        "{}",
        again.text
    );
    // A form of the next person is.
    world.pass(1_000);
    let (_, new, _) = offered.form(&after).await;
    let next = offered
        .post(&after, &new, &[("first_name", "Secret")])
        .await;
    assert_eq!(next.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_proof_is_asked_for_before_the_space() {
    let offered = Offered::new(Database::Sqlite, Proof::MobileDigits).await;
    let world = &offered.world;
    offered.register("Anna", "Müller", "anna@x.test").await;
    let list = world.get(&offered.path(""), "").await;
    let (_, rest) = list.text.split_once("name=\"person\" value=\"").unwrap();
    let person = rest.split('"').next().unwrap();
    let asked = world
        .post(&offered.path("/enter"), "", &[("person", person)])
        .await;
    let proof = offered.path(&format!("/proof/{person}"));
    assert_eq!(asked.location(), proof);
    assert_eq!(cookie(&asked, "convoke-space"), None);
    let page = world.get(&proof, "").await;
    assert!(page.text.contains("Last four digits"), "{}", page.text);
    let wrong = world.post(&proof, "", &[("proof", "1234")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("id=\"proof-error\""), "{}", wrong.text);
    // A name that is not in the list leads back to it.
    let nobody = world
        .get(
            &offered.path("/proof/00000000-0000-0000-0000-000000000000"),
            "",
        )
        .await;
    assert_eq!(nobody.location(), offered.path(""));
}

#[tokio::test]
async fn the_link_of_an_invitation_opens_the_space() {
    let world = World::new(Database::Sqlite).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited_as(training, InvitationState::Confirmed).await;
    let page = world.get(&format!("/i/{secret}"), "").await;
    assert!(
        page.text.contains("Open my training space"),
        "{}",
        page.text
    );
    let entered = world.post(&format!("/i/{secret}/space"), "", &[]).await;
    assert_eq!(entered.location(), "/space", "{}", entered.text);
    let space = cookie(&entered, "convoke-space").unwrap();
    let page = world.get("/space", &space).await;
    assert!(page.text.contains("Amélie"), "{}", page.text);
    assert!(
        !page.text.contains("data-idle"),
        "a device of one's own is not left by itself"
    );
    let left = world.post("/space/next", &space, &[]).await;
    assert_eq!(left.location(), "/space/goodbye");
    let unknown = world.post("/i/unknown/space", "", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_language_is_kept_across_the_pages() {
    let offered = Offered::new(Database::Sqlite, Proof::Nothing).await;
    let world = &offered.world;
    let french = world
        .get(&format!("{}?language=fr", offered.path("")), "")
        .await;
    assert!(french.text.contains("<html lang=\"fr\""), "{}", french.text);
    assert!(french.text.contains("language=en"), "the way back");
    let kept = cookie(&french, "convoke-language").unwrap();
    let form = world.get(&offered.path("/register"), &kept).await;
    assert!(form.text.contains("S’inscrire"), "{}", form.text);
    let request = Request::get("/join")
        .header(COOKIE, "")
        .header("accept-language", "fr")
        .body(Body::empty())
        .unwrap();
    assert!(world.send(request).await.text.contains("Continuer"));
}
