import type { Page } from "../../../access/index.ts";
import { datasetPages } from "./dataset-page.tsx";
import { issuesPages } from "./issues-page.tsx";
import { overviewPages } from "./overview-page.tsx";
import { rowsPages } from "./rows-page.tsx";
import { rulePages } from "./rule-page.tsx";

export const qualityPages: readonly Page[] = [...overviewPages, ...datasetPages, ...rulePages, ...rowsPages, ...issuesPages];
