//! What a wish would change in the GOENV file.
