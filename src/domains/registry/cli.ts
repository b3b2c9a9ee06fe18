import type { Command } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { listProjects, startRun } from "./projects.ts";

export const registryCommands: readonly Command[] = [
  {
    verb: "link",
    summary: "List your link projects, or run one. Needs GUILDHALL_TOKEN: the operator links nobody's records.",
    usage: "guildhall link [PROJECT] [--json]",
    example: "guildhall link 'Front door'",
    flags: {},
    takes: { least: 0, most: 1 },
    run: async ({ session, house, arguments: [wanted], out }) => {
      const states = await listProjects(session, house);
      if (wanted === undefined) {
        out.table(
          ["Project", "Id", "People found", "Last run"],
          states.map(({ project, run }) => [
            project.title,
            project.id,
            run?.report.entities ?? "–",
            run ? new Date(run.at).toISOString() : "–",
          ]),
        );
        out.json(states.map(({ project, run }) => ({ id: project.id, title: project.title, report: run?.report ?? null })));
        return;
      }
      const found = states.find(({ project }) => project.id === wanted || project.title === wanted);
      if (!found)
        throw new GuildhallError({
          code: "registry.no-project",
          kind: "missing",
          message: `There is no link project “${wanted}”.`,
          remedy: "“guildhall link” lists them.",
        });
      const queued = await startRun(session, found.project.id, house);
      const job = await house.jobs.wait(queued.id, (progress) => out.progress({ ...progress, unit: "steps" }));
      out.progress(null);
      if (job.state !== "done")
        throw new GuildhallError({
          kind: "invalid",
          ...(job.error ?? { code: "registry.cancelled", message: "The run was cancelled.", remedy: "Run it again." }),
        });
      const after = (await listProjects(session, house)).find(({ project }) => project.id === found.project.id);
      const report = after?.run?.report;
      if (report)
        out.table(
          ["Records", "People found", "With several records", "To look at", "Seconds"],
          [
            [
              report.records.reduce((sum, source) => sum + source.records, 0),
              report.entities,
              report.joined,
              report.review,
              report.seconds.toFixed(1),
            ],
          ],
        );
      out.json(report ?? null);
    },
  },
];
