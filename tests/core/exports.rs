//! Every export, read back by what reads it, gives the values of the profile.

mod documents;
mod files;
mod grammar;
mod profiles;
mod promises;
mod shells;
mod windows;
