//! Deleting in caches: what is one, and what is gone afterwards.

mod asides;
mod deleting;
mod recognising;
