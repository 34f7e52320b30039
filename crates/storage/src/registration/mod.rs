//! Self-registration: settings and codes, forms, registrations, the public list, who is in a training space, and on which
//! devices.

mod devices;
mod forms;
mod listing;
mod records;
mod seats;
mod settings;
mod spaces;

pub use devices::TrainingDevice;
pub use forms::StoredForm;
pub use listing::{ListedPerson, ListedRow, Signed};
pub use records::{NewRegistration, Registration, Told};
pub(crate) use seats::TURN;
pub use seats::Waiting;
pub use settings::SelfRegistration;
pub use spaces::{Entrance, NewSpaceSession, SpaceSession};
