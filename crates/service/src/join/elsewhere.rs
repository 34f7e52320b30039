//! Names by which somebody has entered on another device: people with like names shall not take each other's. Of who came by a personal link nothing
//! is said, and nothing of names that the list does not show.

use super::{Opened, Visitor, admit, public_training, shown};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::view::ElsewhereView;
use convoke_domain::{Refusal, Timestamp};
use convoke_storage::Transaction;
use convoke_storage::registration::Entrance;
use std::collections::HashMap;
use uuid::Uuid;

/// Whoever has left stays marked for so long, which is about half a day of training: then they may well come back on another device.
const MARKED_SECONDS: i64 = 4 * 3_600;

/// The names that are marked for this device, each with the time at which somebody entered by it.
pub(super) async fn marks(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    opened: &Opened,
) -> Outcome<HashMap<Uuid, Timestamp>> {
    let now = service.clock.now();
    let training = &opened.training;
    let entrances = tx
        .entrances(training.organisation_id, training.id, now)
        .await
        .or_failure(service)?;
    Ok(marked(&entrances, visitor.device_hash().as_deref(), now))
}

/// Of each name the last entrance counts; and of each device, as who is inside there: whoever came before them has left, whether they said so or not.
fn marked(entrances: &[Entrance], own: Option<&str>, now: Timestamp) -> HashMap<Uuid, Timestamp> {
    let mut by_name = HashMap::new();
    let mut by_device = HashMap::new();
    for entrance in entrances {
        by_name.insert(entrance.listed, entrance);
        by_device.insert(entrance.device_hash.as_str(), entrance);
    }
    let since = now.plus_seconds(-MARKED_SECONDS);
    by_name
        .into_values()
        .filter(|entrance| Some(entrance.device_hash.as_str()) != own)
        .filter(|entrance| {
            let is_inside = entrance.left_at.is_none()
                && by_device
                    .get(entrance.device_hash.as_str())
                    .is_some_and(|last| last.listed == entrance.listed);
            is_inside || entrance.created_at > since
        })
        .map(|entrance| (entrance.listed, entrance.created_at))
        .collect()
}

/// The page that asks whoever tapped a marked name whether it is them. [`Refusal::NotFound`] when the name is not marked, or not there any more.
pub async fn elsewhere(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    listed: Uuid,
) -> Outcome<ElsewhereView> {
    let opened = admit(service, visitor, code).await?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let listed = shown(service, &mut tx, visitor, &opened, |row| row.id == listed)
        .await?
        .pop()
        .filter(|listed| listed.elsewhere.is_some())
        .ok_or(Refusal::NotFound)?;
    Ok(ElsewhereView {
        code: opened.code.as_str().to_owned(),
        training: public_training(service, &mut tx, &opened.training, visitor.language).await?,
        listed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    const NOW: Timestamp = Timestamp(100 * HOUR);

    fn entrance(listed: u128, device: &str, hours_ago: i64, left: bool) -> Entrance {
        let created_at = Timestamp(NOW.0 - hours_ago * HOUR);
        Entrance {
            listed: Uuid::from_u128(listed),
            device_hash: device.to_owned(),
            created_at,
            left_at: left.then_some(created_at),
        }
    }

    #[test]
    fn the_last_entrance_by_a_name_counts() {
        for (what, entrances, marked_here) in [
            ("nobody", vec![], false),
            ("inside elsewhere", vec![entrance(1, "b", 1, false)], true),
            (
                "inside elsewhere for long",
                vec![entrance(1, "b", 9, false)],
                true,
            ),
            (
                "left elsewhere a while ago",
                vec![entrance(1, "b", 3, true)],
                true,
            ),
            (
                "left elsewhere long ago",
                vec![entrance(1, "b", 5, true)],
                false,
            ),
            ("on this device", vec![entrance(1, "a", 1, false)], false),
            (
                "elsewhere, then on this device",
                vec![entrance(1, "b", 2, false), entrance(1, "a", 1, true)],
                false,
            ),
            (
                "on this device, then elsewhere",
                vec![entrance(1, "a", 2, true), entrance(1, "b", 1, true)],
                true,
            ),
            (
                "somebody else came after them there, long ago",
                vec![entrance(1, "b", 9, false), entrance(2, "b", 8, true)],
                false,
            ),
        ] {
            let marks = marked(&entrances, Some("a"), NOW);
            assert_eq!(
                marks.contains_key(&Uuid::from_u128(1)),
                marked_here,
                "{what}"
            );
        }
        // A device that nobody knows is none of those on which people entered.
        assert_eq!(marked(&[entrance(1, "a", 1, false)], None, NOW).len(), 1);
    }
}
