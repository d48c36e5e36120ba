import { Refusal } from "../failure";
import type { CompanyForm, CompanyPreview, CompanyValue, CompanyWarning, Login } from "../wire";

export const domesticProxy = "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct";
export const domesticDatabase = "sum.golang.google.cn";

/** `https://git.corp.example/team/x.git` and `git@git.corp.example:team/x` are the host that they name. */
function host(text: string): string {
  const bare = text
    .trim()
    .replace(/^[a-z+]+:\/\//, "")
    .replace(/^[^@/]*@/, "")
    .replace(/:(?=\D)/, "/")
    .replace(/(\.git)?\/*$/, "");
  if (!/^[\w*-]+(\.[\w-]+)+(\/[\w.~-]+)*$/.test(bare))
    throw new Refusal({ code: "company_host_invalid", params: { text }, message: "no host" });
  return bare;
}

/** What the form comes to; nothing when it was not filled in. */
export function companyValues(form: CompanyForm): CompanyValue[] {
  const hosts = form.hosts.filter((line) => line.trim() !== "").map(host);
  const proxy = form.proxy.trim();
  const values: CompanyValue[] = [];
  if (hosts.length > 0) values.push({ name: "GOPRIVATE", value: hosts.join(","), why: "private_modules" });
  if (hosts.length > 0 && proxy !== "")
    values.push({ name: "GONOPROXY", value: "none", why: "private_through_proxy" });
  if (proxy !== "") {
    const rest = { company: "", domestic: `,${domesticProxy}`, overseas: ",https://proxy.golang.org,direct" };
    values.push({ name: "GOPROXY", value: proxy + rest[form.public], why: "company_proxy" });
  } else if (form.public === "domestic") {
    values.push({ name: "GOPROXY", value: domesticProxy, why: "domestic_mirrors" });
  } else if (form.public === "overseas" && hosts.length > 0) {
    values.push({ name: "GOPROXY", value: null, why: "go_default" });
  }
  if (form.public === "domestic")
    values.push({ name: "GOSUMDB", value: domesticDatabase, why: "domestic_database" });
  return hosts.length === 0 && proxy === "" ? [] : values;
}

function logins(form: CompanyForm): Login[] {
  if (!form.login) return [];
  const proxy = form.proxy.trim().replace(/^[a-z]+:\/\//, "");
  const asked = proxy === "" ? form.hosts.map(host) : [proxy];
  const hosts = new Set(asked.map((one) => one.split("/")[0] ?? one));
  return [...hosts].map((name) => ({
    host: name,
    line: `machine ${name} login YOUR_NAME password YOUR_TOKEN`,
  }));
}

/** Without hosts nobody knows which modules are private. */
function warnings(form: CompanyForm): CompanyWarning[] {
  if (form.hosts.some((line) => line.trim() !== "")) return [];
  const lookedUp: CompanyWarning = { code: "private_names_looked_up", params: {} };
  return form.public === "company" ? [lookedUp] : [{ code: "private_names_go_on", params: {} }, lookedUp];
}

/** What the form comes to, or why it comes to nothing. */
export function companyPreview(form: CompanyForm): CompanyPreview {
  const values = companyValues(form);
  if (values.length === 0)
    throw new Refusal({ code: "company_form_empty", params: {}, message: "an empty form" });
  return { values, logins: logins(form), warnings: warnings(form) };
}
