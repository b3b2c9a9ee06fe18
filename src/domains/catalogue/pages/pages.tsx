import type { Page } from "../../../access/index.ts";
import { archivePages } from "./archive-page.tsx";
import { attestPages } from "./attest-page.tsx";
import { catalogueListPages } from "./catalogue-page.tsx";
import { columnPages } from "./column-page.tsx";
import { datasetPages } from "./dataset-page.tsx";
import { describePages } from "./describe-page.tsx";
import { editPages } from "./edit-pages.tsx";
import { historyPages } from "./history-page.tsx";
import { lineagePages } from "./lineage-page.tsx";

export const cataloguePages: readonly Page[] = [
  ...catalogueListPages,
  ...datasetPages,
  ...describePages,
  ...attestPages,
  ...archivePages,
  ...historyPages,
  ...lineagePages,
  ...columnPages,
  ...editPages,
];
