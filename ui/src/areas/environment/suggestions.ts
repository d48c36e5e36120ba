/** Values that people choose among; anything else may be typed. */
const known: Record<string, readonly string[]> = {
  CGO_ENABLED: ["1", "0"],
  GO111MODULE: ["on", "auto", "off"],
  GOAUTH: ["netrc", "off"],
  GOFIPS140: ["off", "latest"],
  GOFLAGS: ["-mod=readonly", "-mod=mod", "-mod=vendor", "-modcacherw", "-trimpath"],
  GOPROXY: ["https://proxy.golang.org,direct", "https://goproxy.cn,direct", "direct", "off"],
  GOSUMDB: ["sum.golang.org", "sum.golang.google.cn", "off"],
  GOTOOLCHAIN: ["auto", "local", "path"],
};

export function suggestions(name: string): readonly string[] {
  return known[name] ?? [];
}
