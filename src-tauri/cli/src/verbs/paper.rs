//! `gdesk completions` and `gdesk man`: what shells and readers get from the definitions of the arguments.

use clap_complete::Shell;
use clap_mangen::Man;

use crate::{
    arguments::{find, tree},
    texts::Texts,
};

/// The completions of one shell.
pub(crate) fn completions(texts: &Texts, shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree(texts), "gdesk", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page of the program, or of the verb that these words name.
pub(crate) fn man(texts: &Texts, words: &[String]) -> String {
    let mut tree = tree(texts);
    tree.build();
    let mut page = Vec::new();
    if let Some(verb) = find(&tree, words) {
        let name = std::iter::once("gdesk")
            .chain(words.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join("-");
        // writing to memory cannot fail
        drop(
            Man::new(verb.clone().name(name).version(env!("CARGO_PKG_VERSION"))).render(&mut page),
        );
    }
    String::from_utf8_lossy(&page).into_owned()
}
