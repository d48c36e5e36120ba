use std::{
    collections::HashSet,
    fs,
    path::{MAIN_SEPARATOR, Path, PathBuf},
};

use rustls::pki_types::{CertificateDer, pem::PemObject};

use crate::host::{Host, Os};

/// Where Linux distributions keep the certificates they trust, all in one; the first that is there is read
/// (crypto/x509/root_linux.go).
const FILES: [&str; 6] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Where they keep them one by one; all are read (crypto/x509/root_linux.go).
const FOLDERS: [&str; 2] = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/// The certificates that are trusted where files say so (crypto/x509/root.go, loadOnDiskRoots): each variable takes the
/// place of one of the two lists, and leaves the other. What cannot be read or is no certificate is passed over.
pub(super) fn roots(host: &Host) -> HashSet<CertificateDer<'static>> {
    let usual = |places: &[&str]| match host.os {
        Os::Linux => places.iter().map(|place| host.system(place)).collect(),
        Os::Macos | Os::Windows => Vec::new(),
    };
    let files = match host.var("SSL_CERT_FILE") {
        Some(file) => vec![PathBuf::from(file)],
        None => usual(&FILES),
    };
    let folders = match host.var("SSL_CERT_DIR").and_then(|all| all.to_str()) {
        Some(all) => all
            .split(host.os.list_separator())
            .map(PathBuf::from)
            .collect(),
        None => usual(&FOLDERS),
    };
    let mut found = HashSet::new();
    if let Some(text) = files.iter().find_map(|file| fs::read(file).ok()) {
        found.extend(certificates(&text));
    }
    for file in folders.iter().flat_map(|folder| entries(folder)) {
        if let Ok(text) = fs::read(file) {
            found.extend(certificates(&text));
        }
    }
    found
}

fn certificates(text: &[u8]) -> impl Iterator<Item = CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(text).flatten()
}

/// The files of a folder, without links to others of them: there is one for every certificate, named by its hash.
fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            fs::read_link(path).map_or(true, |target| {
                target.to_string_lossy().contains(MAIN_SEPARATOR)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn certificate(name: &str) -> (String, CertificateDer<'static>) {
        let made =
            rcgen::generate_simple_self_signed(vec![name.to_owned()]).expect("a certificate");
        (made.cert.pem(), made.cert.der().clone())
    }

    #[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
    fn write(folder: &Path, file: &str, text: &str) {
        let file = folder.join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
        fs::write(file, text).expect("writable");
    }

    #[test]
    fn each_variable_takes_the_place_of_one_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let (bundle, in_bundle) = certificate("bundle");
        let (single, in_single) = certificate("single");
        let (named, in_named) = certificate("named");
        let (other, in_other) = certificate("other");
        write(at, "root/etc/ssl/certs/ca-certificates.crt", &bundle);
        write(at, "root/etc/pki/tls/certs/single.pem", &single);
        write(at, "root/etc/ssl/cert.pem", &other);
        write(at, "named.pem", &format!("words\n{named}\nmore words\n"));
        write(at, "chosen/x.pem", &other);
        write(at, "chosen/y.txt", "no certificate");
        let mut host = Host::sandbox(at);
        host.os = Os::Linux;
        let set = |found: &[&CertificateDer<'static>]| -> HashSet<_> {
            found.iter().map(|one| (*one).clone()).collect()
        };
        assert_eq!(
            roots(&host),
            set(&[&in_bundle, &in_single]),
            "the first bundle and every folder"
        );
        let with_file = host.with_var("SSL_CERT_FILE", at.join("named.pem"));
        assert_eq!(
            roots(&with_file),
            set(&[&in_named, &in_bundle, &in_single]),
            "the folders stay, as they do for Go, and a bundle may lie in one"
        );
        let both = with_file
            .clone()
            .with_var("SSL_CERT_DIR", at.join("chosen"));
        assert_eq!(
            roots(&both),
            set(&[&in_named, &in_other]),
            "nothing of the system"
        );
        let mut mac = with_file;
        mac.os = Os::Macos;
        assert_eq!(
            roots(&mac),
            set(&[&in_named]),
            "there are no lists on macOS"
        );
        let missing = both
            .with_var("SSL_CERT_FILE", at.join("none.pem"))
            .with_var("SSL_CERT_DIR", at.join("none"));
        assert_eq!(roots(&missing), set(&[]), "nobody, and no error");
    }
}
