//! The pages behind a training code, asked for over HTTP from the real program: the list with 30 and with 300 names, and registering.

use crate::figures::Figures;
use crate::server::Server;
use anyhow::{Context as _, Result, ensure};
use convoke_domain::registration::{
    Attribute, Bilingual, FieldKind, FormField, RegistrationForm, RegistrationSettings,
    TrainingCode,
};
use convoke_domain::training::TrainingForm;
use convoke_domain::view::OrganisationSettings;
use convoke_domain::{Actor, Language, RegistrationId, TrainingId};
use convoke_service::join::{Registered, Visitor};
use convoke_service::{Service, join, registration, settings, trainings};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Browsers at once.
const BROWSERS: usize = 16;
/// Requests for a page.
const PAGES: usize = 1_000;
/// Registrations.
const REGISTRATIONS: usize = 300;
/// Registrations with a known address, and as many with an unknown one.
const COMPARED: usize = 60;

/// Measures against a server of its own over the same database. `database` is its address, `program` the path of `convoke`.
pub async fn measure(
    service: &Service,
    actor: &Actor,
    database: &str,
    program: &str,
    figures: &mut Figures,
) -> Result<()> {
    let options = OrganisationSettings {
        name: "Bench".to_owned(),
        login_codes: true,
        trainers_add_people: false,
        ..OrganisationSettings::default()
    };
    settings::save(service, actor, &options).await?;
    let (_, small) = offered(service, actor, 30).await?;
    let (_, large) = offered(service, actor, 300).await?;
    let (_, empty) = offered(service, actor, 0).await?;
    convoke_delivery::install_encryption();
    let server = Server::start(database, program, &[]).await?;
    for (names, code) in [(30, &small), (300, &large)] {
        let address = format!("{}/join/{code}", server.address);
        let what = format!("Page of a training code, {names} names");
        rush(figures, &what, PAGES, |client, _| {
            let address = address.clone();
            async move {
                let page = client.get(address).send().await?;
                ensure!(page.status() == 200, "{}", page.status());
                ensure!(page.text().await?.contains("Person 001") || names == 0);
                Ok(())
            }
        })
        .await?;
    }
    let address = format!("{}/join/{empty}/register", server.address);
    let origin = server.address.clone();
    let ids: Arc<Vec<RegistrationId>> =
        Arc::new((0..REGISTRATIONS).map(|_| service.id()).collect());
    rush(figures, "Register", REGISTRATIONS, |client, n| {
        let request = client.post(&address).header("origin", &origin).form(&[
            ("registration", ids[n].to_string()),
            ("version", "0".to_owned()),
            ("first_name", "Person".to_owned()),
            ("last_name", format!("{n:03}")),
        ]);
        async move {
            let answer = request.send().await?;
            ensure!(answer.status() == 303, "{}", answer.status());
            Ok(())
        }
    })
    .await?;
    known_and_unknown(service, actor, &server, figures).await
}

/// How long registering takes with an address of the directory, and with one that nobody has: by turns, one after the other.
async fn known_and_unknown(
    service: &Service,
    actor: &Actor,
    server: &Server,
    figures: &mut Figures,
) -> Result<()> {
    let (training, code) = offered(service, actor, 0).await?;
    let field = FormField {
        label: Bilingual {
            en: "E-mail".to_owned(),
            fr: String::new(),
        },
        fills: Some(Attribute::Email),
        ..FormField::new(service.id(), FieldKind::Email)
    };
    let name = field.name();
    let form = RegistrationForm {
        fields: vec![field],
    };
    let version = registration::publish_form(service, actor, training, 0, &form).await?;
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let address = format!("{}/join/{code}/register", server.address);
    let mut took = [Vec::new(), Vec::new()];
    for n in 0..2 * COMPARED {
        let known = n % 2 == 0;
        let email = if known {
            format!("u{n}@bench.test")
        } else {
            format!("stranger{n}@bench.test")
        };
        let request = client
            .post(&address)
            .header("origin", &server.address)
            .form(&[
                ("registration", service.id::<RegistrationId>().to_string()),
                ("version", version.to_string()),
                ("first_name", "Person".to_owned()),
                ("last_name", format!("{n:03}")),
                (&name, email),
            ]);
        let begun = Instant::now();
        let answer = request.send().await?;
        ensure!(answer.status() == 303, "{}", answer.status());
        took[usize::from(known)].push(begun.elapsed());
    }
    let [unknown, known] = took;
    figures.latencies("Register with an address that is known", known);
    figures.latencies("Register with an address that is not", unknown);
    Ok(())
}

/// Does the same thing `total` times, by several browsers at once: latency of each, and how many in a second.
async fn rush<F, W>(figures: &mut Figures, what: &str, total: usize, request: F) -> Result<()>
where
    F: Fn(reqwest::Client, usize) -> W,
    W: Future<Output = Result<()>> + Send + 'static,
{
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let next = AtomicUsize::new(0);
    let mut under_way = tokio::task::JoinSet::new();
    let mut all = Vec::with_capacity(total);
    let start = Instant::now();
    loop {
        while under_way.len() < BROWSERS {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= total {
                break;
            }
            let work = request(client.clone(), n);
            under_way.spawn(async move {
                let begun = Instant::now();
                work.await.map(|()| begun.elapsed())
            });
        }
        match under_way.join_next().await {
            Some(done) => all.push(done??),
            None => break,
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    figures.latencies(&format!("{what}, {BROWSERS} at once"), all);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    figures.value(what, total as f64 / seconds, "per second");
    Ok(())
}

/// A training with a code and so many people who have registered.
async fn offered(service: &Service, actor: &Actor, people: usize) -> Result<(TrainingId, String)> {
    let form = TrainingForm {
        title: format!("Training of {people}"),
        start: "2030-12-09T09:00".to_owned(),
        end: "2030-12-10T17:00".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        ..TrainingForm::default()
    };
    let training: TrainingId = trainings::save(service, actor, None, &form).await?;
    let wanted = RegistrationSettings {
        offered: true,
        ..RegistrationSettings::default()
    };
    registration::save_settings(service, actor, training, &wanted).await?;
    let view = registration::view(service, actor, training).await?;
    let code = view.code.context("a training that is offered has a code")?;
    for n in 0..people {
        let posted = [
            ("first_name", "Person".to_owned()),
            ("last_name", format!("{n:03}")),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), vec![value]))
        .collect();
        let visitor = Visitor {
            device: Some(format!("device {people} {n}")),
            peer: format!("192.0.2.{}", n % 200),
            language: Language::En,
        };
        let done = join::register(service, &visitor, &code, service.id(), 0, &posted).await?;
        ensure!(matches!(done, Registered::Space(_)));
    }
    let code = TrainingCode::parse(&code).context("a code")?;
    Ok((training, code.as_str().to_owned()))
}
