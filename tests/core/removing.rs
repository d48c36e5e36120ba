//! Deleting in caches: what is one, and what is gone afterwards.

mod deleting;
mod recognising;
