import type { Page, PageContent, PageRequest, Session } from "../../../access/index.ts";
import { formatDate, civilDate } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Details,
  EmptyState,
  errorSummary,
  FileUpload,
  formatNumber,
  Input,
  OutlineMap,
  page,
  pageFrom,
  PageLinks,
  plural,
  PostForm,
} from "../../../kit/index.ts";
import { placesActions } from "../actions.ts";
import { addAreas, pageAreas, removeAreas } from "../areas.ts";
import { placesError } from "../errors.ts";

export const placesPages: readonly Page[] = [
  {
    method: "GET",
    path: "/areas",
    handle: async ({ session, query, csrf }) => page(await listContent(session, pageFrom(query), csrf)),
  },
  { method: "GET", path: "/areas/new", handle: async ({ csrf }) => page(newContent(csrf, {})) },
  {
    method: "POST",
    path: "/areas/new",
    upload: true,
    handle: async (request) => {
      try {
        const { set } = await addAreas(request.session, { ...postedAreas(request) }, request.house);
        return { kind: "redirect", to: "/areas", flash: `“${set.title}” was added, with ${plural(set.areas, "area")}.` };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(newContent(request.csrf, request.form, error), 400);
      }
    },
  },
  {
    method: "POST",
    path: "/areas/:id/remove",
    handle: async ({ session, params }) => {
      const set = await removeAreas(session, params["id"] ?? "");
      return { kind: "redirect", to: "/areas", flash: `“${set.title}” was removed.` };
    },
  },
];

function postedAreas({ form, files: [file] }: PageRequest) {
  if (!file) throw placesError("none-chosen", {}, { file: "Choose a file." });
  return {
    title: form["title"]?.trim() || file.name.replace(/\.[^.]+$/, ""),
    attribution: form["attribution"] ?? "",
    path: file.path,
    fileName: file.name,
    properties: { code: form["code"], name: form["name"] },
  };
}

async function listContent(session: Session, wanted: number, csrf: string): Promise<PageContent> {
  const found = await pageAreas(session, wanted);
  const sets = found.rows;
  const mayAdd = session.may(placesActions.add, session.organisation);
  return {
    title: "Areas",
    lede: "Wards, neighbourhoods and other areas with their boundaries. An answer by area code is drawn as a map of them.",
    wide: true,
    mainAction: mayAdd && sets.length > 0 ? <Button href="/areas/new">Add areas</Button> : undefined,
    body:
      sets.length === 0 ? (
        <EmptyState title="No areas yet" action={mayAdd ? <Button href="/areas/new">Add the first areas</Button> : undefined}>
          Add a GeoJSON file of your wards or neighbourhoods, and answers by area code are drawn as maps.
        </EmptyState>
      ) : (
        <>
          <ul class="gh-area-sets">
            {sets.map(({ set, shapes }) => (
              <li class="gh-area-sets__item">
                <div class="gh-area-sets__map">
                  {shapes.length === 0 ? (
                    <p class="govuk-hint">Too many areas for a picture of this size.</p>
                  ) : (
                    <OutlineMap shapes={shapes} width={280} label={`Map of ${set.title}`} />
                  )}
                </div>
                <div>
                  <h2 class="govuk-heading-m">{set.title}</h2>
                  <p class="govuk-body">
                    {plural(set.areas, "area")}, added {formatDate(civilDate(set.createdAt))}.
                  </p>
                  <p class="govuk-body-s">{set.attribution || "No attribution recorded."}</p>
                  {shapes.length > 0 ? (
                    <Details summary="Codes and names">
                      <ul class="govuk-list gh-area-sets__codes">
                        {shapes.slice(0, 500).map(({ code, name }) => (
                          <li>
                            <code>{code}</code> {name}
                          </li>
                        ))}
                      </ul>
                      {shapes.length > 500 ? (
                        <p class="govuk-body">The first 500 of {formatNumber(shapes.length)} are shown.</p>
                      ) : null}
                    </Details>
                  ) : null}
                  {session.may(placesActions.remove, set.organisation) ? (
                    <Details summary="Remove these areas">
                      <PostForm action={`/areas/${set.id}/remove`} csrf={csrf} button={`Remove “${set.title}”`} warning>
                        <p class="govuk-body">Answers stay as they are, without this map.</p>
                      </PostForm>
                    </Details>
                  ) : null}
                </div>
              </li>
            ))}
          </ul>
          <PageLinks of={found} path="/areas" />
        </>
      ),
  };
}

function newContent(csrf: string, form: Readonly<Record<string, string>>, error?: GuildhallError): PageContent {
  const field = Object.keys(error?.fields ?? {})[0] ?? "file";
  return {
    title: "Add areas",
    lede: "Choose a GeoJSON file of boundaries. Each area has a code, by which figures find it, and a name.",
    crumbs: [{ text: "Areas", href: "/areas" }],
    ...errorSummary(error, "file"),
    body: (
      <PostForm
        action="/areas/new"
        csrf={csrf}
        button="Add the areas"
        multipart
        beside={
          <a class="govuk-link" href="/areas">
            Back to the areas
          </a>
        }
      >
        <FileUpload
          name="file"
          label="File"
          hint="GeoJSON in WGS84 (longitude, latitude), at most 20,000 areas and 50 MB. Generalised boundaries are best."
          error={error?.fields["file"] ?? (error && field === "file" ? error.message : undefined)}
        />
        <Input
          name="title"
          label="Title"
          hint="What they are and of when, such as “Wards, May 2023”. Left empty, it takes the file’s name."
          value={form["title"]}
          error={error?.fields["title"]}
        />
        <Input
          name="attribution"
          label="Attribution"
          hint="The line that must stand under maps made from them."
          value={form["attribution"]}
        />
        <Details
          summary="Which properties hold the code and the name?"
          open={Boolean(error?.fields["code"] ?? error?.fields["name"])}
        >
          <p class="govuk-body">
            The hub finds properties such as <code>area_code</code> and <code>area_name</code>, or <code>WD23CD</code> and{" "}
            <code>WD23NM</code>. Name them here where yours are called otherwise.
          </p>
          <Input name="code" label="Property with the code" value={form["code"]} error={error?.fields["code"]} />
          <Input name="name" label="Property with the name" value={form["name"]} error={error?.fields["name"]} />
        </Details>
      </PostForm>
    ),
  };
}
