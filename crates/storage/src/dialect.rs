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

    /// An expression that makes a new UUID of version 7 in every row; `$n` is the time in milliseconds.
    pub fn new_id(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!(
                "unhex(printf('%012x', ${n}) || '7' || substr(hex(randomblob(2)), 1, 3) || '8' || substr(hex(randomblob(8)), 1, 15))"
            ),
            Self::Postgres => format!(
                // What follows the version in a random UUID of version 4 follows it here too.
                "(lpad(to_hex(${n}::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid"
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
