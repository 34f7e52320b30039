//! Invitations: the blocks of the tab, whom a button reaches, and answers.

mod past;

pub use past::{InvitationFacts, TrainingOf};

use crate::directory::{Bind, bind_all, match_users};
use crate::macros::{ids, on};
use crate::registration::TURN;
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::selection::Filter;
use convoke_domain::view::{Range, Split};
use convoke_domain::{
    Channel, ConfirmedBy, Fate, GroupId, InvitationId, InvitationState, MessageState,
    OrganisationId, Report, Timestamp, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What every question about a tab is about.
#[derive(Clone, Copy, Debug)]
pub struct Tab<'a> {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// The groups the reader may see; `None` for all.
    pub scope: Option<&'a [GroupId]>,
}

/// An invitation, as stored.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The id.
    pub id: InvitationId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// The person.
    pub user_id: UserId,
    /// Where it stands.
    pub state: InvitationState,
}

from_row!(Invitation {
    id,
    organisation_id,
    training_id,
    user_id,
    state
});

/// An invitation with what went wrong.
#[derive(Clone, Debug)]
pub struct TroubledInvitation {
    /// The id.
    pub id: InvitationId,
    /// The training.
    pub training_id: TrainingId,
    /// The person.
    pub user_id: UserId,
    /// Where it stands.
    pub state: InvitationState,
    /// What went wrong, if anything.
    pub problem: Option<Problem>,
    /// The server's own words for it.
    pub problem_detail: Option<String>,
}

from_row!(TroubledInvitation {
    id,
    training_id,
    user_id,
    state,
    problem,
    problem_detail
});

/// A row of a block.
#[derive(Clone, Debug)]
pub struct BlockPerson {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Mobile.
    pub mobile: Option<String>,
    /// Preferred channel.
    pub channel: Channel,
    /// Name of the user type.
    pub user_type: String,
    /// Names of the groups, joined by `, `.
    pub groups: String,
    /// Number of messages that went out.
    pub sent_count: i64,
    /// When the last one did.
    pub last_sent_at: Option<i64>,
    /// When the person answered, or was answered for.
    pub answered_at: Option<i64>,
    /// How a confirmation came about ([`ConfirmedBy`]).
    pub confirmed_by: Option<String>,
    /// Who confirmed for the person: first name.
    pub confirmer_first_name: Option<String>,
    /// Who confirmed for the person: last name.
    pub confirmer_last_name: Option<String>,
    /// State of the last message.
    pub message_state: Option<MessageState>,
    /// What was heard of it.
    pub message_report: Option<Report>,
    /// When.
    pub reported_at: Option<i64>,
    /// [`Problem`] of the last message.
    pub problem: Option<String>,
    /// The server's own words for it.
    pub problem_detail: Option<String>,
    /// Whether they want no messages.
    pub opted_out: bool,
}

from_row!(BlockPerson {
    invitation_id,
    user_id,
    first_name,
    last_name,
    email,
    mobile,
    channel,
    user_type,
    groups,
    sent_count,
    last_sent_at,
    answered_at,
    confirmed_by,
    confirmer_first_name,
    confirmer_last_name,
    message_state,
    message_report,
    reported_at,
    problem,
    problem_detail,
    opted_out
});

impl BlockPerson {
    /// What became of the last message.
    pub fn message(&self) -> Option<Fate> {
        Some(Fate::of(self.message_state?, self.message_report))
    }

    /// What went wrong.
    pub fn problem(&self) -> Option<Problem> {
        self.problem.as_deref()?.parse().ok()
    }

    /// How the confirmation came about.
    pub fn confirmed_by(&self) -> Option<ConfirmedBy> {
        self.confirmed_by.as_deref()?.parse().ok()
    }
}

/// Someone whom *Send* or *Resend* would write to.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Language.
    pub language: convoke_domain::Language,
    /// Preferred channel.
    pub channel: Channel,
    /// 1 when there is an e-mail.
    pub has_email: i64,
    /// 1 when there is a mobile.
    pub has_mobile: i64,
    /// Number of messages that went out.
    pub sent_count: i64,
    /// When the last one did.
    pub last_sent_at: Option<i64>,
    /// Since when the person knows what they know of the training: the last message, or what they did themselves.
    pub informed_at: Timestamp,
    /// Whether they want no messages.
    pub opted_out: bool,
}

from_row!(Recipient {
    invitation_id,
    user_id,
    first_name,
    last_name,
    language,
    channel,
    has_email,
    has_mobile,
    sent_count,
    last_sent_at,
    informed_at,
    opted_out
});

struct SplitRow {
    email: i64,
    sms: i64,
    fallback: i64,
    unreachable: i64,
    opted_out: i64,
}

from_row!(SplitRow {
    email,
    sms,
    fallback,
    unreachable,
    opted_out
});

/// Whose invitations a button may reach: no message is on its way, and none is in doubt unless the person was ticked.
/// The row of `invitations` is `i`. Said by the states that are over: by the others PostgreSQL would go through the index of what is queued, for everyone.
const IDLE: &str = "NOT EXISTS (SELECT 1 FROM messages m WHERE m.invitation_id = i.id AND m.state NOT IN ('sent', 'failed', 'cancelled', 'uncertain'))";
const NOT_IN_DOUBT: &str = "COALESCE(i.problem, '') <> 'uncertain'";

/// Since when somebody knows what they know of the training.
const INFORMED: &str = "CASE WHEN COALESCE(i.last_sent_at, 0) > i.state_changed_at THEN i.last_sent_at ELSE i.state_changed_at END";

/// Who wants messages. The row of `users` is `u`.
const WANTS: &str = "(u.opted_out IS NULL)";

struct Statement {
    dialect: Dialect,
    binds: Vec<Bind>,
}

impl Statement {
    /// `$1` is the training, `$2` the state. The training was looked up in the reader's organisation before.
    fn new(dialect: Dialect, tab: Tab<'_>, state: InvitationState) -> Self {
        let binds = vec![
            Bind::Uuid(tab.training_id.0),
            Bind::Text(state.as_str().to_owned()),
        ];
        Self { dialect, binds }
    }

    fn bind(&mut self, value: Bind) -> usize {
        self.binds.push(value);
        self.binds.len()
    }

    fn people(&mut self, tab: Tab<'_>, find: &str) -> String {
        let filter = Filter {
            text: find.to_owned(),
            ..Filter::default()
        };
        let found = match_users(self.dialect, &filter, tab.scope, "u", self.binds.len() + 1);
        self.binds.extend(found.binds);
        found.sql
    }
}

impl Transaction {
    /// Rows of a block, by name, and how many there are in all; `find` narrows both.
    pub async fn block_rows(
        &mut self,
        tab: Tab<'_>,
        state: InvitationState,
        find: &str,
        range: Range,
    ) -> Result<(Vec<BlockPerson>, u32)> {
        let mut statement = Statement::new(self.dialect(), tab, state);
        let people = statement.people(tab, find);
        let from = format!(
            "FROM invitations i JOIN users u ON u.id = i.user_id WHERE i.training_id = $1 AND i.state = $2 AND {people}"
        );
        let count_sql = format!("SELECT COUNT(*) {from}");
        let count_binds = statement.binds.clone();
        let limit = statement.bind(Bind::Int(range.limit.into()));
        let offset = statement.bind(Bind::Int(range.offset.into()));
        // By name, but those who wait in the order in which they move up.
        let order = match state {
            InvitationState::Waiting => format!("{TURN}, i.state_changed_at, i.id"),
            _ => "u.sort_key, u.id".to_owned(),
        };
        let sql = format!(
            "SELECT i.id AS invitation_id, u.id AS user_id, u.first_name, u.last_name, u.email, u.mobile, u.channel, y.name AS user_type, \
             {groups} AS groups, i.sent_count, i.last_sent_at, i.answered_at, i.confirmed_by, b.first_name AS confirmer_first_name, \
             b.last_name AS confirmer_last_name, m.state AS message_state, m.report AS message_report, m.reported_at, i.problem, i.problem_detail, \
             u.opted_out IS NOT NULL AS opted_out \
             FROM (SELECT i.id {from} ORDER BY {order} LIMIT ${limit} OFFSET ${offset}) page \
             JOIN invitations i ON i.id = page.id JOIN users u ON u.id = i.user_id JOIN user_types y ON y.id = u.user_type_id \
             LEFT JOIN users b ON b.id = i.confirmed_by_user \
             LEFT JOIN messages m ON m.id = (SELECT l.id FROM messages l WHERE l.invitation_id = i.id ORDER BY l.created_at DESC, l.id DESC LIMIT 1) \
             ORDER BY {order}",
            groups = statement.dialect.group_names("u.id"),
        );
        let total: i64 = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(count_sql)), &count_binds).fetch_one(c).await)?;
        let binds = statement.binds;
        let rows = if range.limit == 0 || total == 0 {
            Vec::new()
        } else {
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?
        };
        Ok((rows, crate::count(total)))
    }

    /// How the people of a block whom its button would reach split over the channels.
    pub async fn block_split(&mut self, tab: Tab<'_>, state: InvitationState) -> Result<Split> {
        let mut statement = Statement::new(self.dialect(), tab, state);
        let people = statement.people(tab, "");
        // The same choice as convoke_domain::person::Route::choose; a contract test compares them.
        let sql = format!(
            "SELECT COUNT(CASE WHEN {WANTS} AND u.email IS NOT NULL AND (u.channel = 'email' OR u.mobile IS NULL) THEN 1 END) AS email, \
             COUNT(CASE WHEN {WANTS} AND u.mobile IS NOT NULL AND (u.channel = 'sms' OR u.email IS NULL) THEN 1 END) AS sms, \
             COUNT(CASE WHEN {WANTS} AND ((u.channel = 'email' AND u.email IS NULL AND u.mobile IS NOT NULL) \
               OR (u.channel = 'sms' AND u.mobile IS NULL AND u.email IS NOT NULL)) THEN 1 END) AS fallback, \
             COUNT(CASE WHEN {WANTS} AND u.email IS NULL AND u.mobile IS NULL THEN 1 END) AS unreachable, \
             COUNT(CASE WHEN NOT {WANTS} THEN 1 END) AS opted_out \
             FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.training_id = $1 AND i.state = $2 AND u.forgotten_at IS NULL AND {people} AND {IDLE} AND {NOT_IN_DOUBT}"
        );
        let binds = statement.binds;
        let row: SplitRow = on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?;
        Ok(Split {
            email: crate::count(row.email),
            sms: crate::count(row.sms),
            fallback: crate::count(row.fallback),
            unreachable: crate::count(row.unreachable),
            opted_out: crate::count(row.opted_out),
        })
    }

    /// Number of messages of a training that are queued or being sent, to people within the reader's scope.
    pub async fn training_messages_in_progress(
        &mut self,
        training: TrainingId,
        scope: Option<&[GroupId]>,
    ) -> Result<u32> {
        let within = self.dialect().in_scope("m.user_id", scope, 2);
        let sql = format!(
            "SELECT COUNT(*) FROM messages m WHERE m.training_id = $1 AND m.state IN ('queued', 'sending') AND {within}"
        );
        let n: i64 = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(training.0)
        .bind(ids(scope.unwrap_or_default()))
        .fetch_one(c)
        .await)?;
        Ok(crate::count(n))
    }

    /// Whom a button reaches: everyone of the block, or those of `only` who are in it; by name.
    /// A person in doubt (a crash left it unknown whether a message went out) is reached only when ticked.
    pub async fn recipients(
        &mut self,
        tab: Tab<'_>,
        state: InvitationState,
        only: Option<&[InvitationId]>,
    ) -> Result<Vec<Recipient>> {
        let mut statement = Statement::new(self.dialect(), tab, state);
        let people = statement.people(tab, "");
        let chosen = match only {
            None => NOT_IN_DOUBT.to_owned(),
            Some(list) => {
                let n = statement.bind(Bind::Ids(ids(list)));
                statement.dialect.in_ids("i.id", n)
            }
        };
        let sql = format!(
            "SELECT i.id AS invitation_id, u.id AS user_id, u.first_name, u.last_name, u.language, u.channel, \
             CAST(CASE WHEN u.email IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_email, \
             CAST(CASE WHEN u.mobile IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_mobile, i.sent_count, i.last_sent_at, \
             {INFORMED} AS informed_at, u.opted_out IS NOT NULL AS opted_out \
             FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.training_id = $1 AND i.state = $2 AND u.forgotten_at IS NULL AND {people} AND {IDLE} AND {chosen} ORDER BY u.sort_key, u.id"
        );
        let binds = statement.binds;
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// How many people of a block know nothing newer of the training than `since`, and may be told.
    pub async fn informed_before(
        &mut self,
        tab: Tab<'_>,
        state: InvitationState,
        since: Timestamp,
    ) -> Result<u32> {
        let mut statement = Statement::new(self.dialect(), tab, state);
        let people = statement.people(tab, "");
        let since = statement.bind(Bind::Int(since.0));
        let told = match state {
            InvitationState::Confirmed => "1=1",
            _ => WANTS,
        };
        let sql = format!(
            "SELECT COUNT(*) FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.training_id = $1 AND i.state = $2 AND u.forgotten_at IS NULL AND {people} AND {told} AND {INFORMED} < ${since}"
        );
        let binds = statement.binds;
        let n: i64 = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?;
        Ok(crate::count(n))
    }

    /// People of a training's list who were not taken out, by name, at most `limit`: invitation, first and last name.
    pub async fn listed_people(
        &mut self,
        tab: Tab<'_>,
        limit: u32,
    ) -> Result<Vec<(InvitationId, String, String)>> {
        let mut statement = Statement::new(self.dialect(), tab, InvitationState::Cancelled);
        let people = statement.people(tab, "");
        let limit = statement.bind(Bind::Int(limit.into()));
        let sql = format!(
            "SELECT i.id, u.first_name, u.last_name FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.training_id = $1 AND i.state <> $2 AND u.forgotten_at IS NULL AND {people} ORDER BY u.sort_key, u.id LIMIT ${limit}"
        );
        let binds = statement.binds;
        let rows: Vec<(Uuid, String, String)> = on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?;
        let row = |(id, first, last)| (InvitationId(id), first, last);
        Ok(rows.into_iter().map(row).collect())
    }

    /// Whose invitation to the training this is, if it is one and was not taken out.
    pub async fn listed_reader(
        &mut self,
        tab: Tab<'_>,
        id: InvitationId,
    ) -> Result<Option<UserId>> {
        let mut statement = Statement::new(self.dialect(), tab, InvitationState::Cancelled);
        let people = statement.people(tab, "");
        let id = statement.bind(Bind::Uuid(id.0));
        let sql = format!(
            "SELECT i.user_id FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.training_id = $1 AND i.state <> $2 AND u.forgotten_at IS NULL AND {people} AND i.id = ${id}"
        );
        let binds = statement.binds;
        let found: Option<Uuid> = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_optional(c).await)?;
        Ok(found.map(UserId))
    }

    /// An invitation of the organisation, within the scope.
    pub async fn invitation(
        &mut self,
        organisation_id: OrganisationId,
        id: InvitationId,
        scope: Option<&[GroupId]>,
    ) -> Result<Option<Invitation>> {
        let found = match_users(self.dialect(), &Filter::default(), scope, "u", 3);
        let sql = format!(
            "SELECT i.id, i.organisation_id, i.training_id, i.user_id, i.state FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.organisation_id = $1 AND i.id = $2 AND {}{}",
            found.sql,
            match self.dialect() {
                Dialect::Sqlite => "",
                Dialect::Postgres => " FOR UPDATE OF i",
            }
        );
        let mut binds = vec![Bind::Uuid(organisation_id.0), Bind::Uuid(id.0)];
        binds.extend(found.binds);
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_optional(c).await)?,
        )
    }

    /// The same for a look only, without a lock, with what went wrong.
    pub async fn troubled_invitation(
        &mut self,
        organisation_id: OrganisationId,
        id: InvitationId,
        scope: Option<&[GroupId]>,
    ) -> Result<Option<TroubledInvitation>> {
        let found = match_users(self.dialect(), &Filter::default(), scope, "u", 3);
        let sql = format!(
            "SELECT i.id, i.training_id, i.user_id, i.state, i.problem, i.problem_detail FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.organisation_id = $1 AND i.id = $2 AND {}",
            found.sql
        );
        let mut binds = vec![Bind::Uuid(organisation_id.0), Bind::Uuid(id.0)];
        binds.extend(found.binds);
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_optional(c).await)?,
        )
    }

    /// The same without what went wrong, by the hash of one of its links. `Some(None)` when the link was sent but its
    /// invitation is gone.
    pub async fn invitation_by_link(
        &mut self,
        token_hash: &str,
    ) -> Result<Option<Option<Invitation>>> {
        let link: Option<(Uuid,)> = on!(self, c => sqlx::query_as(
            "SELECT invitation_id FROM invitation_links WHERE token_hash = $1",
        )
        .bind(token_hash)
        .fetch_optional(c)
        .await)?;
        let Some((id,)) = link else { return Ok(None) };
        let invitation = on!(self, c => sqlx::query_as(
            "SELECT id, organisation_id, training_id, user_id, state FROM invitations WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(c)
        .await)?;
        Ok(Some(invitation))
    }

    /// When a link of this hash was sent, and for how many days it is good.
    pub async fn link_life(&mut self, token_hash: &str) -> Result<Option<(Timestamp, u32)>> {
        let row: Option<(i64, i64)> = on!(self, c => sqlx::query_as(
            "SELECT l.created_at, o.link_days FROM invitation_links l JOIN organisations o ON o.id = l.organisation_id WHERE l.token_hash = $1",
        )
        .bind(token_hash)
        .fetch_optional(c)
        .await)?;
        Ok(row.map(|(sent, days)| (Timestamp(sent), crate::count(days))))
    }

    /// When fresh links of an invitation were asked for since `since`, the newest first.
    pub async fn fresh_links_asked_for(
        &mut self,
        organisation_id: OrganisationId,
        id: InvitationId,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>> {
        let at: Vec<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT created_at FROM messages WHERE organisation_id = $1 AND invitation_id = $2 AND kind = 'fresh_link' AND created_at > $3 \
             ORDER BY created_at DESC",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .bind(since.0)
        .fetch_all(c)
        .await)?;
        Ok(at.into_iter().map(Timestamp).collect())
    }

    /// Writes an answer, if the invitation is still in the state it was decided on. Whether it was.
    pub async fn set_answer(
        &mut self,
        invitation: &Invitation,
        state: InvitationState,
        confirmed_by: Option<ConfirmedBy>,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "UPDATE invitations SET state = $3, confirmed_by = $4, confirmed_by_user = $5, answered_at = $6, state_changed_at = $6 \
             WHERE id = $1 AND state = $2",
        )
        .bind(invitation.id.0)
        .bind(invitation.state.as_str())
        .bind(state.as_str())
        .bind(confirmed_by.map(ConfirmedBy::as_str))
        .bind(by.map(|id| id.0))
        .bind(at.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }
}
