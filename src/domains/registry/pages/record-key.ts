import { formatNumber } from "../../../kit/index.ts";
import type { RecordKey } from "../store.ts";

export function nameOf(key: RecordKey, titles: ReadonlyMap<string, string>): string {
  return `${titles.get(key.dataset) ?? key.dataset}, record ${formatNumber(key.record)}`;
}

export function idOf({ dataset, record }: RecordKey): string {
  return `${dataset}:${record}`;
}

export function parseKey(text: string | undefined): RecordKey {
  const [dataset = "", record = ""] = (text ?? "").split(":");
  return { dataset, record: Number(record) || 0 };
}
