//! The pages behind a training code.

mod codes;
mod entering;
mod offline;
mod registering;
mod room;

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
            ..OrganisationSettings::default()
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
