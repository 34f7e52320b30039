//! The selection panel: searching, opening, *Validate*.

use crate::directory::GROUPS;
use crate::figures::Figures;
use anyhow::{Context as _, Result};
use convoke_domain::selection::{Change, Changes, Filter, PeopleList};
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{FilterChoices, Range, SelectionQuery, ValidateRequest};
use convoke_domain::{Actor, GroupId, TrainingId};
use convoke_service::people::import;
use convoke_service::people::import::ImportFile;
use convoke_service::{Service, selection, trainings};
use std::time::{Duration, Instant};

/// How often each question is asked; the first times warm up and do not count. Of fewer, the 95th percentile is the two slowest.
const RUNS: usize = 205;
/// How often somebody is added before a search.
const CHANGES: usize = 45;
const WARM_UP: usize = 5;
/// How often *Validate* is measured, each time with a new training.
const VALIDATIONS: usize = 20;
/// The rows a screen asks for.
const ROWS: Range = Range::new(0, 60);

/// Measures everything the panel does, in a directory of `people`.
pub async fn measure(
    service: &Service,
    actor: &Actor,
    people: usize,
    figures: &mut Figures,
) -> Result<()> {
    let training = training(service, actor, "Searching").await?;
    reading(service, figures).await?;
    let (_, choices) = selection::open(service, actor, PeopleList::Participants(training)).await?;
    opening(service, actor, training, figures).await?;
    searching(service, actor, training, &choices, figures).await?;
    scrolling(service, actor, training, people, figures).await?;
    after_a_change(service, actor, training, figures).await?;
    for (name, size) in GROUPS {
        if (1_000..=people).contains(&size) {
            validating(service, actor, group_id(&choices, name)?, size, figures).await?;
        }
    }
    Ok(())
}

/// The first search after a start waits for this, unless it was done before anyone asked.
async fn reading(service: &Service, figures: &mut Figures) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..3 {
        let started = Service::new(service.storage.clone(), &service.base_url);
        let start = Instant::now();
        convoke_service::directory::warm(&started).await?;
        times.push(start.elapsed());
    }
    figures.latencies("Read the directory at the start", times);
    Ok(())
}

/// Searching right after somebody was added, so that the directory has to be brought up to date first.
async fn after_a_change(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    figures: &mut Figures,
) -> Result<()> {
    let text = "muel".to_owned();
    let filter = Filter {
        text,
        ..Filter::default()
    };
    let query = query(training, filter, Changes::new(1));
    let mut times = Vec::new();
    for run in 0..CHANGES {
        let file = format!("last_name,first_name,email\nMüller,New,new{run}@bench.test\n");
        import(
            service,
            actor,
            "people.csv",
            ImportFile::of(file.into()),
            |_| {},
        )
        .await?;
        let start = Instant::now();
        selection::view(service, actor, &query).await?;
        keep(&mut times, run, start);
    }
    figures.latencies("Search `muel` after somebody was added", times);
    Ok(())
}

async fn scrolling(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    people: usize,
    figures: &mut Figures,
) -> Result<()> {
    let near_the_end = u32::try_from(people)? / 100 * 99;
    let end = SelectionQuery {
        users: Some(Range::new(near_the_end, 60)),
        participants: None,
        ..query(training, Filter::default(), Changes::new(1))
    };
    let mut times = Vec::new();
    for run in 0..RUNS {
        let start = Instant::now();
        selection::view(service, actor, &end).await?;
        keep(&mut times, run, start);
    }
    figures.latencies("Scroll near the end", times);
    Ok(())
}

async fn opening(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    figures: &mut Figures,
) -> Result<()> {
    let mut times = Vec::new();
    for run in 0..RUNS {
        let start = Instant::now();
        let (version, _) =
            selection::open(service, actor, PeopleList::Participants(training)).await?;
        let query = query(training, Filter::default(), Changes::new(version));
        selection::view(service, actor, &query).await?;
        keep(&mut times, run, start);
    }
    figures.latencies("Open the panel", times);
    Ok(())
}

async fn searching(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    choices: &FilterChoices,
    figures: &mut Figures,
) -> Result<()> {
    let text = |text: &str| Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    let group = group_id(choices, "Group 7")?;
    let of_group = |filter: Filter| Filter {
        groups: vec![group],
        ..filter
    };
    let many = Change::AddAll(Filter {
        groups: vec![group_id(choices, "Ten thousand")?],
        ..Filter::default()
    });
    let questions = [
        ("Search `m` (many match)", text("m"), None),
        ("Search `mueller` (a few thousand)", text("mueller"), None),
        (
            "Search `MÜLLER anna` (two words)",
            text("MÜLLER anna"),
            None,
        ),
        ("Search `u48151@` (one matches)", text("u48151@"), None),
        ("Search `xyzzy` (nobody matches)", text("xyzzy"), None),
        (
            "Search `kowlaska` (a typing error, thousands are similar)",
            text("kowlaska"),
            None,
        ),
        ("Filter by a group", of_group(Filter::default()), None),
        ("Filter by a group and `mul`", of_group(text("mul")), None),
        ("Search `mul` with 10,000 added", text("mul"), Some(many)),
    ];
    for (what, filter, change) in questions {
        let mut changes = Changes::new(1);
        if let Some(change) = change {
            changes.push(change);
        }
        let query = query(training, filter, changes);
        let mut times = Vec::new();
        for run in 0..RUNS {
            let start = Instant::now();
            selection::view(service, actor, &query).await?;
            keep(&mut times, run, start);
        }
        figures.latencies(what, times);
    }
    Ok(())
}

async fn validating(
    service: &Service,
    actor: &Actor,
    group: GroupId,
    size: usize,
    figures: &mut Figures,
) -> Result<()> {
    let mut times = Vec::new();
    for run in 0..VALIDATIONS {
        let training = training(service, actor, &format!("Validate {size} {run}")).await?;
        let (version, _) =
            selection::open(service, actor, PeopleList::Participants(training)).await?;
        let request = everyone_of(training, version, group);
        let start = Instant::now();
        let outcome = selection::validate(service, actor, &request).await?;
        times.push(start.elapsed());
        anyhow::ensure!(outcome.added as usize == size, "{outcome:?}");
    }
    figures.latencies(&format!("Validate {size} people"), times);
    Ok(())
}

/// A *Validate* that adds a whole group.
pub fn everyone_of(training_id: TrainingId, version: i64, group: GroupId) -> ValidateRequest {
    let mut changes = Changes::new(version);
    changes.push(Change::AddAll(Filter {
        groups: vec![group],
        ..Filter::default()
    }));
    ValidateRequest {
        list: PeopleList::Participants(training_id),
        changes,
        tell_removed: false,
    }
}

/// A new training in the future.
pub async fn training(service: &Service, actor: &Actor, title: &str) -> Result<TrainingId> {
    let form = TrainingForm {
        title: title.to_owned(),
        start: "2040-03-10T09:00".to_owned(),
        end: "2040-03-11T17:00".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        ..TrainingForm::default()
    };
    Ok(trainings::save(service, actor, None, &form).await?)
}

/// A group by its name.
pub fn group_id(choices: &FilterChoices, name: &str) -> Result<GroupId> {
    let group = choices.groups.iter().find(|group| group.name == name);
    Ok(group.with_context(|| format!("no group {name}"))?.id)
}

fn query(training_id: TrainingId, filter: Filter, changes: Changes) -> SelectionQuery {
    SelectionQuery {
        list: PeopleList::Participants(training_id),
        filter,
        changes,
        users: Some(ROWS),
        participants: Some(ROWS),
    }
}

fn keep(times: &mut Vec<Duration>, run: usize, start: Instant) {
    if run >= WARM_UP {
        times.push(start.elapsed());
    }
}
