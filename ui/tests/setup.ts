import { beforeEach } from "vitest";

beforeEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
});
