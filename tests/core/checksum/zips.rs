//! The hash of a module's zip, as go.sum has it, and what is too much to be hashed.

use std::io::{Cursor, Write};

use gopherdesk_core::checksum::{ENTRIES, UNPACKED, ZipFault, go_mod_hash, zip_hash};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

#[test]
fn a_zip_is_hashed_as_go_hashes_it() {
    let name = "example.com/m@v1.0.0/";
    let files = [
        ("go.mod", "module example.com/m\n"),
        ("m.go", "package m\n"),
    ];
    let plain = zip(name, &files, CompressionMethod::Stored);
    assert_eq!(
        zip_hash(&plain).as_deref(),
        Ok("h1:fCHMqo5ggHEQvwcrsN81zr5orRk5lClR36KRHpfUjKg="),
        "what a real database has for it"
    );
    let turned = zip(name, &[files[1], files[0]], CompressionMethod::Deflated);
    assert_eq!(
        zip_hash(&turned),
        zip_hash(&plain),
        "neither order nor compression matters"
    );
    let folder = zip(
        name,
        &[files[0], files[1], ("x/", "")],
        CompressionMethod::Stored,
    );
    assert_ne!(
        zip_hash(&folder),
        zip_hash(&plain),
        "a folder is an entry too"
    );
    assert_eq!(
        go_mod_hash(files[0].1.as_bytes()),
        "h1:flS2VctbRrTv+sBE+VKgxx6hlkMGPVz9MGOmzMYFg3k=",
        "what a real database has for it"
    );
    assert_eq!(
        go_mod_hash(b""),
        "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=",
        "go knows this one by heart"
    );
}

#[test]
fn what_is_no_zip_or_too_much_has_no_hash() {
    let sound = zip(
        "m@v1/",
        &[("go.mod", "module m\n")],
        CompressionMethod::Deflated,
    );
    for length in 0..sound.len() {
        assert_eq!(
            zip_hash(&sound[..length]),
            Err(ZipFault::NotAZip),
            "cut off after {length} bytes"
        );
    }
    assert_eq!(
        zip_hash(b"<html>log in</html>"),
        Err(ZipFault::NotAZip),
        "a page"
    );

    let mut damaged = zip("m@v1/", &[("a", "0123456789")], CompressionMethod::Stored);
    let at = damaged
        .windows(10)
        .position(|bytes| bytes == b"0123456789")
        .expect("stored as it is");
    damaged[at] = b'x';
    assert_eq!(
        zip_hash(&damaged),
        Err(ZipFault::NotAZip),
        "its own check sum says so"
    );
    let line = zip("m@v1/", &[("a\nb", "")], CompressionMethod::Stored);
    assert_eq!(
        zip_hash(&line),
        Err(ZipFault::NotAZip),
        "go hashes no such name"
    );
    let mut twice = zip(
        "m@v1/",
        &[("aa", "1"), ("ab", "2")],
        CompressionMethod::Stored,
    );
    while let Some(at) = twice.windows(2).position(|bytes| bytes == b"ab") {
        twice[at + 1] = b'a';
    }
    assert_eq!(
        zip_hash(&twice),
        Err(ZipFault::NotAZip),
        "one name, two files"
    );

    let many: Vec<_> = (0..=ENTRIES).map(|number| number.to_string()).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
    let many = zip("m@v1/", &many, CompressionMethod::Stored);
    assert_eq!(zip_hash(&many), Err(ZipFault::TooLarge), "too many files");
}

#[test]
fn a_zip_bomb_is_left_alone() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let zeros = vec![0; 1 << 20];
    for number in 0..=UNPACKED >> 24 {
        zip.start_file(format!("m@v1/{number}"), SimpleFileOptions::default())
            .expect("a name");
        for _ in 0..16 {
            zip.write_all(&zeros).expect("in memory");
        }
    }
    let mut bomb = zip.finish().expect("in memory").into_inner();
    assert!(bomb.len() < 1 << 20, "small on the way: {}", bomb.len());
    assert_eq!(zip_hash(&bomb), Err(ZipFault::TooLarge), "and large inside");

    // the central directory says that each file is one byte long
    let size = (16_u32 << 20).to_le_bytes();
    let mut lies = 0;
    while let Some(at) = bomb.windows(4).position(|bytes| bytes == size) {
        bomb[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        lies += 1;
    }
    assert!(lies > 4, "it lies about each file");
    assert!(
        zip_hash(&bomb).is_err(),
        "what it says of itself is not believed"
    );
}

fn zip(prefix: &str, files: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in files {
        let name = format!("{prefix}{name}");
        zip.start_file(name, options).expect("a name");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
