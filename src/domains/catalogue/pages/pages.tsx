import type { Page } from "../../../access/index.ts";
import { catalogueListPages } from "./catalogue-page.tsx";
import { columnPages } from "./column-page.tsx";
import { datasetPages } from "./dataset-page.tsx";
import { describePages } from "./describe-page.tsx";

export const cataloguePages: readonly Page[] = [...catalogueListPages, ...datasetPages, ...describePages, ...columnPages];
