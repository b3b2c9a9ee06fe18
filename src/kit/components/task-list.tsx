import { Chip } from "./chip.tsx";
import type { Content, Tone } from "./common.ts";

export interface Task {
  title: string;
  href: string;
  /** Why it needs this person. */
  why: Content;
  /** How long it has waited, or what the clock says: "3 days left". */
  age: string;
  state?: { text: string; tone: Tone } | undefined;
  /** The one thing to do. */
  action: { text: string; href: string };
}

/** What needs this person, most pressing first; each with an age and one action. */
export function TaskList({ tasks, empty }: { tasks: readonly Task[]; empty: Content }) {
  if (tasks.length === 0) return <div class="gh-tasks gh-tasks--empty">{empty}</div>;
  return (
    <ul class="gh-tasks">
      {tasks.map((task) => (
        <li class={`gh-task gh-task--${task.state?.tone ?? "plain"}`}>
          <div class="gh-task__what">
            <a class="govuk-link gh-task__title" href={task.href}>
              {task.title}
            </a>
            <p class="gh-task__why">{task.why}</p>
          </div>
          <p class="gh-task__age">
            {task.state ? <Chip text={task.state.text} tone={task.state.tone} /> : null}
            <span>{task.age}</span>
          </p>
          <a class="gh-task__action" href={task.action.href}>
            {task.action.text}
            <span class="govuk-visually-hidden">: {task.title}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
