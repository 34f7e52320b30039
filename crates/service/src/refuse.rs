//! From failures of storage to what a person is told.

use convoke_domain::Refusal;
use convoke_storage::StorageError;

/// What every use case answers.
pub type Outcome<T> = Result<T, Refusal>;

/// Turns a failure into a [`Refusal::Failure`] whose id is also in the log, beside the cause.
pub trait OrFailure<T> {
    /// See the trait.
    fn or_failure(self, service: &crate::Service) -> Outcome<T>;
}

impl<T> OrFailure<T> for Result<T, StorageError> {
    fn or_failure(self, service: &crate::Service) -> Outcome<T> {
        self.map_err(|cause| failure(service, &cause))
    }
}

/// Logs a cause under a short random id and gives the refusal that names it.
pub fn failure(service: &crate::Service, cause: &dyn std::error::Error) -> Refusal {
    let mut bytes = [0; 4];
    service.random.fill(&mut bytes);
    let incident = format!("{:08X}", u32::from_be_bytes(bytes));
    tracing::error!(incident, cause = %Causes(cause), "a use case failed");
    Refusal::Failure { incident }
}

struct Causes<'a>(&'a dyn std::error::Error);

impl std::fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}
