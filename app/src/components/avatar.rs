//! Initials in a coloured circle.

use convoke_domain::UserId;
use convoke_domain::person::initials;
use leptos::prelude::*;

/// Number of tones in `style/tokens.css`.
const TONES: u32 = 6;

/// The tone of a person, 1 to 6: the same everywhere, because it comes from the id (FNV-1a, 32 bits).
pub fn tone(user_id: UserId) -> u32 {
    tone_of(user_id.0.as_bytes())
}

/// The tone of any id.
pub fn tone_of(id: &[u8]) -> u32 {
    let hash = id.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 8) % TONES + 1
}

/// The circle that stands for a person. The name stands beside it, so readers of the screen are spared the letters.
#[component]
pub fn Avatar(
    /// Whose.
    user_id: UserId,
    /// First name.
    #[prop(into)]
    first_name: String,
    /// Last name.
    #[prop(into)]
    last_name: String,
    /// The larger circle.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let size = if large { " avatar-large" } else { "" };
    view! {
        <span class=format!("avatar tone-{}{size}", tone(user_id)) aria-hidden="true">
            {initials(&first_name, &last_name)}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::id::uuid_v7;

    #[test]
    fn tones_are_stable_and_all_used() {
        let id = |n: u8| UserId(uuid_v7(1_700_000_000_000, [n; 10]));
        assert_eq!(tone(id(1)), tone(id(1)));
        let mut seen = [0; 7];
        for n in 0..=255 {
            seen[tone(id(n)) as usize] += 1;
        }
        assert_eq!(seen[0], 0);
        assert!(seen[1..].iter().all(|&n| n > 20), "{seen:?}");
    }
}
