//! convoke-delivery
