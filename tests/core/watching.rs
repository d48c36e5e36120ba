//! Changes that others make show up without a click.

use std::{sync::mpsc, thread, time::Duration};

use gopherdesk_core::app::WorldEvent;

use crate::support::{Sandbox, block_on};

const DEADLINE: Duration = Duration::from_secs(20);

#[test]
fn writes_of_others_are_told() {
    let sandbox = Sandbox::new();
    // the folder of the GOENV file does not exist yet
    let file = sandbox.env_file();
    let app = sandbox.app();
    let (told, events) = mpsc::channel();
    let job = app.jobs.start("watch".to_owned());
    thread::scope(|scope| {
        let _end = job.cancel.clone().drop_guard();
        scope.spawn(|| {
            let observer = |event| told.send(event).expect("the test listens");
            block_on(app.world_watch((), &job, &observer)).expect("there are watches left");
        });
        assert_eq!(
            events.recv_timeout(DEADLINE),
            Ok(WorldEvent::Watching {}),
            "first it says that it watches"
        );

        sandbox.write(&file, "GOPROXY=https://one.example\n");
        assert_eq!(
            events.recv_timeout(DEADLINE),
            Ok(WorldEvent::Changed {}),
            "the first write makes folder and file"
        );

        let staged = sandbox.path("home/staged");
        sandbox.write(&staged, "GOPROXY=https://two.example\n");
        std::fs::rename(&staged, &file).expect("one file system");
        assert_eq!(
            events.recv_timeout(DEADLINE),
            Ok(WorldEvent::Changed {}),
            "a rename over it, as editors do"
        );

        sandbox.write(
            &sandbox.path("home/.bashrc"),
            "export GOPROXY=https://shell.example\n",
        );
        assert_eq!(
            events.recv_timeout(DEADLINE),
            Ok(WorldEvent::Changed {}),
            "a start-up file counts"
        );
    });
}
