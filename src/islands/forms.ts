import {
  Button,
  Checkboxes,
  createAll,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
} from "govuk-frontend";

/** Starts govuk-frontend's behaviours. Its style sheet hides things only once these two classes say that script runs. */
export function startForms(body: HTMLElement): void {
  body.classList.add("js-enabled", "govuk-frontend-supported");
  startWithin(document);
}

/** The behaviours of one part of a page, such as a fragment just swapped in. */
export function startWithin(scope: Element | Document): void {
  const all = [Button, Checkboxes, ErrorSummary, FileUpload, NotificationBanner, PasswordInput, Radios, SkipLink];
  for (const behaviour of all) createAll(behaviour, undefined, scope);
}
