/** The key "/" goes to the search box, unless one is typing. */
export function searchOnSlash(page: Document): void {
  const box = page.querySelector<HTMLInputElement>("#search");
  if (!box) return;
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
