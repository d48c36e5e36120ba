import type { Messages } from "./en";

/** 模块的来路。 */
export const route: Messages["route"] = {
  loading: "正在读取环境…",
  title: "模块从哪里来？",
  note: "按 Go 自己的规则推算，不会询问任何人",
  paths: "模块或包的路径，每行一个",
  pathsHint: "可以粘贴导入路径或 go.mod 里的内容，边输入边给出结果。",
  table: "各自的来路",
  columns: {
    module: "模块",
    private: "私有",
    from: "来源",
    verified: "校验",
    leaks: "外泄",
  },
  no: "否",
  none: "外部无人得知",
  leaking: (count) => `有 ${String(count)} 个私有模块的名字会外泄。表中说明了泄露给谁、为什么。`,
  said: (count, leaking) => `共 ${String(count)} 个路径，其中 ${String(leaking)} 个外泄`,
  picture: {
    label: (module) => `${module} 的来路`,
    public: "公开：没有模式涵盖它",
    private: (by, pattern) => `私有：${by} 里有 ${pattern}`,
    missing: "仅当不存在",
    anyError: "出任何错误",
    untested: "尚未测试",
    sound: "上次测试可靠",
    unsound: "上次测试未通过",
    origin: (vcs) => `从源站获取，用 ${vcs}`,
    off: "到此为止",
    verified: (database, sources) => `由 ${database} 校验，在 ${sources} 查询`,
    unverified: "不经校验数据库校验",
  },
  lists: {
    title: "起决定作用的列表",
    note: "Go 当前使用的值",
    follows: "沿用 GOPRIVATE",
    empty: "空",
    edit: "编辑…",
    editOf: (name) => `编辑 ${name}`,
  },
  overview: {
    title: "公开模块怎样到你手里",
    note: "按当前环境推算",
    more: "测试其他路径",
  },
};
