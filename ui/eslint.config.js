import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";

/**
 * Folders of `src` that a folder may not import, with the reason a reader will see.
 * @param {string[]} files @param {string[]} folders @param {string} message
 * @returns {import("eslint").Linter.Config}
 */
function forbid(files, folders, message) {
  const group = folders.flatMap((folder) => [`**/${folder}/**`, `**/${folder}`]);
  return {
    files: files.flatMap((folder) => [`src/${folder}/**/*.ts`, `src/${folder}/**/*.svelte`]),
    ignores: ["**/*.test.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { group, message, allowTypeImports: false },
            { group: ["@tauri-apps/*"], message: "only bridge/ speaks to Tauri" },
          ],
        },
      ],
    },
  };
}

export default defineConfig(
  { ignores: ["dist/", "src/bridge/generated/"] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: { allowDefaultProject: ["*.js", "scripts/*.mjs"] } },
    },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-console": "error",
      "no-restricted-imports": "off",
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "only bridge/ speaks to Tauri" }] },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: [".svelte"],
        parser: ts.parser,
      },
    },
    rules: {
      // the security policy of the window refuses both
      "svelte/no-at-html-tags": "error",
      "svelte/no-inline-styles": "error",
      "svelte/button-has-type": "error",
      "svelte/no-target-blank": "error",
      "svelte/require-each-key": "error",
      "svelte/block-lang": ["error", { script: "ts", style: null }],
      "@typescript-eslint/no-confusing-void-expression": "off",
    },
  },
  { files: ["src/bridge/**"], rules: { "@typescript-eslint/no-restricted-imports": "off" } },
  forbid(["parts"], ["areas", "views", "state", "bridge", "i18n"], "parts know nothing of the product"),
  forbid(
    ["text"],
    ["areas", "views", "state", "bridge", "i18n", "parts"],
    "text is the ground of everything",
  ),
  forbid(["bridge", "i18n"], ["areas", "views", "state", "parts"], "the ground knows nothing above it"),
  forbid(["state"], ["areas", "views"], "state knows nothing of what is drawn"),
  forbid(["areas"], ["views"], "areas know nothing of the pages they are on"),
  { files: ["src/bridge/tauri.ts"], rules: { "@typescript-eslint/no-restricted-imports": "off" } },
  {
    files: ["scripts/**", "*.js"],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node } },
  },
);
