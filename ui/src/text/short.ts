/** A path as it is shown: with `~` for the home, as the core writes it everywhere else. */
export function short(path: string, home: string | null): string {
  if (home === null || home.length < 2 || !path.startsWith(home)) return path;
  const rest = path.slice(home.length);
  // `/home/gopherina` is somebody else's
  return rest === "" || /^[/\\]/.test(rest) ? `~${rest}` : path;
}
