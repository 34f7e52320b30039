//! A directory of any size, as a CSV file.

use std::fmt::Write;

/// A CSV file of `n` people, all different: names with accents, both channels, types, employee ids, one or two of 40 groups.
pub fn people_csv(n: usize) -> String {
    const FIRST: [&str; 8] = [
        "Anna", "Élodie", "Gökhan", "Łukasz", "María", "Seán", "Zoë", "Søren",
    ];
    const LAST: [&str; 9] = [
        "Müller",
        "O’Neill",
        "Öztürk",
        "Nowak",
        "García",
        "Lefèvre",
        "Yılmaz",
        "Åkesson",
        "Smith-Jones",
    ];
    const TYPES: [&str; 5] = [
        "Collaborator",
        "Provider",
        "Intern",
        "Customer",
        "Candidate",
    ];
    let mut out = String::with_capacity(100 * n + 100);
    out.push_str("last_name,first_name,email,mobile,channel,language,type,employee_id,groups\n");
    for i in 0..n {
        let (first, last) = (FIRST[i % FIRST.len()], LAST[i / 3 % LAST.len()]);
        let channel = if i % 4 == 0 { "sms" } else { "email" };
        let language = if i % 3 == 0 { "fr" } else { "en" };
        let user_type = TYPES[i % 7 % TYPES.len()];
        // The second word makes names differ, so that lists have an order worth the name.
        let _ = write!(
            out,
            "{last} {:X},{first},p{i}@example.org,+336{:08},{channel},{language},{user_type},E{i},Group {:02}",
            i * 7_919 % 65_536,
            i % 100_000_000,
            i % 40
        );
        if i % 5 == 0 {
            let _ = write!(out, ";Group {:02}", (i + 7) % 40);
        }
        out.push('\n');
    }
    out
}
