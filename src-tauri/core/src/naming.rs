//! What people may call their things: profiles, mirrors.

/// How many characters a name may have.
pub const LONGEST: usize = 60;

/// The name without the white space around it; none when it is empty, longer than [`LONGEST`], or has characters that
/// cannot be seen.
pub fn check(name: &str) -> Option<&str> {
    let trimmed = name.trim();
    let length = trimmed.chars().count();
    let is_name = (1..=LONGEST).contains(&length) && trimmed.chars().all(is_visible);
    is_name.then_some(trimmed)
}

/// What is no name, as an error may repeat it.
pub fn refused(name: &str) -> String {
    name.escape_debug().take(2 * LONGEST).collect()
}

/// Whether two names are the same to people.
pub fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Turns the direction of writing around, or takes no room: what is read is not what is written.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || (c.is_control() && c != '\t')
}

/// A space is one of the ASCII kind or the full-width one: others look like either and are none.
fn is_visible(c: char) -> bool {
    let fills = matches!(c, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}');
    let other_space = c.is_whitespace() && !matches!(c, ' ' | '\u{3000}');
    !(fills || other_space || c.is_control() || is_invisible(c))
}
