//! What screens do, without a DOM: pure state machines and their tests.

pub mod attendance;
pub mod blocks;
pub mod drag;
pub mod filter_address;
pub mod form_builder;
pub mod list_window;
pub mod marks;
pub mod message_address;
pub mod page_cache;
pub mod refetch;
pub mod reorder;
pub mod selection;
pub mod send_dialog;
pub mod text_attachments;
pub mod text_editor;
pub mod ticks;
