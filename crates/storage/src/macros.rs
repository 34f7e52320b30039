//! How one statement serves two drivers.

use uuid::Uuid;

/// Runs the same code with the connection of either driver: `on!(self, c => sqlx::query("…").execute(c).await?)`.
/// The body is compiled once for each.
macro_rules! on {
    ($transaction:expr, $connection:ident => $body:expr) => {
        match &mut $transaction.inner {
            $crate::pool::Inner::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::pool::Inner::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}
pub(crate) use on;

/// A list of ids as both databases take it: a JSON array of UUIDs without hyphens, bound as one text.
pub(crate) fn ids<T: Copy + Into<Uuid>>(ids: &[T]) -> String {
    let mut out = String::with_capacity(ids.len() * 36 + 2);
    out.push('[');
    for (i, id) in ids.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let id: Uuid = (*id).into();
        out.push('"');
        out.push_str(id.simple().encode_lower(&mut Uuid::encode_buffer()));
        out.push('"');
    }
    out.push(']');
    out
}
