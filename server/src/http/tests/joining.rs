use super::world::{Answer, DAY, World};
use axum::body::Body;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{Request, StatusCode};
use convoke_domain::registration::{
    Attribute, Bilingual, FieldKind, FormField, Proof, RegistrationForm, RegistrationSettings,
};
use convoke_domain::view::OrganisationSettings;
use convoke_domain::{Actor, FieldId, InvitationState, TrainingId};
use convoke_service::{registration, session, settings};
use convoke_testkit::Database;
use rstest::rstest;

/// A training with a code, and who administers it.
struct Offered {
    world: World,
    actor: Actor,
    training: TrainingId,
    code: String,
}

fn offered(proof: Proof) -> RegistrationSettings {
    RegistrationSettings {
        offered: true,
        proof,
        ..RegistrationSettings::default()
    }
}

/// An e-mail address, which is required, and a short text of three characters and more.
fn fields() -> RegistrationForm {
    let field = |n: u8, kind, label: &str| FormField {
        label: Bilingual {
            en: label.to_owned(),
            fr: String::new(),
        },
        ..FormField::new(FieldId(convoke_domain::id::uuid_v7(1, [n; 10])), kind)
    };
    RegistrationForm {
        fields: vec![
            FormField {
                required: true,
                fills: Some(Attribute::Email),
                ..field(1, FieldKind::Email, "E-mail")
            },
            FormField {
                min: "3".to_owned(),
                ..field(2, FieldKind::ShortText, "Badge")
            },
        ],
    }
}

impl Offered {
    async fn new(kind: Database, proof: Proof) -> Self {
        let world = World::new(kind).await;
        let cookie = world.sign_in().await;
        let training = world.training(&cookie).await;
        let (_, secret) = cookie.split_once('=').unwrap();
        let (actor, _) = session::find(&world.service, secret)
            .await
            .unwrap()
            .unwrap();
        let options = OrganisationSettings {
            name: "Acme Academy".to_owned(),
            login_codes: true,
            trainers_add_people: false,
        };
        settings::save(&world.service, &actor, &options)
            .await
            .unwrap();
        let wanted = offered(proof);
        registration::save_settings(&world.service, &actor, training, &wanted)
            .await
            .unwrap();
        registration::publish_form(&world.service, &actor, training, 0, &fields())
            .await
            .unwrap();
        let view = registration::view(&world.service, &actor, training)
            .await
            .unwrap();
        let code = view.code.unwrap().replace('-', "");
        Self {
            world,
            actor,
            training,
            code,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/join/{}{rest}", self.code)
    }

    /// The form, and the ids that it has to bring back.
    async fn form(&self, cookies: &str) -> (Answer, String, String) {
        let page = self.world.get(&self.path("/register"), cookies).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let id = hidden(&page, "registration");
        let version = hidden(&page, "version");
        (page, id, version)
    }

    async fn post(&self, cookies: &str, id: &str, pairs: &[(&str, &str)]) -> Answer {
        let mut form = vec![("registration", id), ("version", "1")];
        form.extend_from_slice(pairs);
        self.world
            .post(&self.path("/register"), cookies, &form)
            .await
    }

    /// Registers somebody and gives the cookie of their space.
    async fn register(&self, first: &str, last: &str, email: &str) -> String {
        let (_, id, _) = self.form("").await;
        let email_name = fields().fields[0].name();
        let answer = self
            .post(
                "",
                &id,
                &[
                    ("first_name", first),
                    ("last_name", last),
                    (&email_name, email),
                ],
            )
            .await;
        assert_eq!(
            answer.location(),
            "/space",
            "{} {}",
            answer.status,
            answer.text
        );
        cookie(&answer, "convoke-space").unwrap()
    }
}

/// The value of a hidden input.
fn hidden(page: &Answer, name: &str) -> String {
    let (_, rest) = page
        .text
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// `name=value` of a cookie that an answer sets.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    answer
        .headers
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok()?.split(';').next())
        .find(|pair| pair.starts_with(&format!("{name}=")) && !pair.ends_with('='))
        .map(str::to_owned)
}

/// What a browser learns from an answer: everything but what is new each time.
fn seen(answer: &Answer) -> (StatusCode, String, Vec<(String, String)>) {
    let policy = answer.header("content-security-policy").to_owned();
    let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
    let nonce = rest.split('\'').next().unwrap();
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "set-cookie"))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().replace(nonce, "")))
        .collect();
    headers.sort();
    (answer.status, answer.text.replace(nonce, ""), headers)
}

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

    let unknown = seen(&world.get("/join/K7PM4XRD", "").await);
    assert_eq!(unknown.0, StatusCode::NOT_FOUND);
    assert!(
        unknown.1.contains("does not open a training"),
        "{}",
        unknown.1
    );
    // What can be no code at all, in the address and in the form.
    assert_eq!(seen(&world.get("/join/hello", "").await), unknown);
    assert_eq!(
        seen(&world.post("/join", "", &[("code", "hello")]).await),
        unknown
    );
    assert_eq!(
        seen(&world.get("/join/K7PM4XRD/register", "").await),
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
        seen(&world.get(&format!("/join/{code}"), "").await),
        unknown
    );
    let on = offered(Proof::Nothing);
    registration::save_settings(&world.service, actor, *training, &on)
        .await
        .unwrap();
    world.pass(30 * DAY);
    assert_eq!(
        seen(&world.get(&format!("/join/{code}"), "").await),
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
        assert_eq!(page.text.matches("<script").count(), 1, "{path}");
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
