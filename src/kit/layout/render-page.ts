import type { VNode } from "preact";
import { render } from "preact-render-to-string";

/** The doctype and the page: what goes over the wire. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${render(page)}`;
}
