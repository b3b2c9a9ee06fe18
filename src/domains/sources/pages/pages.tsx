import type { Page } from "../../../access/index.ts";
import { addSourcePages } from "./add-source-page.tsx";
import { databasePages } from "./database-pages.tsx";
import { earlierMendsPages } from "./earlier-mends-page.tsx";
import { mendPages } from "./mend-page.tsx";
import { quarantinePages } from "./quarantine-page.tsx";
import { schedulePages } from "./schedule-page.tsx";
import { sendAllPages } from "./send-all-page.tsx";
import { sentPages } from "./sent-page.tsx";
import { sourcePages } from "./source-page.tsx";
import { unreadPages } from "./unread-page.tsx";
import { sourceListPages } from "./sources-page.tsx";

export const sourcesPages: readonly Page[] = [
  ...sourceListPages,
  ...addSourcePages,
  ...databasePages,
  ...sourcePages,
  ...schedulePages,
  ...quarantinePages,
  ...mendPages,
  ...earlierMendsPages,
  ...sendAllPages,
  ...sentPages,
  ...unreadPages,
];
