import type { PageContent } from "../../access/index.ts";
import { GuildhallError, httpStatusOf } from "../../kernel/errors.ts";
import { Refusal } from "../../kit/index.ts";

/** The page for a failure. A fault of the program shows a reference and nothing else. */
export function failureContent(error: unknown, reference: string): { status: number; content: PageContent; unexpected: boolean } {
  if (error instanceof GuildhallError) {
    const given = /Reference ([0-9A-Z]{8})/.exec(error.message)?.[1] ?? reference;
    return {
      status: httpStatusOf[error.kind],
      unexpected: error.kind === "broken",
      content: { title: titleOf(error), body: <Refusal sentence={error.message} remedy={error.remedy} reference={given} /> },
    };
  }
  const status = statusOf(error);
  const fault = status >= 500;
  return {
    status,
    unexpected: fault,
    content: {
      title: fault ? "Something went wrong" : "That request cannot be used",
      body: (
        <Refusal
          sentence={
            fault
              ? "The hub could not do this because of a fault of its own. Nothing was half-saved."
              : "The request is too large or is not written as it should be."
          }
          remedy={
            fault
              ? "Try again. If it happens twice, give the reference to the person who runs this hub."
              : "Go back, load the page again, and try once more."
          }
          reference={reference}
        />
      ),
    },
  };
}

/** The status that Fastify gives to a request it could not read; 500 for everything else. */
function statusOf(error: unknown): number {
  const given = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  return given >= 400 && given < 500 ? given : 500;
}

function titleOf(error: GuildhallError): string {
  switch (error.kind) {
    case "missing":
    case "refused":
      return "Not available";
    case "unavailable":
      return "Not possible just now";
    default:
      return "That did not work";
  }
}
