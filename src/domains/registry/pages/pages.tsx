import type { Page } from "../../../access/index.ts";
import { linkProjectPages } from "./link-project-page.tsx";
import { linksPages } from "./links-page.tsx";
import { newLinkPages } from "./new-link-page.tsx";
import { whyPages } from "./why-page.tsx";

export const registryPages: readonly Page[] = [...linksPages, ...newLinkPages, ...linkProjectPages, ...whyPages];
