import { mount } from "svelte";
import "./styles/tokens.css";
import "./styles/base.css";
import App from "./App.svelte";
import type { Bridge } from "./bridge/bridge";
import { tauriBridge } from "./bridge/tauri";

async function bridge(): Promise<Bridge> {
  // a plain browser has no program behind it; the example never reaches a build
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const { exampleFromAddress } = await import("./bridge/fake/address");
    return exampleFromAddress(new URLSearchParams(location.search));
  }
  return tauriBridge;
}

const target = document.getElementById("app");
if (target) mount(App, { target, props: { bridge: await bridge() } });
