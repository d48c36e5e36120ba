import { expect, test } from "vitest";
import { short } from "./short";

test.each([
  ["/home/gopher", "/home/gopher", "~"],
  ["/home/gopher/go/bin", "/home/gopher", "~/go/bin"],
  ["/home/gopherina/go", "/home/gopher", "/home/gopherina/go"],
  ["/usr/local/go", "/home/gopher", "/usr/local/go"],
  ["C:\\Users\\gopher\\go", "C:\\Users\\gopher", "~\\go"],
  ["/etc/go", "/", "/etc/go"],
  ["/etc/go", null, "/etc/go"],
])("%s in the home %s is %s", (path, home, shown) => {
  expect(short(path, home)).toBe(shown);
});
