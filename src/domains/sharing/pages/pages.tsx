import type { Page } from "../../../access/index.ts";
import { agreementPages } from "./agreement-page.tsx";
import { agreementListPages } from "./agreements-page.tsx";
import { askPages } from "./ask-page.tsx";
import { lendPages } from "./lend-page.tsx";
import { requestPages } from "./requests-page.tsx";
import { termsPages } from "./terms-page.tsx";
import { newAgreementPages } from "./new-agreement-page.tsx";

export const sharingPages: readonly Page[] = [
  ...agreementListPages,
  ...newAgreementPages,
  ...termsPages,
  ...agreementPages,
  ...lendPages,
  ...askPages,
  ...requestPages,
];
