// Finds things on the page as its user does: by role and accessible name. Prepended to the scripts of the journeys.
const implied = {
  button: "button, summary",
  link: "a[href]",
  heading: "h1, h2, h3, h4",
  textbox: "input:not([type]), input[type=text], input[type=search], textarea",
  searchbox: "input[type=search]",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  combobox: "select",
  dialog: "dialog[open]",
  table: "table",
  row: "tr",
  status: "output",
  main: "main",
};

const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();

function nameOf(element) {
  const labelled = element.getAttribute("aria-labelledby");
  if (labelled) {
    const parts = labelled.split(/\s+/).map((id) => document.getElementById(id)?.textContent);
    return clean(parts.join(" "));
  }
  const label = element.getAttribute("aria-label");
  if (label) return clean(label);
  if (element.labels?.length) return clean([...element.labels].map((one) => one.textContent).join(" "));
  if (element.matches("dialog")) return clean(element.querySelector("h1, h2")?.textContent);
  return clean(element.textContent) || clean(element.title) || clean(element.getAttribute("alt"));
}

const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });

/** All visible elements of a role whose name is, or starts with, `name`; of the top dialog when one is open. */
function all(role, name) {
  const dialogs = document.querySelectorAll("dialog:modal");
  const within = role === "dialog" ? document : (dialogs[dialogs.length - 1] ?? document);
  const implicit = implied[role] ? `:is(${implied[role]}):not([role]), ` : "";
  const found = [...within.querySelectorAll(`${implicit}[role=${role}]`)].filter(isSeen);
  const exact = found.filter((element) => nameOf(element) === name);
  return exact.length > 0 ? exact : found.filter((element) => nameOf(element).startsWith(name));
}

/** The first that can be used, or the label that is seen instead of it. */
function one(role, name) {
  const usable = (element) => !element.matches(":disabled, [aria-disabled=true]");
  const found = all(role, name).find(usable) ?? null;
  return found?.matches("[type=radio], [type=checkbox]") ? (found.closest("label") ?? found) : found;
}

/** What Tab must reach: everything visible that a user can act on. */
function interactive(within) {
  const kinds =
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1']), [contenteditable=true]";
  return [...within.querySelectorAll(kinds)].filter((element) => {
    if (!isSeen(element) || element.matches(":disabled") || element.tabIndex < 0) return false;
    if (element.closest("[inert]")) return false;
    // of a group of radio buttons Tab reaches the chosen one
    return element.type !== "radio" || element.checked;
  });
}
