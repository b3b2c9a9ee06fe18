import { purposes, purposesOf, roles, type Page } from "../../../access/index.ts";
import { page, PostForm, Radios } from "../../../kit/index.ts";
import { listMemberships } from "../find-person.ts";
import { choosePurpose } from "../sign-in.ts";

export const purposePages: readonly Page[] = [
  {
    method: "GET",
    path: "/purpose",
    handle: async ({ session, house, csrf }) => {
      const person = session.person;
      if (!person) return { kind: "redirect", to: "/sign-in" };
      const memberships = await listMemberships(house.store, person.id);
      const choices = memberships.flatMap((membership) => {
        const allowed = purposesOf(membership.roles);
        return (allowed.length === 0 ? [""] : allowed).map((purpose) => ({
          value: `${membership.organisation} ${purpose}`,
          text:
            purpose === ""
              ? `Membership only, for ${membership.organisationName}`
              : `${purposes[purpose as keyof typeof purposes].label}, for ${membership.organisationName}`,
          hint: membership.roles.map((role) => roles[role]).join(", "),
        }));
      });
      return page({
        title: "What are you working on?",
        lede: "What you may see depends on why you need it. Every use is recorded under the purpose in force.",
        body: (
          <PostForm
            action="/purpose"
            csrf={csrf}
            button="Use this purpose"
            beside={
              <a class="govuk-link" href="/">
                Keep the one in force
              </a>
            }
          >
            <Radios name="choice" legend="Purpose" value={`${person.organisation} ${session.purpose ?? ""}`} items={choices} />
          </PostForm>
        ),
      });
    },
  },
  {
    method: "POST",
    path: "/purpose",
    handle: async ({ session, house, form, cookie }) => {
      const [organisation = "", purpose = ""] = (form["choice"] ?? "").split(" ");
      if (cookie !== null) await choosePurpose(session, cookie, { organisation, purpose }, house);
      return { kind: "redirect", to: "/", flash: "The purpose in force has changed." };
    },
  },
];
