import { purposes, roles, type House, type PageContent, type Role, type Section, type Session } from "../../access/index.ts";
import { Layout, renderPage } from "../../kit/index.ts";

const verbs: readonly Section["verb"][] = ["Pool", "Know", "Link", "Share", "Use", "Protect", "Open", "Assess"];

export interface FrameFacts {
  readonly place: string;
  readonly invented: boolean;
}

/** A page in the hub's frame: the place, who and why, and the verbs that this session may use. */
export function renderFrame(
  content: PageContent,
  request: { session: Session; csrf: string; path: string; house: House; facts: FrameFacts },
): string {
  const { session, path, facts } = request;
  const person = session.person;
  return renderPage(
    <Layout
      title={content.title}
      place={facts.place}
      invented={facts.invented}
      nav={person ? navigation(session, path, request.house) : []}
      search={person !== null}
      {...(content.lede === undefined ? {} : { lede: content.lede })}
      {...(content.state === undefined ? {} : { state: content.state })}
      {...(content.crumbs === undefined ? {} : { crumbs: content.crumbs })}
      {...(content.mainAction === undefined ? {} : { mainAction: content.mainAction })}
      {...(content.flash === undefined ? {} : { flash: content.flash })}
      {...(content.errors === undefined ? {} : { errors: content.errors })}
      {...(content.refreshSeconds === undefined ? {} : { refreshSeconds: content.refreshSeconds })}
      {...(content.wide === undefined ? {} : { wide: content.wide })}
      {...(person
        ? {
            person: {
              name: person.name,
              organisation: person.organisationName,
              role: roleWords(person.roles),
              signOutCsrf: request.csrf,
            },
            purpose: { label: session.purpose === null ? "No purpose" : purposes[session.purpose].label, changeHref: "/purpose" },
          }
        : {})}
    >
      {content.body}
    </Layout>,
  );
}

/** The bar has room for one role; the settings page has them all. */
function roleWords([first, ...others]: readonly Role[]): string {
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return first === undefined ? "No role" : `${roles[first]}${more}`;
}

function navigation(session: Session, path: string, house: House) {
  const sections = house.modules
    .flatMap((module) => module.sections ?? [])
    .filter((section) => session.may(section.action, null));
  return verbs.flatMap((verb) => {
    const items = sections
      .filter((section) => section.verb === verb)
      .map(({ text, href }) => ({ text, href, current: path === href || path.startsWith(`${href}/`) }));
    const [first] = items;
    return first ? [{ verb, href: first.href, current: items.some((item) => item.current), items }] : [];
  });
}
