const one = new Intl.PluralRules("en");
const plural = (count: number, single: string, many: string) =>
  `${String(count)} ${one.select(count) === "one" ? single : many}`;

/** The ways of modules, in English. */
export const route = {
  loading: "Reading the environment…",
  title: "Where does a module come from?",
  note: "By Go's own rules; nobody is asked",
  paths: "Paths of modules or packages, one a line",
  pathsHint: "Paste import paths or lines of a go.mod; the answer follows while you type.",
  table: "Where they come from",
  columns: {
    module: "Module",
    private: "Private",
    from: "Comes from",
    verified: "Verified",
    leaks: "Gets out",
  },
  no: "no",
  leaks: "gets out",
  none: "nobody outside learns it",
  leaking: (count: number) =>
    `${plural(count, "private name gets", "private names get")} out. The table says to whom, and why.`,
  said: (count: number, leaking: number) =>
    `${plural(count, "path", "paths")} answered, ${String(leaking)} leaking`,
  picture: {
    label: (module: string) => `The way of ${module}`,
    public: "public: no pattern covers it",
    private: (by: string, pattern: string) => `private: ${by} has ${pattern}`,
    leaking: "private, but its name gets out",
    missing: "only when missing",
    anyError: "on any error",
    untested: "not tested yet",
    sound: "sound in the last test",
    unsound: "failed its last test",
    origin: (vcs: string) => `from its origin, with ${vcs}`,
    originAny: "from its origin, with any program",
    off: "nothing else is asked",
    verified: (database: string, sources: string) => `Verified by ${database}, asked at ${sources}`,
    unverified: "Not verified by a checksum database",
  },
  lists: {
    title: "The lists that decide",
    note: "As Go uses them",
    follows: "follows GOPRIVATE",
    empty: "empty",
    edit: "Edit…",
    editOf: (name: string) => `Edit ${name}`,
  },
  overview: {
    title: "How a public module comes to you",
    note: "By the environment as it is",
    more: "Test other paths",
  },
};
