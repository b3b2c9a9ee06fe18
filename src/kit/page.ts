import type { GuildhallError } from "../kernel/errors.ts";

/** What a handler replies with to show a page, with a status where it is not 200. */
export function page<Content>(
  content: Content,
  status?: number,
): { readonly kind: "page"; readonly content: Content; readonly status?: number } {
  return { kind: "page", content, ...(status === undefined ? {} : { status }) };
}

/** The error summary of a form that was refused: what is wrong and how to mend it, leading to the first wrong field or to `fallback`. */
export function errorSummary(
  error: GuildhallError | undefined,
  fallback: string,
): { readonly errors?: readonly { readonly text: string; readonly href: string }[] } {
  if (error === undefined) return {};
  return { errors: [{ text: `${error.message} ${error.remedy}`, href: `#${Object.keys(error.fields)[0] ?? fallback}` }] };
}
