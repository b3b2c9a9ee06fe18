import { DataTable, Details, Layout, renderPage } from "../../kit/index.ts";

interface Operation {
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly description?: string }[];
}

/** The API in a page that people can read, drawn from the same description that programs read. */
export function apiPage(description: { paths?: Readonly<Record<string, unknown>> | undefined }): string {
  const operations = Object.entries(description.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
  return renderPage(
    <Layout
      title="The API"
      lede="Everything a person may do in the hub, for programs that act for them. The same decisions, the same record of use."
      place="Guildhall"
      invented={false}
      nav={[]}
    >
      <p class="govuk-body">
        Send a token as <code>Authorization: Bearer gh_…</code>. You make one on the page{" "}
        <a class="govuk-link" href="/tokens">
          Access tokens
        </a>
        . The full description is{" "}
        <a class="govuk-link" href="/api/openapi.json">
          openapi.json
        </a>{" "}
        (OpenAPI 3.1).
      </p>
      <DataTable
        caption="Routes"
        rows={operations}
        empty="There are none."
        columns={[
          { key: "route", title: "Route", names: true, cell: (row) => <code>{`${row.method} ${row.path}`}</code> },
          { key: "does", title: "What it does", cell: (row) => row.operation.summary ?? "" },
          {
            key: "who",
            title: "Who may",
            cell: (row) => (row.operation.security?.length === 0 ? "Anybody" : "A person with a token"),
          },
          {
            key: "takes",
            title: "Takes",
            cell: (row) => (row.operation.parameters ?? []).map((parameter) => parameter.name).join(", ") || "–",
          },
        ]}
      />
      <Details summary="What an error looks like">
        <pre class="gh-raw">{`{ "error": { "code": "access.missing", "message": "…", "remedy": "…", "reference": "3F7K2M9Q" } }`}</pre>
      </Details>
    </Layout>,
  );
}
