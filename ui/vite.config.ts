import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), ...(mode === "test" ? [svelteTesting()] : [])],
  clearScreen: false,
  server: {
    // the address is written into tauri.conf.json: another port would show an empty window
    port: 1420,
    strictPort: true,
  },
  build: {
    target: ["chrome120", "safari17"],
    // the window's policy allows no data: addresses and no inline script
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    // axe walks whole pages; a slow machine is no fault of a page
    testTimeout: 60_000,
    restoreMocks: true,
  },
}));
