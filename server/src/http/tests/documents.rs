use super::world::{Answer, MAX_UPLOAD, World};
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, ORIGIN, RANGE};
use axum::http::{Request, StatusCode};
use convoke_app::api::ApiError;
use convoke_domain::{DocumentId, InvitationState, Language, Refusal, TrainingId};
use convoke_testkit::Database;
use futures::stream;
use rstest::rstest;

const BOUNDARY: &str = "----convoke-test";

/// A form as browsers send it.
fn form(name: &str, content: &[u8], share: bool) -> Vec<u8> {
    let mut form = Vec::new();
    if share {
        form.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"share\"\r\n\r\non\r\n")
                .bytes(),
        );
    }
    form.extend(format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
    ).bytes());
    form.extend(content);
    form.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    form
}

impl World {
    async fn upload_body(&self, training: TrainingId, cookie: &str, body: Body) -> Answer {
        let request = Request::post(format!("/api/trainings/{training}/documents"))
            .header(COOKIE, cookie)
            .header(ORIGIN, &self.service.base_url)
            .header(
                CONTENT_TYPE,
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(body)
            .unwrap();
        self.send(request).await
    }

    async fn upload(
        &self,
        training: TrainingId,
        cookie: &str,
        name: &str,
        content: &[u8],
    ) -> Answer {
        self.upload_body(training, cookie, form(name, content, false).into())
            .await
    }

    /// How many rows and how many files there are.
    async fn kept(&self, training: TrainingId, cookie: &str) -> (usize, usize) {
        let list = self
            .call(
                "documents",
                cookie,
                &format!(r#"{{"training":"{training}"}}"#),
            )
            .await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text);
        let rows = list.text.matches("\"title\":").count();
        (rows, self.service.files.keys().await.unwrap().len())
    }
}

/// The field `file` and the sentence at it.
fn refused(answer: &Answer) -> String {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text
    );
    let error: ApiError = serde_json::from_str(&answer.text).expect(&answer.text);
    error.at_field(Language::En, "file").expect(&answer.text)
}

fn id(answer: &Answer) -> DocumentId {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_file_goes_up_and_comes_down(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let answer = world
        .upload(
            training,
            &cookie,
            "Pl\u{202e}an é🔥 %221%22.pdf",
            b"%PDF-1.4 plan",
        )
        .await;
    let path = format!("/documents/{}", id(&answer));
    assert_eq!(world.kept(training, &cookie).await, (1, 1));

    let file = world.get(&path, &cookie).await;
    assert_eq!(
        (file.status, file.text.as_str()),
        (StatusCode::OK, "%PDF-1.4 plan")
    );
    assert_eq!(
        file.header("content-type"),
        "application/pdf",
        "not what the form said"
    );
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"Plan __ _1_.pdf\"; filename*=UTF-8''Plan%20%C3%A9%F0%9F%94%A5%20_1_.pdf"
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(
        file.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    assert_eq!(file.header("cache-control"), "no-store");
    assert_eq!(file.header("content-length"), "13");

    let request = Request::get(&path)
        .header(COOKIE, &cookie)
        .header(RANGE, "bytes=5-7");
    let part = world.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (part.status, part.text.as_str()),
        (StatusCode::PARTIAL_CONTENT, "1.4")
    );
    assert_eq!(part.header("content-range"), "bytes 5-7/13");
    let request = Request::get(&path)
        .header(COOKIE, &cookie)
        .header(RANGE, "bytes=13-");
    let part = world.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(part.status, StatusCode::RANGE_NOT_SATISFIABLE);

    let json = format!(r#"{{"document":"{}"}}"#, id(&answer));
    let gone = world.call("delete_document", &cookie, &json).await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.text);
    assert_eq!(world.kept(training, &cookie).await, (0, 0));
    assert_eq!(
        world.get(&path, &cookie).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_can_be_shared_at_once() {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let content: Vec<u8> = (0..16_000_000_u32).map(|n| b'a' + (n % 23) as u8).collect();
    let form = form("film.mp4", &content, true);
    let pieces: Vec<_> = form
        .chunks(64 * 1024)
        .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)))
        .collect();
    let body = Body::from_stream(stream::iter(pieces));
    let answer = world.upload_body(training, &cookie, body).await;
    let file = world
        .get(&format!("/documents/{}", id(&answer)), &cookie)
        .await;
    assert_eq!(file.text.as_bytes(), content);
    let list = world
        .call(
            "documents",
            &cookie,
            &format!(r#"{{"training":"{training}"}}"#),
        )
        .await;
    assert!(
        list.text.contains("\"shared\":\"shared today at 10:00\""),
        "{}",
        list.text
    );
    assert!(list.text.contains("MP4 · 16 MB"), "{}", list.text);
}

#[rstest]
#[case::page("page.html", b"<script>", "This kind of file")]
#[case::program("setup.exe", b"MZ", "This kind of file")]
#[case::turned("exe.\u{202e}fdp.js", b"x", "This kind of file")]
#[case::no_ending("README", b"x", "This kind of file")]
#[case::no_name("", b"x", "Please choose a file")]
#[case::nothing_in_it("plan.pdf", b"", "This file is empty")]
#[tokio::test]
async fn what_is_not_taken(#[case] name: &str, #[case] content: &[u8], #[case] sentence: &str) {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let answer = world.upload(training, &cookie, name, content).await;
    assert!(refused(&answer).starts_with(sentence), "{}", answer.text);
    assert_eq!(world.kept(training, &cookie).await, (0, 0));
}

#[tokio::test]
async fn a_form_without_a_file_says_so() {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let empty = Body::from(format!("--{BOUNDARY}--\r\n"));
    let answer = world.upload_body(training, &cookie, empty).await;
    assert!(refused(&answer).starts_with("Please choose"));
    let request = Request::post(format!("/api/trainings/{training}/documents"))
        .header(COOKIE, &cookie)
        .header(ORIGIN, &world.service.base_url)
        .body(Body::empty())
        .unwrap();
    assert!(refused(&world.send(request).await).starts_with("Please choose"));
}

#[tokio::test]
async fn what_is_too_large_leaves_nothing() {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let most = usize::try_from(MAX_UPLOAD).unwrap();
    // Within what a form may have around a file, or far beyond.
    for bytes in [most + 1, most + 500_000] {
        let form = form("film.mp4", &vec![b'x'; bytes], false);
        let announced = world
            .upload_body(training, &cookie, form.clone().into())
            .await;
        assert!(refused(&announced).starts_with("This file is too large"));
        let pieces: Vec<_> = form
            .chunks(1 << 20)
            .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)))
            .collect();
        let body = Body::from_stream(stream::iter(pieces));
        let found_out = world.upload_body(training, &cookie, body).await;
        assert!(refused(&found_out).starts_with("This file is too large"));
    }
    assert_eq!(world.kept(training, &cookie).await, (0, 0));
    // An announced length is enough: nothing of it is read.
    let request = Request::post(format!("/api/trainings/{training}/documents"))
        .header(COOKIE, &cookie)
        .header(ORIGIN, &world.service.base_url)
        .header(CONTENT_LENGTH, "900000000")
        .header(
            CONTENT_TYPE,
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .body(Body::empty())
        .unwrap();
    assert!(refused(&world.send(request).await).starts_with("This file is too large"));
    // Everything else keeps its own limit.
    let request = Request::post("/api/documents")
        .header(COOKIE, &cookie)
        .header(ORIGIN, &world.service.base_url)
        .header(CONTENT_LENGTH, "5000000")
        .body(Body::empty())
        .unwrap();
    assert_eq!(
        world.send(request).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[rstest]
#[case::at_once(10)]
#[case::after_the_first_part(14_000_000)]
#[tokio::test]
async fn what_breaks_off_leaves_nothing(#[case] after: usize) {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let form = form("film.mp4", &vec![b'x'; 15_000_000], true);
    let begun = Bytes::copy_from_slice(&form[..after + 250]);
    // The connection breaks.
    let body = Body::from_stream(stream::iter([
        Ok(begun.clone()),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ]));
    let broken = world.upload_body(training, &cookie, body).await;
    assert!(refused(&broken).starts_with("The file did not arrive whole"));
    // The body ends too early, without an error.
    let short = world.upload_body(training, &cookie, begun.into()).await;
    assert!(refused(&short).starts_with("The file did not arrive whole"));
    assert_eq!(world.kept(training, &cookie).await, (0, 0));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn files_are_for_those_who_may_see_the_training(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let document = id(&world.upload(training, &cookie, "plan.pdf", b"%PDF").await);
    let path = format!("/documents/{document}");
    let other = world.stranger().await;

    assert_eq!(world.get(&path, &other).await.status, StatusCode::NOT_FOUND);
    let answer = world.upload(training, &other, "plan.pdf", b"%PDF").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let error: ApiError = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(error, ApiError::Refused(Refusal::NotFound));
    let nobody = world.upload(training, "", "plan.pdf", b"%PDF").await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        world.get(&path, "").await.location(),
        format!("/sign-in?next=%2Fdocuments%2F{document}")
    );
    for wrong in [
        "/documents/nothing",
        "/documents/00000000-0000-7000-8000-000000000000",
    ] {
        assert_eq!(
            world.get(wrong, &cookie).await.status,
            StatusCode::NOT_FOUND
        );
    }
    let nowhere = world
        .upload(
            TrainingId(uuid::Uuid::from_u128(1)),
            &cookie,
            "plan.pdf",
            b"%PDF",
        )
        .await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let foreign = Request::post(format!("/api/trainings/{training}/documents"))
        .header(COOKIE, &cookie)
        .header(ORIGIN, "https://evil.example")
        .header(
            CONTENT_TYPE,
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .body(form("plan.pdf", b"%PDF", true).into())
        .unwrap();
    assert_eq!(world.send(foreign).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.kept(training, &cookie).await, (1, 1));
    for call in ["share_document", "delete_document"] {
        let json = format!(r#"{{"document":"{document}","share":true}}"#);
        let answer = world.call(call, &other, &json).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{call}");
    }
}

#[rstest]
#[case::png("picture.png", "inline;")]
#[case::svg("picture.svg", "attachment;")]
#[case::text("notes.txt", "attachment;")]
#[tokio::test]
async fn only_pictures_open_in_the_browser(#[case] name: &str, #[case] how: &str) {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let document = id(&world
        .upload(training, &cookie, name, b"<svg onload=alert(1)>")
        .await);
    let file = world.get(&format!("/documents/{document}"), &cookie).await;
    assert!(file.header("content-disposition").starts_with(how));
    assert!(
        file.header("content-security-policy")
            .starts_with("sandbox")
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_participants_as_a_file(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    world.invited(training).await;
    let csv = world
        .get(
            &format!("/api/trainings/{training}/participants.csv"),
            &cookie,
        )
        .await;
    assert_eq!(csv.status, StatusCode::OK, "{}", csv.text);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        csv.header("content-disposition")
            .starts_with("attachment; filename=\"Fire Safety - participants 2026-11-22.csv\""),
        "{}",
        csv.header("content-disposition")
    );
    assert!(
        csv.text.starts_with("\u{feff}Last name,First name,"),
        "{}",
        csv.text
    );
    assert!(csv.text.contains("\r\nDurand,Amélie,"), "{}", csv.text);
    let xlsx = world
        .get(
            &format!("/api/trainings/{training}/participants.xlsx"),
            &cookie,
        )
        .await;
    assert_eq!(xlsx.status, StatusCode::OK);
    assert!(xlsx.text.starts_with("PK"));
    for path in ["participants.csv", "participants.xlsx"] {
        let path = format!("/api/trainings/{training}/{path}");
        assert_eq!(world.get(&path, "").await.status, StatusCode::UNAUTHORIZED);
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn trainees_get_what_is_shared(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let shared = form("plan.pdf", b"%PDF-1.4 plan", true);
    let shared = id(&world.upload_body(training, &cookie, shared.into()).await);
    let hidden = id(&world
        .upload(training, &cookie, "answers.pdf", b"%PDF")
        .await);
    let link = world.invited_as(training, InvitationState::Confirmed).await;
    let entered = world.post(&format!("/i/{link}/space"), "", &[]).await;
    assert_eq!(entered.location(), "/space", "{}", entered.text);
    let inside = entered.cookie();

    let file = world
        .get(&format!("/space/documents/{shared}"), &inside)
        .await;
    assert_eq!(
        (file.status, file.text.as_str()),
        (StatusCode::OK, "%PDF-1.4 plan")
    );
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename=\"plan.pdf\"")
    );
    for wrong in [hidden.to_string(), training.to_string(), "x".to_owned()] {
        let page = world
            .get(&format!("/space/documents/{wrong}"), &inside)
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    for (path, cookie) in [
        (format!("/space/documents/{shared}"), ""),
        (format!("/space/documents/{shared}"), cookie.as_str()),
    ] {
        assert_eq!(world.get(&path, cookie).await.location(), "/space");
    }
    let console = world.get(&format!("/documents/{shared}"), &inside).await;
    assert_eq!(console.status, StatusCode::SEE_OTHER, "to be signed in");
}
