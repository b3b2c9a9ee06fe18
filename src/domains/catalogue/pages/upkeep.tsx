import type { Session } from "../../../access/index.ts";
import { catalogueActions } from "../actions.ts";
import type { EntryPage } from "../entries.ts";

/** What its owner should look at, and the way to attest. */
export function Upkeep({ entry: page, session }: { entry: EntryPage; session: Session }) {
  const { entry, life, flags, reopened } = page;
  const mayAttest = session.may(catalogueActions.attest, entry.organisation) && entry.state === "registered";
  const asked = mayAttest && life !== "attested";
  if (flags.length === 0 && reopened.length === 0 && !asked) return null;
  return (
    <section class="gh-upkeep" aria-labelledby="upkeep">
      <h2 class="govuk-heading-m" id="upkeep">
        To look at
      </h2>
      {flags.length + reopened.length === 0 ? null : (
        <ul class="govuk-list govuk-list--bullet">
          {flags.map(({ text, mend }) => (
            <li>
              {text} {mend}
            </li>
          ))}
          {reopened.map((why) => (
            <li>{why} It is to be attested again.</li>
          ))}
        </ul>
      )}
      {asked ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/datasets/${entry.datasetId}/attest`}>
            Attest that it is right
          </a>
          {entry.attestation === null ? ". Its owner does so once a year." : "."}
        </p>
      ) : null}
    </section>
  );
}
