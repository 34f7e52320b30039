//! convoke-testkit
