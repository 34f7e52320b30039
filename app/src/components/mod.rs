//! Widgets that more than one screen uses.

mod announcer;
mod avatar;
mod copy;
mod dialog;
mod directory_filters;
mod empty;
mod error_box;
mod field;
mod icons;
mod page_head;
mod route_icon;
mod search_box;
mod select_field;
mod similar;
mod skeleton;
mod tabs;
mod toggle;
pub mod windowed_list;

pub use announcer::{Announcer, LiveRegion, Toasts, provide_announcer, use_announcer};
pub use avatar::{Avatar, tone_of};
pub use copy::CopyButton;
pub use dialog::{Dialog, DialogKind};
pub use directory_filters::{Choice, ChoicesMenu, DirectoryFilters};
pub use empty::Empty;
pub use error_box::ErrorBox;
pub use field::{Field, FieldError};
pub use icons::{Glyph, Icon, Logo};
pub use page_head::{Navigation, PageTitle};
pub use route_icon::RouteIcon;
pub use search_box::SearchBox;
pub use select_field::SelectField;
pub use similar::similar_badge;
pub use skeleton::SkeletonRows;
pub use tabs::{TabLink, Tabs};
pub use toggle::Toggle;
