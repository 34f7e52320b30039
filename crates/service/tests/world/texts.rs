//! Everything that stands as text in a database, wherever that is.

use super::World;
use sqlx::{Connection, PgConnection, Row, SqliteConnection};

/// Table, column and text of every text in the database, in every table there is.
pub async fn all(world: &World) -> Vec<(String, String, String)> {
    let url = world.database_url();
    let mut found = Vec::new();
    if url.starts_with("sqlite:") {
        let mut c = SqliteConnection::connect(url).await.unwrap();
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'",
        )
        .fetch_all(&mut c)
        .await
        .unwrap();
        for (table, column) in columns {
            let sql =
                format!("SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
            for row in sqlx::query(sqlx::AssertSqlSafe(sql))
                .fetch_all(&mut c)
                .await
                .unwrap()
            {
                found.push((table.clone(), column.clone(), row.get::<String, _>(0)));
            }
        }
    } else {
        let mut c = PgConnection::connect(url).await.unwrap();
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'json', 'jsonb')",
        )
        .fetch_all(&mut c)
        .await
        .unwrap();
        for (table, column) in columns {
            let sql = format!(
                "SELECT \"{column}\"::text FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"
            );
            for row in sqlx::query(sqlx::AssertSqlSafe(sql))
                .fetch_all(&mut c)
                .await
                .unwrap()
            {
                found.push((table.clone(), column.clone(), row.get::<String, _>(0)));
            }
        }
    }
    assert!(found.len() > 20, "the walk sees the database");
    found
}

/// Where one of these words stands, in lower case: `table.column`, each once.
pub async fn places(world: &World, words: &[&str]) -> Vec<String> {
    let mut places: Vec<String> = all(world)
        .await
        .into_iter()
        .filter(|(_, _, text)| {
            let text = text.to_lowercase();
            words.iter().any(|word| text.contains(word))
        })
        .map(|(table, column, _)| format!("{table}.{column}"))
        .collect();
    places.sort();
    places.dedup();
    places
}
