//! The GOENV file, byte for byte.
