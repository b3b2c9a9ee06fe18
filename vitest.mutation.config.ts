import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The tests that judge changed lines: those beside the mutated files, with fewer generated cases. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [
      "src/access/{action,rule,pred,pred.differential}.test.ts",
      "src/disclosure/*.test.ts",
      "src/engine/lake/lake.test.ts",
      "src/engine/tasks/load.test.ts",
    ],
    env: { ...base.test?.env, FEWER_CASES: "1" },
  },
});
