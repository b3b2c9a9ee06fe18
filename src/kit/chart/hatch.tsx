import { edge, paper } from "./palette.ts";

/** The hatching of what is hidden; `id` makes it findable in a page with several charts. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="gh-hatch__ground" width="6" height="6" fill={paper} />
        <rect class="gh-hatch__line" width="2" height="6" fill={edge} />
      </pattern>
    </defs>
  );
}
