//! When to ask again: changes come in bursts, and one question at a time is enough.

/// Knows what was announced, what is shown and what is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refetch {
    shown: i64,
    announced: i64,
    /// What was announced when the question on its way was asked.
    asked: i64,
    in_flight: bool,
    again: bool,
}

impl Refetch {
    /// Starts from a version on screen.
    pub const fn shown(version: i64) -> Self {
        Self {
            shown: version,
            announced: version,
            asked: version,
            in_flight: false,
            again: false,
        }
    }

    /// The newest version that was announced.
    pub const fn announced(&self) -> i64 {
        self.announced
    }

    /// The server announced a version. Tells whether to ask now.
    pub const fn announce(&mut self, version: i64) -> bool {
        if version > self.announced {
            self.announced = version;
        }
        if self.announced <= self.shown || self.in_flight {
            return false;
        }
        self.ask();
        true
    }

    /// Somebody wants a fresh answer whatever the version (another search, a doubt after a silence). Tells whether to ask now.
    pub const fn demand(&mut self) -> bool {
        if self.in_flight {
            self.again = true;
            return false;
        }
        self.ask();
        true
    }

    const fn ask(&mut self) {
        self.in_flight = true;
        self.asked = self.announced;
    }

    /// An answer of a version came (`None`: none did). Tells whether to ask again at once; after a failure
    /// the next announcement or demand asks.
    pub const fn done(&mut self, version: Option<i64>) -> bool {
        self.in_flight = false;
        let mut again = self.again;
        self.again = false;
        if let Some(version) = version {
            self.shown = version;
            // The question was asked after `asked` was announced: only something newer is worth another one.
            again = again || self.announced > self.asked && self.announced > version;
        }
        if again {
            self.ask();
        }
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_asks_once_and_once_more_for_what_came_meanwhile() {
        let mut refetch = Refetch::shown(5);
        assert!(!refetch.announce(5), "it is on screen already");
        assert!(refetch.announce(6));
        assert!(!refetch.announce(7));
        assert!(!refetch.announce(8));
        assert!(refetch.done(Some(6)), "8 was announced");
        assert!(!refetch.done(Some(8)));
        assert!(!refetch.announce(8));
    }

    #[test]
    fn a_demand_is_never_lost() {
        let mut refetch = Refetch::shown(5);
        assert!(refetch.demand());
        assert!(!refetch.demand());
        assert!(refetch.done(Some(5)), "the second demand");
        assert!(!refetch.done(Some(5)));
    }

    #[test]
    fn a_failure_does_not_ask_for_ever() {
        let mut refetch = Refetch::shown(5);
        assert!(refetch.announce(6));
        assert!(!refetch.done(None));
        assert!(refetch.announce(6), "the next announcement tries again");
        assert!(!refetch.demand());
        assert!(refetch.done(None), "somebody asked meanwhile");
    }

    #[test]
    fn an_older_announcement_changes_nothing() {
        let mut refetch = Refetch::shown(5);
        assert!(!refetch.announce(3));
        assert!(refetch.announce(9));
        assert!(!refetch.done(Some(9)));
    }

    #[test]
    fn a_server_that_answers_with_less_than_it_announced_is_not_asked_for_ever() {
        let mut refetch = Refetch::shown(5);
        assert!(refetch.announce(9));
        assert!(!refetch.done(Some(8)));
    }
}
