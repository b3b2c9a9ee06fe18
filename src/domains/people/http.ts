import { z } from "zod";
import type { Route } from "../../access/index.ts";

const me = z.object({
  id: z.string(),
  name: z.string(),
  organisation: z.object({ id: z.string(), name: z.string() }),
  roles: z.array(z.string()),
  purpose: z.string().nullable(),
});

export const peopleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/me",
    summary: "Who the token acts for, in which organisation, with which roles and purpose.",
    reply: me,
    handle: async ({ session }) => ({
      id: session.person?.id ?? "",
      name: session.person?.name ?? "",
      organisation: { id: session.person?.organisation ?? "", name: session.person?.organisationName ?? "" },
      roles: session.roles,
      purpose: session.purpose,
    }),
  },
];
