import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { civilDate } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  DataTable,
  EmptyState,
  errorSummary,
  FileUpload,
  InsetText,
  Live,
  page,
  plural,
  PostForm,
  Progress,
} from "../../../kit/index.ts";
import { catalogueActions } from "../actions.ts";
import { applyEdit, downloadRegister, getEdit, readEdit, sheetLimits, type PlannedEdit } from "../edit-many.ts";
import { entryFields } from "../entry-fields.ts";
import { catalogueError } from "../errors.ts";

const mostShown = 500;
const crumbs = [{ text: "Catalogue", href: "/datasets" }];

export const editPages: readonly Page[] = [
  {
    method: "GET",
    path: "/register",
    handle: async ({ session, csrf }) => page(startContent(session, csrf)),
  },
  {
    method: "GET",
    path: "/register/download",
    handle: async ({ session, house }) => ({
      kind: "file",
      name: `register-${civilDate(house.clock())}.csv`,
      type: "text/csv; charset=utf-8",
      body: await downloadRegister(session, session.organisation ?? ""),
    }),
  },
  {
    method: "POST",
    path: "/register",
    upload: true,
    handle: async ({ session, house, files, csrf }) => {
      try {
        const file = files.find(({ name }) => name !== "");
        const given = file && { name: file.name, path: file.path, keep: false };
        const job = await readEdit(session, given, session.organisation ?? "", house);
        return { kind: "redirect", to: `/register/edits/${job.id}` };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(startContent(session, csrf, error), 400);
      }
    },
  },
  {
    method: "GET",
    path: "/register/edits/:id",
    handle: async ({ session, house, params, csrf }) => page(await editContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/register/edits/:id",
    handle: async ({ session, house, params, csrf }) => {
      const id = params["id"] ?? "";
      try {
        const { cells, datasets } = await applyEdit(session, id, house);
        return {
          kind: "redirect",
          to: "/datasets",
          flash: `${plural(cells, "cell")} of ${plural(datasets, "dataset")} were changed.`,
        };
      } catch (error) {
        if (!isMendable(error) || error.kind === "missing") throw error;
        return page(await editContent(session, id, house, csrf, error), 409);
      }
    },
  },
];

function startContent(session: Session, csrf: string, error?: GuildhallError): PageContent {
  if (!session.may(catalogueActions.editMany, session.organisation)) throw catalogueError("no-edit", {});
  return {
    title: "Edit many at once",
    lede: "Download the register, change it in a spreadsheet, and send it back. You see each changed cell before anything is saved.",
    crumbs,
    ...errorSummary(error, "file"),
    body: (
      <>
        <p class="govuk-body">
          <Button href="/register/download" secondary>
            Download the register
          </Button>
        </p>
        <p class="govuk-body">
          Keep the column “Id” as it is. An empty cell takes away what was there; a column or a row that you leave out changes
          nothing.
        </p>
        <PostForm action="/register" csrf={csrf} button="Show what would change" multipart>
          <FileUpload
            name="file"
            label="The edited spreadsheet"
            hint={`CSV, XLSX or ODS; at most ${sheetLimits.megabytes} MB and ${sheetLimits.rows.toLocaleString("en-GB")} rows.`}
            error={error?.fields["file"]}
          />
        </PostForm>
      </>
    ),
  };
}

async function editContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  error?: GuildhallError,
): Promise<PageContent> {
  const job = await getEdit(session, id, house);
  const path = [...crumbs, { text: "Edit many at once", href: "/register" }];
  const again = (
    <Button href="/register" secondary>
      Send another spreadsheet
    </Button>
  );
  if (job.state === "queued" || job.state === "running")
    return {
      title: "What would change",
      crumbs: path,
      refreshSeconds: 2,
      body: (
        <Live id="edit" href={`/register/edits/${id}`}>
          <Progress what="Reading the spreadsheet" done={0} amount={job.progress?.step ?? "It is about to begin"} />
        </Live>
      ),
    };
  if (job.state !== "done")
    return {
      title: "The spreadsheet was not read",
      lede: `${job.error?.message ?? "Reading it was stopped."} ${job.error?.remedy ?? ""}`.trim(),
      crumbs: path,
      body: <Live id="edit">{again}</Live>,
    };
  const plan = job.result as PlannedEdit;
  const ready = plan.problems.length === 0 && plan.changes.length > 0;
  const datasets = new Set(plan.changes.map(({ dataset }) => dataset)).size;
  return {
    title: "What would change",
    lede:
      plan.changes.length === 0
        ? plan.problems.length > 0
          ? `Nothing of “${plan.fileName}” can be saved as it is.`
          : `“${plan.fileName}” says what the register says.`
        : `${plural(plan.changes.length, "cell")} of ${plural(datasets, "dataset")}, by “${plan.fileName}”. Nothing is changed yet.`,
    crumbs: path,
    wide: true,
    ...(error ? { errors: [{ text: `${error.message} ${error.remedy}`, href: "#problems" }] } : {}),
    body: (
      <Live id="edit">
        {plan.aside.length === 0 ? null : (
          <InsetText>Left aside, since the register has no such field: {plan.aside.join(", ")}.</InsetText>
        )}
        <div id="problems">
          {plan.problems.length === 0 ? null : (
            <DataTable
              caption="To be mended in the spreadsheet first"
              count={plan.problems.length > mostShown ? `The first ${mostShown} of ${plan.problems.length}` : undefined}
              rows={plan.problems.slice(0, mostShown)}
              empty=""
              columns={[
                { key: "row", title: "Row", align: "right", cell: ({ row }) => (row === 0 ? "–" : String(row + 1)) },
                { key: "text", title: "What is wrong", names: true, cell: ({ text }) => text },
              ]}
            />
          )}
        </div>
        <DataTable
          caption="Changed cells"
          count={plan.changes.length > mostShown ? `The first ${mostShown} of ${plan.changes.length}` : undefined}
          rows={plan.changes.slice(0, mostShown)}
          empty={<EmptyState title="Nothing would change">The rows that were read say what the register says now.</EmptyState>}
          columns={[
            {
              key: "dataset",
              title: "Dataset",
              names: true,
              cell: ({ dataset, title }) => (
                <a class="govuk-link" href={`/datasets/${dataset}`}>
                  {title}
                </a>
              ),
            },
            { key: "field", title: "Field", cell: ({ field }) => entryFields.find(({ key }) => key === field)?.label ?? field },
            { key: "before", title: "Now", cell: ({ before }) => before || "–" },
            { key: "after", title: "Then", cell: ({ after }) => after || "–" },
          ]}
        />
        {ready ? (
          <PostForm
            action={`/register/edits/${id}`}
            csrf={csrf}
            button={`Save ${plural(plan.changes.length, "change")}`}
            beside={again}
          />
        ) : (
          again
        )}
      </Live>
    ),
  };
}
