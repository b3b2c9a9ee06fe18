import type { Content } from "./common.ts";

export interface EmptyStateProps {
  /** Says kindly that there is nothing: "No sources yet". */
  title: string;
  /** Teaches: what would be here and why one wants it. */
  children: Content;
  action?: Content;
  level?: 2 | 3 | undefined;
}

export function EmptyState({ title, children, action, level = 2 }: EmptyStateProps) {
  return (
    <div class="gh-empty">
      {level === 2 ? <h2 class="gh-empty__title">{title}</h2> : <h3 class="gh-empty__title">{title}</h3>}
      <div class="gh-empty__text">{children}</div>
      {action ? <div class="gh-empty__action">{action}</div> : null}
    </div>
  );
}
