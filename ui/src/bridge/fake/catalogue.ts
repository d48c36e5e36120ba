import type { Group } from "../wire";

export type Known = {
  name: string;
  group: Group;
  default: string;
  origin: "default" | "goroot" | "computed";
  settable: boolean;
};

function known(
  group: Group,
  origin: Known["origin"],
  values: Record<string, string>,
  settable = true,
): Known[] {
  return Object.entries(values).map(([name, value]) => ({ name, group, default: value, origin, settable }));
}

/** What `go env` of Go 1.26 shows on a Linux machine where nothing was ever changed. */
export const catalogue: readonly Known[] = [
  ...known("modules", "goroot", { GOPROXY: "https://proxy.golang.org,direct", GOSUMDB: "sum.golang.org" }),
  ...known("modules", "default", {
    GOPRIVATE: "",
    GONOPROXY: "",
    GONOSUMDB: "",
    GOINSECURE: "",
    GOVCS: "",
    GOAUTH: "netrc",
    GOFLAGS: "",
    GO111MODULE: "",
  }),
  ...known("modules", "computed", { GOMOD: "/dev/null", GOWORK: "" }, false),
  ...known("toolchain", "goroot", { GOTOOLCHAIN: "auto" }),
  ...known(
    "toolchain",
    "computed",
    { GOVERSION: "go1.26.8", GOROOT: "/usr/local/go", GOTOOLDIR: "/usr/local/go/pkg/tool/linux_amd64" },
    false,
  ),
  ...known("paths", "default", {
    GOPATH: "/home/gopher/go",
    GOMODCACHE: "/home/gopher/go/pkg/mod",
    GOCACHE: "/home/gopher/.cache/go-build",
    GOTMPDIR: "",
    GOBIN: "",
  }),
  ...known("paths", "computed", { GOENV: "/home/gopher/.config/go/env" }, false),
  ...known("build", "default", {
    GOOS: "linux",
    GOARCH: "amd64",
    GOAMD64: "v1",
    GOEXPERIMENT: "",
    GOFIPS140: "off",
    GOCACHEPROG: "",
  }),
  ...known("build", "computed", { GOHOSTOS: "linux", GOHOSTARCH: "amd64", GOEXE: "" }, false),
  ...known("cgo", "default", {
    CGO_ENABLED: "1",
    CC: "gcc",
    CXX: "g++",
    AR: "ar",
    CGO_CFLAGS: "-O2 -g",
    CGO_CPPFLAGS: "",
    CGO_CXXFLAGS: "-O2 -g",
    CGO_FFLAGS: "-O2 -g",
    CGO_LDFLAGS: "-O2 -g",
    PKG_CONFIG: "pkg-config",
  }),
  ...known("cgo", "computed", { GOGCCFLAGS: "-fPIC -m64 -pthread" }, false),
  ...known("debug", "default", { GODEBUG: "" }, false),
  ...known(
    "debug",
    "computed",
    { GOTELEMETRY: "local", GOTELEMETRYDIR: "/home/gopher/.config/go/telemetry" },
    false,
  ),
];
