//! How long a real `go mod download` takes through a mirror, from what small requests and one zip took.

use super::report::Workload;

/// What was measured of a mirror.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Path {
    /// Name, TCP and TLS, in milliseconds.
    pub connect_ms: f64,
    /// The median of small requests on the open connection, in milliseconds.
    pub latency_ms: f64,
    /// Of a zip, from its first to its last byte.
    pub bytes_per_second: f64,
}

/// Requests of one module after the other: its `.info`, its `.mod`, its `.zip` (go-semantics 4.1).
const REQUESTS: f64 = 3.0;

/// The projected time in milliseconds:
///
/// ```text
/// connect + 3 · latency · ⌈modules / parallel⌉ + bytes / rate
/// ```
///
/// Go downloads as many modules at once as the machine has processors (cmd/go/internal/modcmd/download.go, `runDownload`),
/// and asks for the parts of each one after the other; the line is shared by all of them.
pub fn milliseconds(workload: &Workload, path: &Path) -> f64 {
    let rounds = f64::from(workload.modules.div_ceil(workload.parallel.max(1)));
    let sending = f64::from(workload.bytes) / path.bytes_per_second * 1000.0;
    path.connect_ms + REQUESTS * rounds * path.latency_ms + sending
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: Workload = Workload {
        modules: 120,
        bytes: 24_000_000,
        parallel: 4,
        project: None,
    };

    fn of(latency_ms: f64, megabytes: f64) -> f64 {
        milliseconds(
            &SERVICE,
            &Path {
                connect_ms: 3.0 * latency_ms,
                latency_ms,
                bytes_per_second: megabytes * 1e6,
            },
        )
    }

    #[test]
    fn neither_latency_nor_rate_decides_alone() {
        assert!(
            of(20.0, 8.0) < of(50.0, 12.0),
            "the nearer one, although it sends less"
        );
        assert!(
            of(50.0, 12.0) < of(45.0, 2.0),
            "the one that sends more, although it is farther"
        );
    }

    #[test]
    fn it_is_the_documented_sum() {
        assert!(
            (of(10.0, 24.0) - (30.0 + 3.0 * 30.0 * 10.0 + 1000.0)).abs() < 1e-6,
            "connect, ninety rounds of ten milliseconds, one second of sending"
        );
    }
}
