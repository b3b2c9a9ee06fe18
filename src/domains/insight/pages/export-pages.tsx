import type { Page } from "../../../access/index.ts";
import { GuildhallError, httpStatusOf } from "../../../kernel/errors.ts";
import { page } from "../../../kit/index.ts";
import { cancelExport, describeExports, fetchExport, isKept, startExport } from "../exports.ts";
import { exportContent } from "./export-page.tsx";
import { isRefusedRows, noRowsContent } from "./rows-page.tsx";

export const exportPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/export",
    handle: async ({ session, house, params, query, csrf }) => {
      const dataset = params["id"] ?? "";
      try {
        const frame = await describeExports(session, dataset, house);
        return page(exportContent({ frame, kept: (job) => isKept(job, house), csrf, form: query }));
      } catch (error) {
        if (isRefusedRows(error)) return page(noRowsContent(dataset, error, session), httpStatusOf[error.kind]);
        throw error;
      }
    },
  },
  {
    method: "POST",
    path: "/datasets/:id/export",
    handle: async ({ session, house, params, form, csrf }) => {
      const dataset = params["id"] ?? "";
      const version = /^\d{1,9}$/.test(form["version"] ?? "") ? Number(form["version"]) : null;
      try {
        await startExport(session, { dataset, format: form["format"] ?? "", version, on: null }, house);
        return { kind: "redirect", to: `/datasets/${dataset}/export` };
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.fields["format"] === undefined) throw error;
        const frame = await describeExports(session, dataset, house);
        return page(exportContent({ frame, kept: (job) => isKept(job, house), csrf, form, error }), httpStatusOf[error.kind]);
      }
    },
  },
  {
    method: "GET",
    path: "/datasets/:id/exports/:job",
    handle: async ({ session, house, params }) => {
      const { name, path } = await fetchExport(session, params["id"] ?? "", params["job"] ?? "", house);
      return { kind: "stream", name, type: "application/zip", path };
    },
  },
  {
    method: "POST",
    path: "/datasets/:id/exports/:job/cancel",
    handle: async ({ session, house, params }) => {
      await cancelExport(session, params["id"] ?? "", params["job"] ?? "", house);
      return { kind: "redirect", to: `/datasets/${params["id"] ?? ""}/export`, flash: "The export is being cancelled." };
    },
  },
];
