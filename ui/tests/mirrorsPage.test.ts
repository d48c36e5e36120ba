import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { shared } from "../src/i18n/shared";
import { zh } from "../src/i18n/zh";
import { axeFindings, openWindow } from "./app";
import { choose, inRow, openMirrors, order, testAll } from "./mirrors";

const t = en.mirrors;
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const advice = () => within(screen.getByRole("region", { name: t.chain.title }));
const dialog = () => within(screen.getByRole("dialog"));
type User = Awaited<ReturnType<typeof openMirrors>>["user"];

async function apply(user: User) {
  await user.click(advice().getByRole("button", { name: t.chain.apply }));
  await user.click(await dialog().findByRole("button", { name: en.plan.apply }));
  await dialog().findByRole("button", { name: en.plan.done });
}

describe("what earlier tests said", () => {
  test("is there at once, and says when and where it was measured", async () => {
    const { example } = await openMirrors("tested");
    expect(order().slice(0, 2), "ranked by the last test").toEqual(["Athens, office", "Goproxy.cn"]);
    expect(screen.getByText(new RegExp("Tested 9 mirrors 1 hour ago")), "when").toBeTruthy();
    expect(
      example.calls.some(({ name }) => name === "mirror_test"),
      "without asking anybody",
    ).toBe(false);
  });

  test("on another network is marked as such", async () => {
    await openMirrors("elsewhere");
    expect(screen.getByText(t.lead.elsewhere), "at the figures").toBeTruthy();
    expect(advice().getByText(t.chain.elsewhere("3 days ago")), "at the chain").toBeTruthy();
  });

  test("becomes a trend of each mirror", async () => {
    const { user } = await openMirrors("tested");
    await user.click(button("Goproxy.cn"));
    const trend = within(screen.getByRole("group", { name: t.detail.trend }));
    const line = trend.getByRole("img", { name: new RegExp(`^${t.trend.latency}, the oldest first`) });
    expect(line.getAttribute("aria-label")?.match(/ ms/g)?.length, "six runs on this network").toBe(6);
    expect(trend.getByText(t.trend.since(6, "6 days ago"))).toBeTruthy();
  });
});

describe("details", () => {
  test("split the connection, and name each source with its date", async () => {
    const { user } = await openMirrors("tested");
    await user.click(button("Alibaba Cloud"));
    const details = within(screen.getByRole("group", { name: t.details("Alibaba Cloud") }));
    const connection = details.getByRole("group", { name: t.detail.connection }).textContent;
    for (const part of [
      t.connect.dns,
      t.connect.tcp,
      t.connect.tls,
      "203.0.113.7:443",
      "HTTP/2",
      "71 days left",
    ])
      expect(connection, part).toContain(part);
    expect(details.getByText("https://github.com/vikyd/note"), "who says so").toBeTruthy();
    expect(details.getByText(/2019-10-31/), "and when").toBeTruthy();
    const other = /^It passes no checksum database on/;
    expect(details.getByText(other), "its condition as a sentence").toBeTruthy();
    await choose(user, "Alibaba Cloud", t.menu.hide);
    expect(screen.queryByRole("group", { name: t.details("Alibaba Cloud") }), "closed again").toBeNull();
  });

  test("are what the palette leads to", async () => {
    const { user } = await openWindow("tested");
    await user.keyboard("{Control>}k{/Control}");
    screen.getByRole("combobox", { name: en.palette.title }).focus();
    await user.keyboard("alibaba");
    await waitFor(() => expect(screen.getAllByRole("option")[0]?.textContent).toContain("Alibaba Cloud"));
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("group", { name: t.details("Alibaba Cloud") })).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent.trim()).toBe("Alibaba Cloud"));
  });
});

describe("the recommended chain", () => {
  test("is a whole one, with a reason for each part", async () => {
    const { user } = await openMirrors();
    await testAll(user);
    const steps = within(advice().getByRole("list", { name: t.chain.picture })).getAllByRole("listitem");
    const roles = t.chain.roles;
    expect(steps.map((step) => step.textContent.replace(/\s+/g, " ").trim())).toEqual([
      `Goproxy.cn ${roles.fastest}`,
      `${t.chain.missing} Alibaba Cloud ${roles.other_operator}`,
      `${t.chain.missing} direct ${roles.origin_last}`,
    ]);
    expect(advice().getByText(/^Alibaba Cloud is the second because/), "in sentences, too").toBeTruthy();
    await user.click(advice().getByRole("button", { name: en.parts.copy }));
    expect(await navigator.clipboard.readText(), "to take away").toBe(
      "GOPROXY=https://goproxy.cn,https://mirrors.aliyun.com/goproxy/,direct\nGOSUMDB=sum.golang.org",
    );
  });

  test("is previewed, applied, proven and undone", async () => {
    const { user, example } = await openMirrors();
    await testAll(user);
    await apply(user);
    const file = () => example.world.scenario.file.join("\n");
    expect(file(), "GOPROXY and GOSUMDB together").toMatch(
      /aliyun\.com\/goproxy\/,direct[\s\S]*GOSUMDB=sum\.golang\.org/,
    );
    await user.click(dialog().getByRole("button", { name: t.proof.proveNow }));
    expect(
      await advice().findByText(
        new RegExp(t.proof.works("rsc.io/quote@v1.5.2", "1.4 s").replaceAll(".", "\\.")),
      ),
    ).toBeTruthy();
    expect(example.calls.at(-1)).toEqual({ name: "mirror_prove", args: { module: "rsc.io/quote@v1.5.2" } });
    expect(advice().getByText(t.chain.inUse), "nothing is left to apply").toBeTruthy();
    expect(advice().queryByRole("button", { name: t.chain.apply })).toBeNull();
    await user.keyboard("{Control>}z{/Control}");
    await user.click(await dialog().findByRole("button", { name: en.plan.applyUndo }));
    await user.click(await dialog().findByRole("button", { name: en.plan.done }));
    expect(file(), "as before").toContain("GOPROXY=https://goproxy.cn,direct");
  });

  test("that is outranked is not called a success", async () => {
    const { user, example } = await openMirrors();
    const { scenario } = example.world;
    scenario.shell = [
      { name: "GOPROXY", value: "https://proxy.golang.org,direct", path: "~/.zshrc", line: 12 },
    ];
    await testAll(user);
    await apply(user);
    expect(dialog().getByText(/~\/\.zshrc:12/), "what wins").toBeTruthy();
    await user.click(dialog().getByRole("button", { name: en.plan.done }));
    expect(advice().getByText(t.chain.shadowed)).toBeTruthy();
    expect(advice().queryByText(t.chain.inUse), "only written").toBeNull();
    expect(advice().getByRole("heading", { name: t.proof.due }), "its proof is still due").toBeTruthy();
  });

  test("with credentials is applied by the core, which has them", async () => {
    const { user, example } = await openMirrors("tested");
    expect(advice().getByText(t.chain.masked), "said").toBeTruthy();
    await user.click(advice().getByRole("button", { name: t.chain.apply }));
    await dialog().findByRole("button", { name: en.plan.apply });
    expect(example.calls.at(-1), "by ids, never by what is shown").toEqual({
      name: "mirror_use",
      args: { mirrors: ["own-athens", "goproxy-cn"], direct: true, gosumdb: "sum.golang.google.cn" },
    });
  });

  test("warns when a part of it failed since then", async () => {
    const { user, example } = await openMirrors("tested");
    const { behaves } = example.world.scenario.mirrors;
    const gone = behaves["golang-org"];
    if (gone) behaves["goproxy-cn"] = gone;
    await choose(user, "Goproxy.cn", t.menu.test);
    expect(await advice().findByText(t.chain.broken("Goproxy.cn"))).toBeTruthy();
  });

  test("of one mirror carries the database that it needs", async () => {
    const { user, example } = await openMirrors("tested");
    await choose(user, "Alibaba Cloud", t.menu.use);
    await dialog().findByRole("button", { name: en.plan.apply });
    expect(example.calls.at(-1)).toEqual({
      name: "mirror_use",
      args: { mirrors: ["aliyun"], direct: true, gosumdb: "sum.golang.google.cn" },
    });
  });
});

describe("the proof", () => {
  test("stops when it is asked to", async () => {
    const { user, example } = await openMirrors("tested");
    example.hold("mirror_prove", new Promise(() => undefined));
    await user.click(button(t.proof.prove));
    await user.click(await screen.findByRole("button", { name: t.proof.stop }));
    expect(await screen.findByText(t.proof.stopped)).toBeTruthy();
  });

  test("that fails is told in words, with go's own beside them", async () => {
    const { user } = await openMirrors("unreached");
    await user.click(button(t.proof.prove));
    expect(await screen.findByText(new RegExp(t.proof.fails("rsc.io/quote@v1.5.2", "1.4 s")))).toBeTruthy();
    expect(screen.getByText(/no such host/), "what go says").toBeTruthy();
  });
});

describe("the environment around", () => {
  test("what serves nothing in GOPROXY is warned of", async () => {
    await openMirrors("deadMirror");
    expect(screen.getByText(t.goneInUse("goproxy.baidu.com"))).toBeTruthy();
  });

  test("without Go mirrors can be tested, only not proven", async () => {
    const { user } = await openMirrors("nogo");
    expect(screen.getByText(t.noGo)).toBeTruthy();
    expect(screen.queryByRole("button", { name: t.proof.prove }), "nothing that fails").toBeNull();
    await testAll(user);
    expect(inRow("Goproxy.cn").getAllByRole("listitem").length, "tested").toBeGreaterThan(2);
  });

  test("a store in trouble is told, and the shipped ones work", async () => {
    const { user, example } = await openMirrors("mirrorsDamaged");
    expect(screen.getByText(/line 12/), "what is wrong").toBeTruthy();
    expect(order(), "without the user's own").not.toContain("Old NAS");
    await user.click(button(t.openFolder));
    expect(example.calls.at(-1)).toEqual({ name: "desktop_open", args: "config_folder" });
  });

  test("a list that cannot be read can be read again", async () => {
    const failure = { code: "store_busy", params: { path: "mirrors.json" }, message: "busy" } as const;
    // without a go command the overview draws no way, and does not ask before this page does
    const { user } = await openWindow("nogo", {
      page: "mirrors",
      prepare: (example) => example.refuse("mirror_list", failure),
    });
    expect(await screen.findByText(t.unread)).toBeTruthy();
    await user.click(button(en.parts.retry));
    expect(await screen.findByRole("table", { name: t.table })).toBeTruthy();
  });
});

test("Chinese", async () => {
  const { user } = await openMirrors("mirrors", { lang: "zh" });
  await testAll(user);
  expect(screen.getByRole("heading", { name: /^Goproxy\.cn 最快：典型服务只需/ })).toBeTruthy();
  expect(inRow("华为云").getByText(shared.zh.verdict.web_page), "the reason, too").toBeTruthy();
  expect(screen.getByRole("region", { name: zh.mirrors.chain.title })).toBeTruthy();
});

test.each(["en", "zh"] as const)(
  "axe finds nothing after a test, with everything open, in %s",
  async (lang) => {
    const { user } = await openMirrors("tested", { lang });
    await testAll(user);
    for (const name of screen.getAllByRole("rowheader").map((cell) => cell.querySelector("button")))
      if (name) await user.click(name);
    expect(await axeFindings(), "roles, names and structure").toEqual([]);
  },
);
