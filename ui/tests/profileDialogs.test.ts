import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { i18n } from "../src/i18n/i18n.svelte";
import { shared } from "../src/i18n/shared";
import { axeFindings } from "./app";
import { apply, card, choose, dialog, inCard, inDialog, openProfiles } from "./profiles";

const t = en.profiles;
const value = (name: string) =>
  inDialog().getByRole<HTMLInputElement>("combobox", { name: t.editor.value(name) });
const nameField = () => inDialog().getByRole<HTMLInputElement>("textbox", { name: t.editor.name });
const save = () => inDialog().getByRole("button", { name: t.editor.save });
const closed = () => waitFor(() => expect(screen.queryByRole("dialog"), "closed").toBeNull());

describe("the editor", () => {
  test("keeps the present state, as it is, under a name", async () => {
    const { user, example } = await openProfiles("good");
    await user.click(screen.getByRole("button", { name: t.now.keep }));
    expect(value("GOPRIVATE").value, "what differs is chosen").toBe("*.corp.example,git.team.example");
    await user.click(inDialog().getByRole("button", { name: t.editor.remove("GOFLAGS") }));
    await user.type(nameField(), "Train");
    await user.click(save());
    await closed();
    const { args } = example.calls.findLast(({ name }) => name === "profile_save") ?? {};
    const asNow = { is: "as_now" };
    expect(args, "the core takes the values, not the page").toEqual({
      id: null,
      name: "Train",
      values: ["GOPROXY", "GOSUMDB", "GOPRIVATE"].map((name) => ({ name, to: asNow })),
    });
    expect(screen.getByRole("heading", { name: t.now.active("Train") }), "and it is in use").toBeTruthy();
  });

  test("credentials stay hidden, and stay", async () => {
    const { user, example, container } = await openProfiles();
    await choose(user, "Customer A", t.menu.edit);
    expect(container.ownerDocument.body.textContent, "never shown").not.toContain("hunter2");
    await user.clear(nameField());
    await user.type(nameField(), "Customer B");
    await user.click(save());
    await closed();
    const kept = example.world.scenario.profiles.own.find(({ name }) => name === "Customer B");
    expect(kept?.values[0]?.value, "nothing was lost").toContain("hunter2");
    expect(
      example.calls.some(({ name }) => name === "profile_reveal"),
      "nothing was fetched",
    ).toBe(false);
  });

  test("credentials are fetched for the field in which they are edited", async () => {
    const { user } = await openProfiles();
    await choose(user, "Customer A", t.menu.edit);
    await user.click(inDialog().getByRole("button", { name: t.editor.revealOf("GOPROXY") }));
    await waitFor(() => expect(value("GOPROXY").value).toContain("gopher:hunter2@"));
  });

  test("says what Go refuses while one types, and does not save it", async () => {
    const { user } = await openProfiles();
    await user.click(screen.getByRole("button", { name: t.create }));
    await user.selectOptions(inDialog().getByRole("combobox", { name: t.editor.add }), "GOPATH");
    await user.clear(value("GOPATH"));
    await user.type(value("GOPATH"), "relative");
    await waitFor(() => expect(value("GOPATH").getAttribute("aria-invalid"), "at once").toBe("true"));
    expect(save().hasAttribute("disabled"), "not like this").toBe(true);
    await user.click(inDialog().getByRole("radio", { name: t.editor.unset }));
    expect(save().hasAttribute("disabled"), "unset is sound").toBe(false);
  });

  test("a refused name is said at the name; one without variables at the end", async () => {
    const { user } = await openProfiles();
    await choose(user, "家里 NAS", t.menu.duplicate);
    expect(nameField().value, "a name of its own").toBe(t.editor.copyOf("家里 NAS"));
    await user.clear(nameField());
    await user.type(nameField(), "Customer A");
    await user.click(save());
    await waitFor(() => expect(nameField().getAttribute("aria-invalid"), "taken").toBe("true"));
    for (const name of ["GOPROXY", "GOSUMDB", "GOFLAGS"])
      await user.click(inDialog().getByRole("button", { name: t.editor.remove(name) }));
    await user.type(nameField(), " 2");
    await user.click(save());
    const alert = await inDialog().findByRole("alert");
    expect(alert.textContent).toContain(shared.en.failures.profile_empty);
  });
});

describe("the company form", () => {
  const hosts = () => inDialog().getByRole("textbox", { name: t.company.hosts });
  const open = async () => {
    const view = await openProfiles("good");
    await view.user.click(inCard("Company").getByRole("button", { name: new RegExp(t.card.form) }));
    return view;
  };

  test("makes the values as one types, each with its reason, and keeps nothing before", async () => {
    const { user, example } = await open();
    await user.click(hosts());
    await user.paste("https://git.corp.example/team/x.git");
    await user.type(
      inDialog().getByRole("textbox", { name: t.company.proxy }),
      "https://goproxy.corp.example",
    );
    await user.click(inDialog().getByRole("radio", { name: t.company.publics.domestic }));
    await user.click(inDialog().getByRole("checkbox"));
    const preview = within(inDialog().getByRole("region", { name: t.company.preview }));
    expect(await preview.findByText(shared.en.profiles.reasons.domestic_database), "why").toBeTruthy();
    expect(preview.getByText("git.corp.example/team/x"), "read from what was pasted").toBeTruthy();
    const netrc = await preview.findByRole("region", { name: t.company.netrc });
    expect(netrc.textContent, "the login that Go needs").toContain("machine goproxy.corp.example");
    expect(example.world.scenario.profiles.company.hosts, "nothing yet").toEqual([]);
    await user.click(inDialog().getByRole("button", { name: t.company.saveUse }));
    await waitFor(() => expect(dialog().textContent).toContain(en.plan.switchTo("Company")));
    await apply(user, en.plan.applySwitch);
    expect(inCard("Company").getByText(t.card.inUse), "in use").toBeTruthy();
  });

  test("a host that is none is said where it stands", async () => {
    const { user } = await open();
    await user.type(hosts(), "not a host");
    await waitFor(() => expect(hosts().getAttribute("aria-invalid")).toBe("true"));
    expect(inDialog().getByRole("button", { name: t.company.save }).hasAttribute("disabled")).toBe(true);
  });

  test("what the values leave open stands below them until it is closed", async () => {
    const { user } = await open();
    const warnings = shared.en.company_warnings;
    await user.type(
      inDialog().getByRole("textbox", { name: t.company.proxy }),
      "https://goproxy.corp.example",
    );
    const preview = within(inDialog().getByRole("region", { name: t.company.preview }));
    expect(await preview.findByText(warnings.private_names_looked_up)).toBeTruthy();
    expect(preview.queryByText(warnings.private_names_go_on), "nobody is behind the proxy").toBeNull();
    await user.click(inDialog().getByRole("radio", { name: t.company.publics.overseas }));
    expect(await preview.findByText(warnings.private_names_go_on)).toBeTruthy();
    await user.type(hosts(), "git.corp.example");
    await waitFor(() => expect(preview.queryByText(warnings.private_names_go_on)).toBeNull());
    expect(preview.queryByText(warnings.private_names_looked_up), "the hosts are named").toBeNull();
  });

  test("what was filled in is there again", async () => {
    const { user } = await openProfiles();
    await choose(user, "Company", t.menu.form);
    await waitFor(() =>
      expect((hosts() as HTMLTextAreaElement).value).toBe("git.corp.example\ngithub.com/corp"),
    );
    await user.click(inDialog().getByRole("button", { name: t.company.save }));
    expect(await screen.findByText(t.company.saved)).toBeTruthy();
  });
});

describe("import", () => {
  const open = async () => {
    const view = await openProfiles();
    await view.user.click(screen.getByRole("button", { name: t.importing }));
    return view;
  };
  const pick = async () => {
    const view = await open();
    await view.user.click(inDialog().getByRole("button", { name: t.import.browse }));
    await inDialog().findByRole("region", { name: t.import.values });
    return view;
  };

  test("shows what it would do, its dangers in words, and applies nothing", async () => {
    const { user, example } = await pick();
    const before = [...example.world.scenario.file];
    const text = dialog().textContent;
    expect(text, "danger").toContain(shared.en.dangers.nothing_verified);
    expect(text, "another").toContain(shared.en.dangers.flags_run_program);
    expect(text, "credentials").toContain(t.import.stripped("GOPROXY"));
    expect(text, "how much").toContain(t.import.differs(4));
    expect(document.activeElement?.textContent.trim(), "Enter is Cancel").toBe(en.parts.cancel);
    await user.click(inDialog().getByRole("button", { name: t.import.keep }));
    expect(await screen.findByText(t.import.kept("Fast builds")), "said").toBeTruthy();
    expect(card("Fast builds"), "kept").toBeTruthy();
    expect(example.world.scenario.file, "nothing was written").toEqual(before);
  });

  test("what is dangerous is confirmed by its name before it is used", async () => {
    const { user } = await pick();
    const name = inDialog().getByRole("textbox", { name: t.import.name });
    await user.clear(name);
    await user.type(name, "Mine");
    await user.click(inDialog().getByRole("button", { name: t.import.keepUse }));
    const apply = await screen.findByRole("button", { name: en.plan.applySwitch });
    expect(dialog().textContent, "under its new name").toContain(en.plan.switchTo("Mine"));
    for (const variable of ["GOSUMDB", "GOFLAGS"]) {
      expect(apply.hasAttribute("disabled"), `not before ${variable} is understood`).toBe(true);
      await user.click(await inDialog().findByRole("checkbox", { name: en.plan.understood(variable) }));
    }
    expect(apply.hasAttribute("disabled"), "now").toBe(false);
  });

  test("text that is no profile is refused with the reason", async () => {
    const { user } = await open();
    const field = inDialog().getByRole("textbox", { name: t.import.paste });
    await user.click(field);
    await user.paste("export GOPROXY=off");
    await user.click(inDialog().getByRole("button", { name: t.import.read }));
    const alert = await inDialog().findByRole("alert");
    expect(alert.textContent, "where").toContain("line 1 column 1");
  });

  test("a value that Go refuses can be kept and mended, not used", async () => {
    const { user } = await open();
    await user.click(inDialog().getByRole("textbox", { name: t.import.paste }));
    await user.paste('{"gopherdesk_profile":1,"name":"Old","set":{"GOPATH":"relative"}}');
    await user.click(inDialog().getByRole("button", { name: t.import.read }));
    expect(await inDialog().findByText(t.import.unusable), "said").toBeTruthy();
    const use = inDialog().getByRole("button", { name: t.import.keepUse });
    expect(use.hasAttribute("disabled")).toBe(true);
  });

  test("closing the system's dialog changes nothing", async () => {
    const { user, example } = await open();
    example.world.scenario.profiles.picked = null;
    await user.click(inDialog().getByRole("button", { name: t.import.browse }));
    expect(inDialog().getByRole("button", { name: t.import.browse }), "still here").toBeTruthy();
  });
});

describe("export", () => {
  test("shows the text for each reader, with what it cannot say", async () => {
    const { user, example } = await openProfiles();
    await choose(user, "Customer A", t.menu.export);
    const text = () => inDialog().getAllByRole("region", { name: t.export.text }).at(-1)?.textContent;
    await waitFor(() => expect(text()).toContain('"name": "Customer A"'));
    expect(dialog().textContent, "no secret leaves").not.toContain("hunter2");
    expect(dialog().textContent, "and it says so").toContain(t.export.stripped("GOPROXY"));
    await user.click(inDialog().getByRole("radio", { name: shared.en.profiles.formats.dockerfile }));
    await waitFor(() => expect(dialog().textContent).toContain(t.export.notUnset("GOTOOLCHAIN")));
    const own = example.world.scenario.profiles.own.find(({ id }) => id === "own-customer");
    own?.values.push({ name: "GOFLAGS", value: "-tags=$A$" });
    await user.click(inDialog().getByRole("radio", { name: shared.en.profiles.formats.goland }));
    await waitFor(() => expect(dialog().textContent).toContain(t.export.leftOut("GOFLAGS")));
    await user.click(inDialog().getByRole("radio", { name: shared.en.profiles.formats.dockerfile }));
    await waitFor(() => expect(text()).toContain("GOFLAGS"));
    await user.click(inDialog().getByRole("button", { name: en.parts.copy }));
    expect(await navigator.clipboard.readText(), "to take away").toContain("git.customer.example");
    await user.click(inDialog().getByRole("button", { name: t.export.save }));
    expect(await inDialog().findByText(t.export.saved("~/Downloads/Dockerfile")), "where it is").toBeTruthy();
    const { args } = example.calls.findLast(({ name }) => name === "profile_export_save") ?? {};
    expect(args, "no path from the page").toEqual({ id: "own-customer", format: "dockerfile" });
  });
});

describe("axe finds nothing", () => {
  test.each(["en", "zh"] as const)("in the menus and dialogs, in %s", async (lang) => {
    const { user } = await openProfiles("profiles", { lang });
    const words = i18n.t.profiles;
    const name = lang === "en" ? "Domestic" : "国内";
    const company = lang === "en" ? "Company" : "公司";
    const cancel = async () => {
      const label = new RegExp(`^(${i18n.t.parts.cancel}|${i18n.t.parts.close})$`);
      const [button] = inDialog().getAllByRole("button", { name: label });
      if (button) await user.click(button);
      await closed();
    };
    await user.click(screen.getByRole("button", { name: words.switcher.label(name) }));
    expect(await axeFindings(), "switcher").toEqual([]);
    await user.keyboard("{Escape}");
    for (const item of [words.menu.edit, words.menu.duplicate, words.menu.export, words.menu.delete]) {
      await choose(user, "Customer A", item);
      expect(await axeFindings(), item).toEqual([]);
      await cancel();
    }
    await choose(user, company, words.menu.form);
    expect(await axeFindings(), "company").toEqual([]);
    await cancel();
    await user.click(screen.getByRole("button", { name: words.importing }));
    expect(await axeFindings(), "import").toEqual([]);
    await user.click(inDialog().getByRole("button", { name: words.import.browse }));
    await inDialog().findByRole("region", { name: words.import.values });
    expect(await axeFindings(), "preview of an import").toEqual([]);
    await cancel();
    await user.click(screen.getByRole("button", { name: words.card.verifyOf(name) }));
    await screen.findByRole("region", { name: words.verify.label(name) });
    expect(await axeFindings(), "verification").toEqual([]);
  });
});
