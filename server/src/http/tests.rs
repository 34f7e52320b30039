//! The router as a browser meets it, over a fresh database.

mod answers;
mod attendance;
mod console_pages;
mod documents;
mod first_run;
mod hooks;
mod joining;
mod links;
mod live_updates;
mod poster;
mod releases;
mod safety;
mod sessions;
mod site_files;
mod stopping;
mod world;
