import type { Content } from "./common.ts";

export interface FindingProps {
  /** The finding itself ("Collisions fell by a fifth since 2019"), or else the plain question. */
  title: Content;
  /** Measure, unit, place, period. */
  subtitle?: Content;
  level?: 2 | 3 | undefined;
  id?: string | undefined;
}

export function Finding({ title, subtitle, level = 2, id }: FindingProps) {
  return (
    <div class="gh-finding">
      {level === 2 ? (
        <h2 class="gh-finding__title" id={id}>
          {title}
        </h2>
      ) : (
        <h3 class="gh-finding__title" id={id}>
          {title}
        </h3>
      )}
      {subtitle ? <p class="gh-finding__subtitle">{subtitle}</p> : null}
    </div>
  );
}
