//! What is given to the parts that need it, never taken from the air: the time and randomness.

use crate::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes fit for secrets.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// A new id of any kind.
pub fn new_id<T: From<uuid::Uuid>>(clock: &dyn Clock, random: &dyn Random) -> T {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    crate::id::uuid_v7(clock.now().0, bytes).into()
}
