//! The entry point of the browser: it hydrates the page that the server rendered, and does nothing else.
