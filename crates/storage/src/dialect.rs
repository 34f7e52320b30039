//! Where SQLite and PostgreSQL use different words for the same thing.

use convoke_domain::GroupId;

/// Which database is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The embedded default, for one machine.
    Sqlite,
    /// For any number of processes over one database.
    Postgres,
}

impl Dialect {
    /// A condition that `column` (a UUID) is one of a list bound as `$n` with [`crate::macros::ids`].
    pub fn in_ids(self, column: &str, n: usize) -> String {
        match self {
            Self::Sqlite => format!("{column} IN (SELECT unhex(value) FROM json_each(${n}))"),
            Self::Postgres => format!(
                "{column} = ANY (SELECT value::uuid FROM json_array_elements_text(${n}::json) AS t(value))"
            ),
        }
    }

    /// A condition that `column` is what is bound as `$n`, of rows that are found by another one.
    ///
    /// Without statistics SQLite believes that ten people have the same organisation, and that a list has 25 ids: it would rather go through everybody of the
    /// organisation than look a few of them up. The sign keeps it from that.
    pub fn checked(self, column: &str, n: usize) -> String {
        match self {
            Self::Sqlite => format!("+{column} = ${n}"),
            Self::Postgres => format!("{column} = ${n}"),
        }
    }

    /// A condition that the text `column` has the text bound as `$n` in it.
    pub fn contains(self, column: &str, n: usize) -> String {
        match self {
            Self::Sqlite => format!("instr(COALESCE({column}, ''), ${n}) > 0"),
            Self::Postgres => format!("strpos(COALESCE({column}, ''), ${n}) > 0"),
        }
    }

    /// A condition that `column` (a user) is in a group of a reader's scope, whose groups (none without a scope) are bound as `$n` with
    /// [`crate::macros::ids`].
    pub fn in_scope(self, column: &str, scope: Option<&[GroupId]>, n: usize) -> String {
        match scope {
            None => format!("${n} IS NOT NULL"),
            Some(_) => format!(
                "{column} IN (SELECT user_id FROM group_members WHERE {})",
                self.in_ids("group_id", n)
            ),
        }
    }

    /// An expression that makes a new UUID of version 7 in every row of a `SELECT`; `$n` is the time in milliseconds.
    ///
    /// After the time comes the number of the row (RFC 9562, section 6.2, method 1: 24 bits), so that rows that are written together are neighbours in every index that begins with their id, also
    /// later when they are changed together; then 48 random bits.
    pub fn new_id(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!(
                "unhex(printf('%012x7%03x8%03x', ${n}, (row_number() OVER () >> 12) & 4095, row_number() OVER () & 4095) || hex(randomblob(6)))"
            ),
            Self::Postgres => format!(
                // The end of a random UUID is random.
                "(lpad(to_hex(${n}::bigint), 12, '0') || '7' || lpad(to_hex((row_number() OVER () >> 12) & 4095), 3, '0') \
                 || '8' || lpad(to_hex(row_number() OVER () & 4095), 3, '0') || right(gen_random_uuid()::text, 12))::uuid"
            ),
        }
    }

    /// What a row that is read in order to be changed is locked with; SQLite has one writer anyway.
    pub const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// A table `p` with the column `id`, made of a list of ids bound as `$n`, for a `JOIN` to follow; `CROSS` has SQLite begin with it.
    pub fn ids_table(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!("(SELECT unhex(value) AS id FROM json_each(${n})) p CROSS"),
            Self::Postgres => format!(
                "(SELECT value::uuid AS id FROM json_array_elements_text(${n}::json) AS t(value)) p"
            ),
        }
    }

    /// An expression with the names of a user's groups, in order, joined by `, `; empty when there are none.
    pub fn group_names(self, user_id: &str) -> String {
        let join = match self {
            Self::Sqlite => "group_concat(n.name, ', ')",
            Self::Postgres => "string_agg(n.name, ', ')",
        };
        format!(
            "COALESCE((SELECT {join} FROM (SELECT g.name FROM group_members m JOIN user_groups g ON g.id = m.group_id \
             WHERE m.user_id = {user_id} ORDER BY g.name) n), '')"
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::Storage;
    use crate::macros::on;
    use convoke_testkit::{Database, database};
    use rstest::rstest;
    use uuid::{Uuid, Variant};

    #[rstest]
    #[case::sqlite(Database::Sqlite)]
    #[case::postgres(Database::Postgres)]
    #[tokio::test]
    async fn ids_of_one_statement_ascend(#[case] kind: Database) {
        const AT: u64 = 1_793_520_000_000;
        let database = database(kind).await;
        let storage = Storage::open(&database.url).await.unwrap();
        let mut tx = storage.read().await.unwrap();
        let sql = format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT {} FROM n ORDER BY i",
            tx.dialect().new_id(1)
        );
        let ids: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(i64::try_from(AT).unwrap())
            .fetch_all(c)
            .await)
        .unwrap();
        assert_eq!(ids.len(), 5_000);
        assert!(ids.is_sorted_by(|one, next| one < next), "each is new");
        for id in &ids {
            assert_eq!(id.get_version_num(), 7, "{id}");
            assert_eq!(id.get_variant(), Variant::RFC4122, "{id}");
            let (seconds, nanos) = id.get_timestamp().unwrap().to_unix();
            assert_eq!(seconds * 1_000 + u64::from(nanos) / 1_000_000, AT, "{id}");
        }
        let tails = |ids: &[Uuid]| -> std::collections::HashSet<u128> {
            ids.iter()
                .map(|id| id.as_u128() & 0xffff_ffff_ffff)
                .collect()
        };
        assert!(tails(&ids).len() > 4_990, "what follows is random");
    }
}
