//! What Go says, joined with what the files say.
