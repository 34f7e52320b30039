//! Two rows of the directory that are one person: everything that names the one comes to name the other.
//!
//! A table that names a user is in [`NAMES`], or has a statement of its own below; a test reads the schema and says which is missing.

use super::bulk::json;
use crate::macros::{ids, on};
use crate::outbox::INVITES;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{
    InvitationId, InvitationState, OrganisationId, Timestamp, TrainingId, UserId,
};
use serde::Serialize;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Columns that name a user and take another one without ado.
const NAMES: &[(&str, &str)] = &[
    ("invitations", "confirmed_by_user"),
    ("invitations", "chosen_by"),
    ("messages", "user_id"),
    ("messages", "queued_by"),
    ("batches", "queued_by"),
    ("reminders", "created_by"),
    ("message_texts", "updated_by"),
    ("registrations", "user_id"),
    ("registrations", "decided_by"),
    ("registration_forms", "published_by"),
    ("presences", "marked_by"),
    ("documents", "shared_by"),
    ("documents", "added_by"),
    ("trainings", "created_by"),
    ("imports", "created_by"),
    ("history", "user_id"),
    ("history", "actor_id"),
];

/// Tables in which an invitation is named by its id alone.
const OF_INVITATIONS: &[&str] = &["invitation_links", "space_sessions", "entry_codes"];

/// Columns of [`Move`], with their PostgreSQL types.
const MOVE: &[(&str, &str)] = &[
    ("stays", "uuid"),
    ("goes", "uuid"),
    ("shift", "bigint"),
    ("training", "uuid"),
    ("stays_user", "uuid"),
    ("goes_user", "uuid"),
];

/// Invitations of two people to one training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoInvitations {
    /// The training.
    pub training_id: TrainingId,
    /// The invitation of the one who stays in the directory.
    pub kept: InvitationId,
    /// Where it stands.
    pub kept_state: InvitationState,
    /// Since when.
    pub kept_since: Timestamp,
    /// The invitation of the other.
    pub other: InvitationId,
    /// Where it stands.
    pub other_state: InvitationState,
    /// Since when.
    pub other_since: Timestamp,
    /// More than the generation of every message of the first.
    kept_generations: i64,
    /// More than the generation of every message of the second.
    other_generations: i64,
}

from_row!(TwoInvitations {
    training_id,
    kept,
    kept_state,
    kept_since,
    other,
    other_state,
    other_since,
    kept_generations,
    other_generations
});

impl TwoInvitations {
    /// Whether the other's is the one that stays: the stronger, and of equals the older.
    pub fn other_stays(&self) -> bool {
        let of_kept = (self.kept_state.weight(), -self.kept_since.0);
        let of_other = (self.other_state.weight(), -self.other_since.0);
        of_other > of_kept
    }

    fn as_move(&self, keep: UserId, other: UserId) -> Move {
        if self.other_stays() {
            Move {
                stays: self.other,
                goes: self.kept,
                shift: self.other_generations,
                training: self.training_id,
                stays_user: other,
                goes_user: keep,
            }
        } else {
            Move {
                stays: self.kept,
                goes: self.other,
                shift: self.kept_generations,
                training: self.training_id,
                stays_user: keep,
                goes_user: other,
            }
        }
    }
}

/// An invitation that takes over what another one has, as JSON.
#[derive(Serialize)]
struct Move {
    stays: InvitationId,
    goes: InvitationId,
    /// What is added to the generations of the messages that come.
    shift: i64,
    training: TrainingId,
    stays_user: UserId,
    goes_user: UserId,
}

impl Transaction {
    /// Whether a user of the organisation has a password.
    pub async fn has_password(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
    ) -> Result<bool> {
        let found: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT CAST(1 AS BIGINT) FROM users WHERE organisation_id = $1 AND id = $2 AND password_hash IS NOT NULL",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
        Ok(found.is_some())
    }

    /// The trainings whose list, messages, registrations or trainers name a user of the organisation, in the order of their ids.
    pub async fn trainings_that_name(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
    ) -> Result<Vec<TrainingId>> {
        let found: Vec<Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT training_id FROM invitations WHERE organisation_id = $1 AND user_id = $2 \
             UNION SELECT training_id FROM messages WHERE organisation_id = $1 AND user_id = $2 AND training_id IS NOT NULL \
             UNION SELECT training_id FROM registrations WHERE organisation_id = $1 AND user_id = $2 \
             UNION SELECT training_id FROM training_trainers WHERE organisation_id = $1 AND user_id = $2 \
             ORDER BY 1",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_all(c)
        .await)?;
        Ok(found.into_iter().map(TrainingId).collect())
    }

    /// Those of the users to whom another one was merged at `since` or later: an import that made them made only a part of them.
    pub async fn merged_since(
        &mut self,
        organisation_id: OrganisationId,
        users: &[UserId],
        since: Timestamp,
    ) -> Result<Vec<UserId>> {
        let sql = format!(
            "SELECT DISTINCT user_id FROM history WHERE organisation_id = $1 AND at >= $2 AND event = 'user.merged' AND {}",
            self.dialect().in_ids("user_id", 3)
        );
        let found: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(since.0)
            .bind(ids(users))
            .fetch_all(c)
            .await)?;
        Ok(found.into_iter().map(UserId).collect())
    }

    /// How many trainings a user of the organisation is or was on the list of.
    pub async fn count_trainings_of(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
    ) -> Result<u32> {
        let n: i64 = on!(self, c => sqlx::query_scalar(
            "SELECT COUNT(*) FROM invitations WHERE organisation_id = $1 AND user_id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_one(c)
        .await)?;
        Ok(crate::count(n))
    }

    /// The trainings with invitations of both users of the organisation.
    pub async fn two_invitations(
        &mut self,
        organisation_id: OrganisationId,
        keep: UserId,
        other: UserId,
    ) -> Result<Vec<TwoInvitations>> {
        let generations = |invitation: &str| {
            format!(
                "{invitation}.generation + COALESCE((SELECT MAX(m.generation) FROM messages m WHERE m.invitation_id = {invitation}.id), 0)"
            )
        };
        let sql = format!(
            "SELECT k.training_id, k.id AS kept, k.state AS kept_state, k.state_changed_at AS kept_since, \
             o.id AS other, o.state AS other_state, o.state_changed_at AS other_since, \
             {} AS kept_generations, {} AS other_generations \
             FROM invitations k JOIN invitations o ON o.training_id = k.training_id \
             WHERE k.organisation_id = $1 AND k.user_id = $2 AND o.user_id = $3 ORDER BY k.training_id",
            generations("k"),
            generations("o")
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(keep.0)
            .bind(other.0)
            .fetch_all(c)
            .await)?)
    }

    /// Locks both invitations of each pair. Whether a message about one that would go is being handed over at this moment: what comes of it could
    /// not be noted then.
    pub async fn is_sending_to_either(&mut self, pairs: &[TwoInvitations]) -> Result<bool> {
        let both: Vec<InvitationId> = pairs
            .iter()
            .flat_map(|pair| [pair.kept, pair.other])
            .collect();
        self.lock_invitations(&both).await?;
        let sql = format!(
            "SELECT COUNT(*) FROM messages WHERE state = 'sending' AND {}",
            self.dialect().in_ids("invitation_id", 1)
        );
        let n: i64 = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(ids(&both))
            .fetch_one(c)
            .await)?;
        Ok(n > 0)
    }

    /// Makes one invitation of each pair: the one that stays ([`TwoInvitations::other_stays`]) takes over the messages, links, presences, codes and
    /// visits of the other, which is deleted. A message that waits is withdrawn where the person would be told twice, or something that does not
    /// hold any more. A registration beside another one counts as repeated.
    pub async fn unite_invitations(
        &mut self,
        (keep, other): (UserId, UserId),
        pairs: &[TwoInvitations],
        now: Timestamp,
    ) -> Result<()> {
        if pairs.is_empty() {
            return Ok(());
        }
        let moves: Vec<Move> = pairs.iter().map(|pair| pair.as_move(keep, other)).collect();
        let moves = json(&moves);
        let rows = self.dialect().rows(1, MOVE);
        // What goes out all the same: one-time codes, and the invitation that the one that stays waits for too and has no message of.
        let withdrawn = format!(
            "UPDATE messages SET state = 'cancelled', lease_owner = NULL, lease_until = NULL, updated_at = $2 \
             WHERE state = 'queued' AND kind <> 'entry_code' AND EXISTS (SELECT 1 FROM {rows} r WHERE r.goes = messages.invitation_id \
                 AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.id = r.stays \
                     AND ((i.state = 'to_send' AND messages.kind = 'invitation') OR (i.state = 'sent' AND messages.kind IN ('resend', 'reminder'))) \
                     AND NOT EXISTS (SELECT 1 FROM messages s WHERE s.invitation_id = i.id AND s.state = 'queued' \
                         AND s.kind IN {INVITES})))"
        );
        on!(self, c => sqlx::query(AssertSqlSafe(withdrawn))
            .bind(&moves)
            .bind(now.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        let mut statements = vec![
            format!(
                "UPDATE messages SET invitation_id = r.stays, generation = messages.generation + r.shift FROM {rows} r \
                 WHERE messages.invitation_id = r.goes"
            ),
            format!(
                "UPDATE invitations SET generation = r.shift + g.generation, sent_count = invitations.sent_count + g.sent_count, \
                 last_sent_at = CASE WHEN COALESCE(g.last_sent_at, 0) > COALESCE(invitations.last_sent_at, 0) THEN g.last_sent_at \
                     ELSE invitations.last_sent_at END, \
                 chosen_at = CASE WHEN invitations.chosen_by IS NULL AND g.chosen_by IS NOT NULL THEN g.chosen_at \
                     ELSE invitations.chosen_at END, \
                 chosen_by = COALESCE(invitations.chosen_by, g.chosen_by) \
                 FROM {rows} r JOIN invitations g ON g.id = r.goes WHERE invitations.id = r.stays"
            ),
            format!(
                "UPDATE presences SET invitation_id = r.stays FROM {rows} r WHERE presences.invitation_id = r.goes \
                 AND NOT EXISTS (SELECT 1 FROM presences k WHERE k.invitation_id = r.stays AND k.day = presences.day AND k.half = presences.half)"
            ),
            format!(
                "DELETE FROM presences WHERE EXISTS (SELECT 1 FROM {rows} r WHERE r.goes = presences.invitation_id)"
            ),
            format!(
                "UPDATE registrations SET repeated = 1 FROM {rows} r \
                 WHERE registrations.training_id = r.training AND registrations.user_id = r.goes_user \
                 AND registrations.state = 'accepted' AND registrations.repeated = 0 \
                 AND EXISTS (SELECT 1 FROM registrations k WHERE k.training_id = r.training AND k.user_id = r.stays_user \
                     AND k.state = 'accepted' AND k.repeated = 0)"
            ),
        ];
        statements.extend(OF_INVITATIONS.iter().map(|table| {
            format!("UPDATE {table} SET invitation_id = r.stays FROM {rows} r WHERE {table}.invitation_id = r.goes")
        }));
        statements.push(format!(
            "DELETE FROM invitations WHERE id IN (SELECT r.goes FROM {rows} r)"
        ));
        for sql in statements {
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(&moves)
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        Ok(())
    }

    /// Has everything of the organisation that names `other` name `keep`, and deletes the row of `other`. There is no training any more with
    /// invitations of both ([`Self::unite_invitations`]). Their sessions end, links to choose a password are none, and what they had in scope is nobody's:
    /// whoever may be given up has no right.
    pub async fn replace_user(
        &mut self,
        organisation_id: OrganisationId,
        keep: UserId,
        other: UserId,
    ) -> Result<()> {
        let mut statements = vec![
            // Who was in the directory stays there.
            "UPDATE users SET came_for = NULL WHERE organisation_id = $1 AND id = $2 \
             AND EXISTS (SELECT 1 FROM users o WHERE o.organisation_id = $1 AND o.id = $3 AND o.came_for IS NULL)"
                .to_owned(),
            // Who opened the list before the merge sees the person as added since.
            "UPDATE invitations SET user_id = $2, \
                 chosen_version = (SELECT t.version FROM trainings t WHERE t.id = invitations.training_id) \
             WHERE organisation_id = $1 AND user_id = $3"
                .to_owned(),
            "INSERT INTO group_members (group_id, user_id, organisation_id) \
             SELECT m.group_id, $2, m.organisation_id FROM group_members m WHERE m.organisation_id = $1 AND m.user_id = $3 \
             ON CONFLICT (group_id, user_id) DO NOTHING"
                .to_owned(),
            "INSERT INTO training_trainers (training_id, user_id, organisation_id, position) \
             SELECT r.training_id, $2, r.organisation_id, r.position FROM training_trainers r \
             WHERE r.organisation_id = $1 AND r.user_id = $3 ON CONFLICT (training_id, user_id) DO NOTHING"
                .to_owned(),
            "INSERT INTO history_people (user_id, history_id, organisation_id) \
             SELECT $2, p.history_id, p.organisation_id FROM history_people p WHERE p.organisation_id = $1 AND p.user_id = $3 \
             ON CONFLICT (user_id, history_id) DO NOTHING"
                .to_owned(),
        ];
        // Whoever wants no messages goes on wanting none, and their own word outweighs an administrator's.
        statements.push(
            "UPDATE users SET opted_out = o.opted_out, opted_out_at = o.opted_out_at \
             FROM (SELECT opted_out, opted_out_at FROM users WHERE organisation_id = $1 AND id = $3 AND opted_out IS NOT NULL) o \
             WHERE users.organisation_id = $1 AND users.id = $2 \
             AND (users.opted_out IS NULL OR (users.opted_out = 'administrator' AND o.opted_out = 'person'))"
                .to_owned(),
        );
        statements.extend(NAMES.iter().map(|(table, column)| {
            format!("UPDATE {table} SET {column} = $2 WHERE organisation_id = $1 AND {column} = $3")
        }));
        for sql in statements {
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(organisation_id.0)
                .bind(keep.0)
                .bind(other.0)
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        for (table, column) in [
            ("group_members", "user_id"),
            ("history_people", "user_id"),
            ("training_trainers", "user_id"),
            ("user_scopes", "user_id"),
            ("training_visits", "user_id"),
            ("sessions", "user_id"),
            ("account_links", "user_id"),
            ("users", "id"),
        ] {
            let sql = format!("DELETE FROM {table} WHERE organisation_id = $1 AND {column} = $2");
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(organisation_id.0)
                .bind(other.0)
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        self.people_changed(organisation_id, [keep, other]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What has a statement of its own.
    const BY_HAND: &[(&str, &str)] = &[
        ("invitations", "user_id"),
        ("group_members", "user_id"),
        ("history_people", "user_id"),
        ("training_trainers", "user_id"),
        ("training_visits", "user_id"),
        ("user_scopes", "user_id"),
        ("sessions", "user_id"),
        ("account_links", "user_id"),
    ];

    /// The columns of the schema for which `wanted` says so, with their tables.
    fn columns(wanted: impl Fn(&str, &str) -> bool) -> BTreeSet<(String, String)> {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/sqlite");
        let mut found = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let mut table = String::new();
            for line in std::fs::read_to_string(entry.unwrap().path())
                .unwrap()
                .lines()
            {
                if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                    rest.trim_end_matches([' ', '(']).clone_into(&mut table);
                } else if let Some(rest) = line.strip_prefix("ALTER TABLE ") {
                    let (altered, column) = rest.split_once(" ADD COLUMN ").unwrap_or((rest, ""));
                    let name = column.split(' ').next().unwrap_or_default();
                    if wanted(name, column) {
                        found.insert((altered.to_owned(), name.to_owned()));
                    }
                } else if line.starts_with("    ") {
                    let name = line.split_whitespace().next().unwrap_or_default();
                    if wanted(name, line) {
                        // A table that is made anew is called so for a moment.
                        let table = table.trim_end_matches("_new").to_owned();
                        found.insert((table, name.to_owned()));
                    }
                }
            }
        }
        found
    }

    fn owned(
        list: impl IntoIterator<Item = (&'static str, &'static str)>,
    ) -> BTreeSet<(String, String)> {
        let pairs = list.into_iter();
        pairs
            .map(|(table, column)| (table.to_owned(), column.to_owned()))
            .collect()
    }

    #[test]
    fn everything_that_names_a_user_is_thought_of() {
        let named = columns(|name, line| {
            line.contains("REFERENCES users (id)") || matches!(name, "user_id" | "actor_id")
        });
        assert_eq!(named, owned(NAMES.iter().chain(BY_HAND).copied()));
    }

    #[test]
    fn everything_that_names_an_invitation_is_thought_of() {
        let named = columns(|name, _| name == "invitation_id");
        let by_hand = ["messages", "presences"];
        let tables = OF_INVITATIONS.iter().copied().chain(by_hand);
        assert_eq!(named, owned(tables.map(|table| (table, "invitation_id"))));
    }
}
