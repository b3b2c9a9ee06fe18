import { startWithin } from "./forms.ts";

const everyMs = 2000;
const longestMs = 30_000;

/**
 * Follows long work: asks each `data-live` element's address for the same element every two seconds and swaps it in,
 * until the answer no longer says `data-live`; then the whole page is loaded again. A hidden tab rests; failures wait longer each time.
 */
export function followLive(page: Document): void {
  for (const element of page.querySelectorAll<HTMLElement>("[data-live][id]")) void follow(element);
}

async function follow(first: HTMLElement): Promise<void> {
  let element = first;
  let wait = everyMs;
  for (let href = element.dataset["live"]; href; href = element.dataset["live"]) {
    await pause(wait);
    if (document.hidden) continue;
    const next = await ask(href, element.id);
    if (next === undefined) {
      wait = Math.min(wait * 2, longestMs);
      continue;
    }
    wait = everyMs;
    if (next.innerHTML === element.innerHTML && next.dataset["live"] === href) continue;
    if (next.dataset["live"] === undefined) {
      location.reload(); // the work is over, and the head of the page has changed with it
      return;
    }
    swap(element, next);
    element = next;
  }
}

async function ask(href: string, id: string): Promise<HTMLElement | undefined> {
  try {
    const reply = await fetch(href, { headers: { accept: "text/html" }, credentials: "same-origin" });
    if (!reply.ok) return undefined;
    const fragment = new DOMParser().parseFromString(await reply.text(), "text/html");
    return fragment.getElementById(id) ?? undefined;
  } catch {
    return undefined; // the network is away; ask again later
  }
}

/** Puts the new part in, keeping the keyboard where it was. */
function swap(old: HTMLElement, next: HTMLElement): void {
  const focused = document.activeElement;
  const at = focused && old.contains(focused) ? focusables(old).indexOf(focused as HTMLElement) : -1;
  old.replaceWith(next);
  startWithin(next);
  if (at >= 0) focusables(next)[at]?.focus();
}

function focusables(within: HTMLElement): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [tabindex='0']")];
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}
