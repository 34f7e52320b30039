//! What a person sees, and the server functions it calls: shared by the server, which renders it, and the browser, which hydrates it.

pub mod api;
