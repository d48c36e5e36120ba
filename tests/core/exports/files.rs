//! An export in a file that the user picked.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::{
    error::Error,
    host::replace::FileError,
    profile::{ExportFormat, ExportProfile, ProfileError},
};

use super::profiles::formats;
use crate::support::{Sandbox, block_on};

fn wish(id: &str, format: ExportFormat) -> ExportProfile {
    ExportProfile {
        id: id.to_owned(),
        format,
    }
}

#[test]
fn a_file_is_made_and_made_anew() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let file = sandbox.path("home/shared/go.sh");
    let written = block_on(app.profile_export_to(wish("domestic", ExportFormat::Sh), file.clone()))
        .expect("an export");
    let text = String::from_utf8(sandbox.read(&file).expect("a file")).expect("text");
    assert_eq!(text, written.text, "the file is what was shown");
    assert!(text.contains("export GOPROXY="), "of the profile: {text}");
    let mode = fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o111, 0, "it is read, not run");
    assert_eq!(mode & 0o600, 0o600, "its user may change it");

    fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).expect("a file of ours");
    block_on(app.profile_export_to(wish("domestic", ExportFormat::Fish), file.clone()))
        .expect("another export");
    let text = String::from_utf8(sandbox.read(&file).expect("a file")).expect("text");
    assert!(
        text.contains("set -gx GOPROXY"),
        "replaced as a whole: {text}"
    );
    let mode = fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640, "who may read it stays as it was");
}

#[test]
fn what_cannot_be_read_is_not_written_over() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let folder = sandbox.path("home/folder");
    fs::create_dir(&folder).expect("a folder");
    let refused = block_on(app.profile_export_to(wish("domestic", ExportFormat::Sh), folder));
    assert!(
        matches!(refused, Err(Error::File(FileError::NotRegular { .. }))),
        "a folder is no file: {refused:?}"
    );
    let large = sandbox.path("home/film.mkv");
    let file = fs::File::create(&large).expect("a file");
    file.set_len(3 << 20).expect("room");
    let refused =
        block_on(app.profile_export_to(wish("domestic", ExportFormat::Sh), large.clone()));
    assert!(
        matches!(refused, Err(Error::File(FileError::FileTooLarge { .. }))),
        "no export is that large: {refused:?}"
    );
    assert_eq!(
        fs::metadata(&large).expect("a file").len(),
        3 << 20,
        "and it is as it was"
    );
}

#[test]
fn a_profile_that_is_none_or_empty_is_not_printed() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let unknown = block_on(app.profile_export(wish("nobody", ExportFormat::Sh)));
    assert!(
        matches!(
            unknown,
            Err(Error::Profile(ProfileError::UnknownProfile { .. }))
        ),
        "nobody is called so: {unknown:?}"
    );
    let empty = block_on(app.profile_export(wish("company", ExportFormat::Sh)));
    assert!(
        matches!(
            empty,
            Err(Error::Profile(ProfileError::ProfileNeedsForm {}))
        ),
        "the form comes first: {empty:?}"
    );
}

#[test]
fn every_shipped_profile_prints_in_every_format() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    for id in ["domestic", "overseas"] {
        for format in formats() {
            let exported = block_on(app.profile_export(wish(id, format))).expect("an export");
            assert_eq!(
                (exported.stripped, exported.left_out, exported.emptied),
                (vec![], vec![], vec![]),
                "{format:?} holds all of {id}"
            );
        }
    }
}
