import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    isolate: false,
    // one less than the cores, as it is by itself, leaves a machine of two with half of it idle
    maxWorkers: Math.max(2, availableParallelism() - 1),
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TZ: "Europe/London", NODE_NO_WARNINGS: "1" },
  },
});
