import type { PageContent } from "../../../access/index.ts";
import { Chip } from "../../../kit/index.ts";
import type { Job } from "../../../store/index.ts";

export function isBusy(job: Job | null): boolean {
  return job?.state === "queued" || job?.state === "running";
}

export function LoadChip({ job }: { job: Job | null }) {
  if (!job) return <>–</>;
  const states = {
    queued: ["Waiting", "note"],
    running: ["Loading", "note"],
    done: ["Loaded", "good"],
    failed: ["Failed", "stop"],
    cancelled: ["Cancelled", "look"],
  } as const;
  const [text, tone] = states[job.state];
  return <Chip text={text} tone={tone} />;
}

export function stateChip(job: Job | null): NonNullable<PageContent["state"]> {
  if (job?.state === "failed") return { text: "Failed", tone: "stop" };
  if (job?.state === "cancelled") return { text: "Cancelled", tone: "look" };
  return isBusy(job) ? { text: "Loading", tone: "note" } : { text: "Loaded", tone: "good" };
}
