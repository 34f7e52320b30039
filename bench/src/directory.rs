//! A large directory.

use crate::figures::Figures;
use anyhow::Result;
use convoke_domain::Actor;
use convoke_service::Service;
use convoke_service::people::import::ImportFile;
use convoke_service::people::{NewAdministrator, acting_for, create_administrator, import};
use std::fmt::Write as _;
use std::time::Instant;

const FIRST: &[&str] = &[
    "Anna", "Sofia", "Théo", "Uma", "Viktor", "Wanda", "Yusuf", "Zoé", "Hugo", "Ines", "Jonas",
    "Kateryna", "Liam", "Maya", "Nils", "Oksana", "Pedro", "Quentin", "Rania",
];
const LAST: &[&str] = &[
    "Müller",
    "Öztürk",
    "O’Neill",
    "Novak",
    "Girard",
    "Patel",
    "Horváth",
    "Kowalska",
    "Demir",
    "Fontaine",
    "Moreau",
    "Carvalho",
    "Weber",
    "Bondar",
    "Lindqvist",
    "Haddad",
    "Andersen",
    "Marchuk",
    "Álvarez",
    "Dubois",
    "Saleh",
    "Benali",
    "Keller",
];

/// Groups of a size, spread over the whole directory.
pub const GROUPS: [(&str, usize); 4] = [
    ("Hundred", 100),
    ("Thousand", 1_000),
    ("Ten thousand", 10_000),
    ("Fifty thousand", 50_000),
];

/// Makes an organisation with so many people: 20 groups of equal size, and those of [`GROUPS`].
pub async fn fill(service: &Service, people: usize, figures: &mut Figures) -> Result<Actor> {
    let administrator = NewAdministrator {
        first_name: "Nadia".to_owned(),
        last_name: "Roux".to_owned(),
        email: "admin@bench.test".to_owned(),
        password: "correct horse battery".to_owned(),
    };
    create_administrator(service, Some("Bench"), &administrator).await?;
    let actor = acting_for(service, None).await?;
    let file = csv(people);
    let start = Instant::now();
    let report = import(
        service,
        &actor,
        "people.csv",
        ImportFile::of(file.into()),
        |_| {},
    )
    .await?;
    let seconds = start.elapsed().as_secs_f64();
    anyhow::ensure!(report.counts.created == people as u64, "{report:?}");
    figures.value(&format!("Import of {people} people"), seconds, "s");
    Ok(actor)
}

fn csv(people: usize) -> String {
    let mut file = String::with_capacity(people * 90);
    file.push_str("last_name,first_name,email,mobile,channel,language,type,employee_id,groups\n");
    for n in 0..people {
        let mut groups = format!("Group {}", n % 20);
        for (name, size) in GROUPS {
            if n % (people / size).max(1) == 0 && n / (people / size).max(1) < size {
                groups.push(';');
                groups.push_str(name);
            }
        }
        let last = LAST[n % LAST.len()];
        let first = FIRST[(n / LAST.len()) % FIRST.len()];
        let _ = writeln!(
            file,
            "{last},{first},u{n}@bench.test,,email,{},{},E{n:06},{groups}",
            if n % 3 == 0 { "fr" } else { "en" },
            if n % 10 == 0 {
                "Intern"
            } else {
                "Collaborator"
            },
        );
    }
    file
}
