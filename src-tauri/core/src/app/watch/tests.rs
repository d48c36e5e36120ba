use std::{cell::Cell, fs};

use super::*;

/// Far longer than a change takes to be told of, also on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// Whether the change that `make` makes is told.
fn tells(watch: &mut Watch, make: impl FnOnce()) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        make();
        timeout(DEADLINE, watch.changed()).await.is_ok()
    })
}

#[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
fn write(file: &Path) {
    fs::write(file, "GOPROXY=off\n").expect("our own file");
}

#[test]
fn a_folder_that_appears_while_it_is_looked_for_is_watched() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = home.path().join("config/go");
    let file = folder.join("env");
    let mut watch = Watch::new(BTreeSet::new()).expect("there are watches left");
    let looks = Cell::new(0);
    watch.follow_as(BTreeSet::from([file.clone()]), |file| {
        let nearest = existing_folder(file);
        if looks.replace(looks.get() + 1) == 0 {
            // go makes it in the moment between the look and the watch
            fs::create_dir_all(&folder).expect("our own folder");
        }
        nearest
    });
    assert!(
        tells(&mut watch, || write(&file)),
        "the file in the new folder is seen"
    );
}

#[test]
fn a_folder_that_is_made_anew_is_watched_again() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = home.path().join("go");
    let file = folder.join("env");
    fs::create_dir(&folder).expect("our own folder");
    let mut watch = Watch::new(BTreeSet::from([file.clone()])).expect("there are watches left");
    assert!(
        tells(&mut watch, || {
            fs::remove_dir(&folder).expect("it is empty");
            fs::create_dir(&folder).expect("our own folder");
        }),
        "another folder in its place is a change"
    );
    watch.follow(BTreeSet::from([file.clone()]));
    assert!(
        tells(&mut watch, || write(&file)),
        "the file in the folder that is there now is seen"
    );
}
