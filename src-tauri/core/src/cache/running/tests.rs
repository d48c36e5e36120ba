use super::*;

fn process(pid: u32, parent: u32, program: &str) -> Process {
    Process {
        pid,
        parent,
        program: Some(PathBuf::from(program)),
        name: "main".to_owned(),
        folder: Some(PathBuf::from("/src/app")),
    }
}

fn chosen(processes: &[Process]) -> Vec<(u32, String)> {
    let found = choose(processes, 100, |folder| folder.display().to_string());
    found.into_iter().map(|one| (one.pid, one.name)).collect()
}

#[test]
fn what_reads_caches_is_told_from_what_is_only_called_so() {
    let tool = "/usr/local/go/pkg/tool/linux_amd64";
    let found = chosen(&[
        process(1, 0, "/sbin/init"),
        process(2, 1, "/usr/local/go/bin/go"),
        process(3, 2, &format!("{tool}/compile")),
        process(4, 1, "/usr/bin/link"),
        process(5, 1, "/home/ann/bin/gopls (deleted)"),
        process(6, 1, "/home/ann/bin/golangci-lint"),
        process(7, 1, "/home/ann/bin/gofmt"),
        process(8, 1, "C:/go/bin/go.exe"),
        process(9, 1, &format!("{tool}/link")),
    ]);
    let expected = [
        (3, "compile"),
        (2, "go"),
        (8, "go"),
        (6, "golangci-lint"),
        (5, "gopls"),
        (9, "link"),
    ];
    assert_eq!(
        found,
        expected.map(|(pid, name)| (pid, name.to_owned())),
        "by name, and tools only where Go has them"
    );
    let nameless = Process {
        program: None,
        name: "dlv".to_owned(),
        ..process(2, 1, "")
    };
    assert_eq!(
        chosen(&[nameless]),
        [(2, "dlv".to_owned())],
        "by what the system calls it"
    );
}

#[test]
fn what_this_program_started_is_not_told() {
    let found = chosen(&[
        process(100, 50, "/usr/bin/gdesk"),
        process(101, 100, "/go/bin/go"),
        process(102, 101, "/go/pkg/tool/linux_amd64/asm"),
        process(50, 1, "/go/bin/go"),
        // read while it changed
        process(60, 61, "/go/bin/go"),
        process(61, 60, "/bin/sh"),
    ]);
    let expected = [(50, "go"), (60, "go")];
    assert_eq!(
        found,
        expected.map(|(pid, name)| (pid, name.to_owned())),
        "neither children nor theirs; but the go that runs us, and every other"
    );
}
