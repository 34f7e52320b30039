//! convoke
fn main() {}
