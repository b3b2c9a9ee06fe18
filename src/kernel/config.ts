import { z } from "zod";
import { defineErrors } from "./errors.ts";

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Every setting, with what it does and its default. `guildhall config` and docs/operate.md list the same. */
export const settingDefinitions = {
  GUILDHALL_PORT: { schema: whole(0, 65_535), fallback: "4400", about: "The port of the web address; 0 takes any free one." },
  GUILDHALL_HOST: {
    schema: z.string().min(1),
    fallback: "127.0.0.1",
    about: "The address to listen on. A sample hub listens on loopback only.",
  },
  GUILDHALL_DATA: { schema: z.string().min(1), fallback: "./data", about: "The folder that holds everything the hub keeps." },
  GUILDHALL_KEYS: {
    schema: z.string(),
    fallback: "",
    about:
      "The file of the hub's secrets, outside the data folder; made when missing. Default: the data folder's name with .keys.",
  },
  GUILDHALL_KITS: {
    schema: z.string(),
    fallback: "",
    about: "A folder of the place's own kits, one folder a kit; none unless set.",
  },
  GUILDHALL_LOG: {
    schema: z.enum(["info", "warn", "error", "silent"]),
    fallback: "warn",
    about: "The least important event to log.",
  },
  GUILDHALL_UPLOAD_MB: { schema: whole(1, 100_000), fallback: "2048", about: "The largest file that may be uploaded, in MB." },
  GUILDHALL_ENGINE_MB: {
    schema: whole(256, 1_000_000),
    fallback: "1024",
    about: "Memory for the process that answers questions, in MB.",
  },
  GUILDHALL_JOB_MB: {
    schema: whole(256, 1_000_000),
    fallback: "1536",
    about: "Memory for a process that loads or links, in MB.",
  },
  GUILDHALL_SPILL_MB: {
    schema: whole(100, 10_000_000),
    fallback: "20000",
    about: "Disk that one process may use for work that does not fit in memory, in MB.",
  },
  GUILDHALL_FETCH_INSIDE: {
    schema: z.string(),
    fallback: "",
    about: "Hosts of the own network that data may be fetched from, separated by commas; none unless set.",
  },
  GUILDHALL_QUESTION_SECONDS: {
    schema: whole(1, 3600),
    fallback: "30",
    about: "How long a question may take before it is stopped.",
  },
} as const satisfies Readonly<Record<string, { schema: z.ZodType; fallback: string; about: string }>>;

export type Settings = { readonly [K in keyof typeof settingDefinitions]: z.infer<(typeof settingDefinitions)[K]["schema"]> };

/** One setting as people are shown it. None of them is a secret; secrets are in the key file. */
export interface SettingRow {
  readonly name: string;
  readonly value: string | number;
  readonly fallback: string;
  readonly source: "set" | "default";
  readonly about: string;
}

/** Every setting as it is now: for `guildhall config` and for the settings page. */
export function listSettings(settings: Settings): readonly SettingRow[] {
  return Object.entries(settingDefinitions).map(([name, { about, fallback }]) => {
    const value = settings[name as keyof Settings];
    return { name, value, fallback, source: String(value) === fallback ? "default" : "set", about };
  });
}

const configError = defineErrors("config", {
  wrong: {
    kind: "invalid",
    message: (p: { name: string; value: string; why: string }) => `${p.name}=${p.value} cannot be used: ${p.why}.`,
    remedy: "Correct the setting or leave it out. “guildhall config” lists every setting.",
  },
  unknown: {
    kind: "invalid",
    message: (p: { name: string }) => `There is no setting ${p.name}.`,
    remedy: "Check its spelling. “guildhall config” lists every setting.",
  },
});

const notSettings: ReadonlySet<string> = new Set(["GUILDHALL_ROOT", "GUILDHALL_BROWSER", "GUILDHALL_TOKEN"]);

/** Reads the settings from the environment; refuses a wrong or an unknown one. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  for (const name of Object.keys(env)) {
    if (name.startsWith("GUILDHALL_") && !notSettings.has(name) && !Object.hasOwn(settingDefinitions, name))
      throw configError("unknown", { name });
  }
  const read = Object.entries(settingDefinitions).map(([name, { schema, fallback }]) => {
    const value = env[name] ?? fallback;
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw configError("wrong", { name, value, why: parsed.error.issues[0]?.message ?? "it is not valid" });
    return [name, parsed.data] as const;
  });
  return Object.fromEntries(read) as Settings;
}
