import type { Mirror, Region } from "../wire";

type Known = Omit<Mirror, "used">;

function shipped(id: string, url: string, en: string, zh: string, more: Partial<Known> = {}): Known {
  return {
    id,
    url,
    name: { en, zh },
    operator: { en, zh },
    region: "mainland",
    kind: "built-in",
    status: "current",
    notes: [],
    databases: [],
    probe: null,
    ...more,
  };
}

const gone = (id: string, url: string, name: string, region: Region, en: string, zh: string, date: string) =>
  shipped(id, url, name, name, {
    region,
    status: "dead",
    notes: [{ text: { en, zh }, source: "https://github.com/example/issues/1", date }],
  });

const invented = (id: string, url: string) =>
  shipped(id, url, new URL(url).host, new URL(url).host, {
    operator: { en: "", zh: "" },
    region: null,
    status: "invented",
    notes: [
      {
        text: {
          en: "Named by copied articles only; no operator ever said so.",
          zh: "只见于互相抄袭的文章，没有任何运营方承认过。",
        },
        source: "https://example.com/mirrors",
        date: "2025-07",
      },
    ],
  });

/** The mirrors that the example ships, as many of a kind as a page needs. */
export const shippedMirrors: readonly Known[] = [
  shipped("goproxy-cn", "https://goproxy.cn", "Goproxy.cn", "Goproxy.cn", {
    operator: { en: "Qiniu Cloud", zh: "七牛云" },
    region: "global",
    databases: ["sum.golang.org"],
    notes: [
      {
        text: {
          en: "Run by Qiniu Cloud on a CDN in mainland China and abroad; passes sum.golang.org on.",
          zh: "由七牛云运营，境内外都有 CDN，并代理 sum.golang.org。",
        },
        source: "https://github.com/goproxy/goproxy.cn",
        date: "2025-08",
      },
    ],
  }),
  shipped("aliyun", "https://mirrors.aliyun.com/goproxy/", "Alibaba Cloud", "阿里云", {
    notes: [
      {
        text: {
          en: "Passes no checksum database on: set GOSUMDB=sum.golang.google.cn with it.",
          zh: "不代理校验数据库：请同时设置 GOSUMDB=sum.golang.google.cn。",
        },
        source: "https://github.com/vikyd/note",
        date: "2019-10-31",
      },
    ],
  }),
  shipped("goproxy-io", "https://goproxy.io", "goproxy.io", "goproxy.io", {
    region: "hong_kong",
    databases: ["sum.golang.org"],
  }),
  shipped("tencent", "https://mirrors.tencent.com/go/", "Tencent Cloud", "腾讯云"),
  shipped("huawei", "https://repo.huaweicloud.com/repository/goproxy/", "Huawei Cloud", "华为云"),
  shipped("golang-org", "https://proxy.golang.org", "proxy.golang.org", "proxy.golang.org", {
    operator: { en: "Google", zh: "Google" },
    region: "global",
  }),
  shipped("golang-com-cn", "https://proxy.golang.com.cn", "proxy.golang.com.cn", "proxy.golang.com.cn", {
    operator: { en: "goproxy.io", zh: "goproxy.io" },
    region: "hong_kong",
    status: "legacy",
    notes: [
      {
        text: {
          en: "Its operator uses goproxy.io alone since then. Not run by Google.",
          zh: "运营方此后只用 goproxy.io。与 Google 无关。",
        },
        source: "https://github.com/goproxyio/goproxy.io",
        date: "2023-11-21",
      },
    ],
  }),
  gone(
    "baidu",
    "https://goproxy.baidu.com",
    "goproxy.baidu.com",
    "mainland",
    "Its certificate expired and was never renewed.",
    "证书过期，再也没有续期。",
    "2021-12-09",
  ),
  gone(
    "gocenter",
    "https://gocenter.io",
    "GoCenter",
    "overseas",
    "Shut down by JFrog.",
    "JFrog 已关闭。",
    "2021-05-01",
  ),
  invented("huawei-invented", "https://goproxy.huaweicloud.com"),
  invented("tuna-invented", "https://mirrors.tuna.tsinghua.edu.cn/goproxy/"),
];

/** A mirror of the user's own. */
export function ownMirror(id: string, name: string, url: string, probe: string | null = null): Known {
  return shipped(id, url, name, name, {
    operator: { en: "", zh: "" },
    region: null,
    kind: "own",
    probe,
  });
}

export type { Known as KnownMirror };
