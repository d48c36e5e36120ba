//! Where the version managers keep their Gos.

use super::places::{ANY, Base, Rule, UNIX, WINDOWS, rule};
use crate::toolchain::Place;

/// Below the manager's own variable first, then where it puts them unasked.
pub(super) const PLACES: &[Rule] = &[
    rule(
        Place::Goenv,
        ANY,
        Base::Variable("GOENV_ROOT"),
        "versions/*/bin",
    ),
    rule(Place::Goenv, ANY, Base::Home, ".goenv/versions/*/bin"),
    rule(Place::Gvm, UNIX, Base::Variable("GVM_ROOT"), "gos/*/bin"),
    rule(Place::Gvm, UNIX, Base::Home, ".gvm/gos/*/bin"),
    rule(
        Place::Asdf,
        UNIX,
        Base::Variable("ASDF_DATA_DIR"),
        "installs/golang/*/go/bin",
    ),
    rule(
        Place::Asdf,
        UNIX,
        Base::Home,
        ".asdf/installs/golang/*/go/bin",
    ),
    rule(
        Place::Mise,
        ANY,
        Base::Variable("MISE_DATA_DIR"),
        "installs/go/*/bin",
    ),
    rule(
        Place::Mise,
        ANY,
        Base::Variable("XDG_DATA_HOME"),
        "mise/installs/go/*/bin",
    ),
    rule(
        Place::Mise,
        UNIX,
        Base::Home,
        ".local/share/mise/installs/go/*/bin",
    ),
    rule(
        Place::Mise,
        WINDOWS,
        Base::Variable("LocalAppData"),
        "mise/installs/go/*/bin",
    ),
    // voidint/g links the one in use to ~/.g/go
    rule(Place::G, ANY, Base::Home, ".g/go/bin"),
    rule(Place::G, ANY, Base::Home, ".g/versions/*/bin"),
    // stefanmaric/g unpacks the one in use into ~/.go
    rule(Place::G, UNIX, Base::Home, ".go/bin"),
    rule(Place::G, UNIX, Base::Home, ".go/.versions/*/bin"),
];
