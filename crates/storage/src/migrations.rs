//! The migrations, part of the program.

use crate::Dialect;
use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

macro_rules! embedded {
    ($folder:literal: $($version:literal $file:literal),+ $(,)?) => {
        &[$((
            $version,
            $file,
            include_str!(concat!("../../../migrations/", $folder, "/", $file)),
        )),+]
    };
}

/// Version, name of the file, statements.
type Embedded = (i64, &'static str, &'static str);

const SQLITE: &[Embedded] = embedded!("sqlite":
    1 "0001_first.sql",
    2 "0002_messages_sending.sql",
    3 "0003_self_registration.sql",
    4 "0004_directory_versions.sql",
    5 "0005_imports.sql",
    6 "0006_accounts.sql",
    7 "0007_stories.sql",
    8 "0008_history_people.sql",
    9 "0009_import_people.sql",
    10 "0010_paces.sql",
    11 "0011_message_texts.sql",
    12 "0012_batches.sql",
    13 "0013_messages_waiting.sql",
    14 "0014_reminders.sql",
    15 "0015_reports.sql",
    16 "0016_opt_outs.sql",
    17 "0017_retention.sql",
    18 "0018_devices.sql",
    19 "0019_attendance.sql",
    20 "0020_choosing.sql",
    21 "0021_room.sql",
    22 "0022_attachments.sql",
);

const POSTGRES: &[Embedded] = embedded!("postgres":
    1 "0001_first.sql",
    2 "0002_messages_sending.sql",
    3 "0003_self_registration.sql",
    4 "0004_directory_versions.sql",
    5 "0005_imports.sql",
    6 "0006_accounts.sql",
    7 "0007_stories.sql",
    8 "0008_history_people.sql",
    9 "0009_import_people.sql",
    10 "0010_paces.sql",
    11 "0011_message_texts.sql",
    12 "0012_batches.sql",
    13 "0013_messages_waiting.sql",
    14 "0014_reminders.sql",
    15 "0015_reports.sql",
    16 "0016_opt_outs.sql",
    17 "0017_retention.sql",
    18 "0018_devices.sql",
    19 "0019_attendance.sql",
    20 "0020_choosing.sql",
    21 "0021_room.sql",
    22 "0022_attachments.sql",
);

const fn embedded(dialect: Dialect) -> &'static [Embedded] {
    match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    }
}

/// All migrations of a database.
pub(crate) fn of(dialect: Dialect) -> Migrator {
    let migration = |&(version, file, sql): &Embedded| {
        let sql = SqlStr::from_static(sql);
        Migration::new(version, file.into(), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(embedded(dialect).iter().map(migration).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_is_part_of_the_program_under_its_number() {
        for (dialect, folder) in [(Dialect::Sqlite, "sqlite"), (Dialect::Postgres, "postgres")] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../migrations")
                .join(folder);
            let mut files: Vec<String> = std::fs::read_dir(&folder)
                .expect("the migrations are there")
                .map(|file| {
                    file.expect("readable")
                        .file_name()
                        .into_string()
                        .expect("ASCII")
                })
                .collect();
            files.sort();
            let named: Vec<String> = embedded(dialect).iter().map(|m| m.1.to_owned()).collect();
            assert_eq!(named, files);
            for (i, &(version, file, _)) in embedded(dialect).iter().enumerate() {
                assert_eq!(version, i64::try_from(i).expect("few") + 1, "{file}");
                assert!(file.starts_with(&format!("{version:04}_")), "{file}");
            }
        }
    }
}
