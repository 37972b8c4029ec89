import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["build/", "test-results/", "playwright-report/"] },
  js.configs.recommended,
  {
    rules: {
      curly: "error",
      eqeqeq: "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  { files: ["web/**"], languageOptions: { globals: globals.browser } },
  { files: ["web/worker/**"], languageOptions: { globals: globals.worker } },
  {
    // Text from a file or a person goes into the page by textContent only.
    files: ["web/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({ property })),
        { object: "document", property: "write" },
      ],
    },
  },
  {
    files: ["tools/**", "tests/browser/**", "*.config.js"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["tests/browser/**", "tools/bench/**", "tools/screenshot.mjs"],
    languageOptions: { globals: globals.browser },
  },
];
