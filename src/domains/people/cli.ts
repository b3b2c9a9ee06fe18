import type { Command } from "../../access/index.ts";
import { addOrganisation, addPerson } from "./add-people.ts";
import { organisationKinds } from "./store.ts";
import { logIn } from "./sign-in.ts";

export const peopleCommands: readonly Command[] = [
  {
    verb: "login",
    summary: "Get a token that acts for you for a day.",
    usage: "guildhall login EMAIL [--password-file F] [--purpose P]",
    example: "guildhall login sam@example.org --password-file ~/.guildhall-password",
    flags: {
      "password-file": { type: "string", about: "A file that holds the password; without it, you are asked." },
      purpose: { type: "string", about: "The purpose to work for; the first of yours when left out." },
    },
    takes: { least: 1, most: 1 },
    run: async ({ arguments: [email = ""], flags, house, out, secret }) => {
      const password = await secret("password-file", "Password: ");
      const { token, expiresAt } = await logIn(
        { email, password, address: "local", purpose: String(flags["purpose"] ?? "") },
        house,
      );
      out.line(`export GUILDHALL_TOKEN=${token}`);
      out.line(`It works until ${new Date(expiresAt).toISOString()}.`);
      out.json({ token, expiresAt: new Date(expiresAt).toISOString() });
    },
  },
  {
    verb: "organisation add",
    summary: "Register an organisation; the first one is the host.",
    usage: "guildhall organisation add NAME [--kind council|health|police|school|charity|other]",
    example: "guildhall organisation add 'Exampleton Council' --kind council",
    flags: { kind: { type: "string", about: "What kind of body it is; council when left out." } },
    takes: { least: 1, most: 1 },
    run: async ({ session, arguments: [name = ""], flags, house, out }) => {
      const kind = organisationKinds.find((known) => known === flags["kind"]) ?? "council";
      const id = await addOrganisation(session, { name, kind }, house);
      out.line(`Registered ${name}.`);
      out.json({ id });
    },
  },
  {
    verb: "person add",
    summary: "Make an account with roles in an organisation.",
    usage: "guildhall person add EMAIL --name N --organisation O --roles R,R --password-file F",
    example:
      "guildhall person add amal@example.org --name 'Amal Example' --organisation Council --roles steward,analyst --password-file p.txt",
    flags: {
      name: { type: "string", about: "The person's name." },
      organisation: { type: "string", about: "The organisation, by name or id." },
      roles: { type: "string", about: "Roles with commas between them." },
      "password-file": { type: "string", about: "A file that holds the first password." },
    },
    takes: { least: 1, most: 1 },
    run: async ({ session, arguments: [email = ""], flags, house, out, secret }) => {
      const password = await secret("password-file", "First password: ");
      const roles = String(flags["roles"] ?? "")
        .split(",")
        .filter(Boolean);
      const id = await addPerson(
        session,
        {
          email,
          name: String(flags["name"] ?? ""),
          password,
          memberships: [{ organisation: String(flags["organisation"] ?? ""), roles }],
        },
        house,
      );
      out.line(`Made an account for ${email}.`);
      out.json({ id });
    },
  },
];
