import type { Page } from "../../../access/index.ts";
import { passwordPages } from "./password-page.tsx";
import { peopleListPages } from "./people-page.tsx";
import { personPages } from "./person-page.tsx";
import { purposePages } from "./purpose-page.tsx";
import { settingsPages } from "./settings-page.tsx";
import { setUpPages } from "./set-up-page.tsx";
import { signInPages } from "./sign-in-page.tsx";
import { tokenPages } from "./tokens-page.tsx";

export const peoplePages: readonly Page[] = [
  ...signInPages,
  ...setUpPages,
  ...purposePages,
  ...peopleListPages,
  ...personPages,
  ...settingsPages,
  ...passwordPages,
  ...tokenPages,
];
