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

/// Requests for a module that wait for those of every module before it, and those that only wait for its own.
const IN_TURN: f64 = 1.0;
const AT_ONCE: f64 = 2.0;

/// The projected time in milliseconds:
///
/// ```text
/// connect + latency · (modules + 2 · ⌈modules / parallel⌉) + bytes / rate
/// ```
///
/// `go mod download` reads the go.mod of one module after the other (cmd/go/internal/modload, the graph of a pruned main
/// module), then asks for `.info` and `.zip` of as many modules at once as the machine has processors
/// (cmd/go/internal/modcmd/download.go, `runDownload`); the line is shared by all of them. The benchmark `mirrors` holds it
/// against the real go: over go1.27.3 with 2, 4 and 8 processors it asks 128, 96 and 80 times the latency for 64 modules.
pub fn milliseconds(workload: &Workload, path: &Path) -> f64 {
    let modules = f64::from(workload.modules);
    let rounds = f64::from(workload.modules.div_ceil(workload.parallel.max(1)));
    let sending = f64::from(workload.bytes) / path.bytes_per_second * 1000.0;
    path.connect_ms + path.latency_ms * (IN_TURN * modules + AT_ONCE * rounds) + sending
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
            (of(10.0, 24.0) - (30.0 + 180.0 * 10.0 + 1000.0)).abs() < 1e-6,
            "connect, a hundred and eighty answers of ten milliseconds, one second of sending"
        );
    }
}
