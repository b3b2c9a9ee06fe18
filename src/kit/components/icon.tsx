/** Drawn by us on a grid of 24, one stroke; the text beside an icon says what it means. */
const paths = {
  home: "M4 11.5 12 5l8 6.5M6.5 10v9h11v-9M10.5 19v-5h3v5",
  pool: "M12 3v8m-3.5-3.2L12 11l3.5-3.2M4 14.5c2 0 2 1.5 4 1.5s2-1.5 4-1.5 2 1.5 4 1.5 2-1.5 4-1.5M4 19c2 0 2 1.5 4 1.5s2-1.5 4-1.5 2 1.5 4 1.5 2-1.5 4-1.5",
  know: "M12 6.5C10 5 7 4.5 4 5v13.5c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5Zm0 0V20",
  link: "M10 14.5a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 9.5a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  share: "M4 8h13m-4-4 4 4-4 4M20 16H7m4-4-4 4 4 4",
  use: "M4 20V10m5.3 10V4m5.4 16v-7M20 20V7",
  protect: "M12 3 5 5.5V11c0 4.6 2.8 8 7 10 4.2-2 7-5.4 7-10V5.5Zm-3 8.7 2.2 2.3 3.8-4.3",
  open: "M5 21V4.5L14 3v18M5 21h14V6h-5M11 11.5v1.5",
  assess: "M4.5 17.5a8.5 8.5 0 1 1 15 0M12 15l4-5.5M12 15h.01",
  plan: "M5 4h10l4 4v12H5Zm9 0v5h5M8.5 13h7M8.5 16.5h7",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L20 20",
  menu: "M4 7h16M4 12h16M4 17h16",
  download: "M12 4v11m-4.5-4L12 15.5l4.5-4.5M4.5 20h15",
  good: "M5 12.5 10 17.5 19.5 7",
  look: "M12 4 2.8 19.5h18.4ZM12 10v4.5m0 2.7v.01",
  stop: "M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3ZM9 9l6 6m0-6-6 6",
  note: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5m0-8.7v.01",
  up: "m6 14.5 6-6 6 6",
  down: "m6 9.5 6 6 6-6",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-3.8 3.6-6 7.5-6s6.9 2.2 7.5 6",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="gh-icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** The icon of a verb in the navigation, where we drew one. */
export function iconOf(word: string): IconName | undefined {
  const name = word.toLowerCase();
  return Object.hasOwn(paths, name) ? (name as IconName) : undefined;
}

/** A gabled hall with its copper roof: the hub's mark. */
export function Mark() {
  return (
    <svg class="gh-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path class="gh-mark__roof" fill="#0E6B63" d="M16 2.5 30 12v2.5H2V12Z" />
      <path
        class="gh-mark__wall"
        fill="#1C2B33"
        d="M4 16.5h24V29H4Zm3 12.5h4v-5.5a2 2 0 0 0-4 0Zm7 0h4v-5.5a2 2 0 0 0-4 0Zm7 0h4v-5.5a2 2 0 0 0-4 0Z"
        fill-rule="evenodd"
      />
    </svg>
  );
}
