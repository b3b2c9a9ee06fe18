/** What kind of failure an error is. One table each turns a kind into an HTTP status and a command's exit code. */
export type ErrorKind =
  "invalid" | "unauthenticated" | "refused" | "missing" | "conflict" | "limit" | "unavailable" | "unsupported" | "broken";

export const httpStatusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  refused: 403,
  missing: 404,
  conflict: 409,
  limit: 413,
  unavailable: 503,
  unsupported: 415,
  broken: 500,
};

/** 1 failed, 2 wrong usage, 3 refused by policy. */
export const exitCodeOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 1,
  unauthenticated: 3,
  refused: 3,
  missing: 1,
  conflict: 1,
  limit: 1,
  unavailable: 1,
  unsupported: 1,
  broken: 1,
};

/**
 * A failure a person can be told about: what happened (`message`), what to do (`remedy`), and where (`fields`, by
 * form field or column). Messages never quote personal data. Anything thrown that is not one of these is a fault of
 * the program and is shown as a reference number only.
 */
export class GuildhallError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly remedy: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(problem: {
    code: string;
    kind: ErrorKind;
    message: string;
    remedy: string;
    fields?: Readonly<Record<string, string>>;
  }) {
    super(problem.message);
    this.name = "GuildhallError";
    this.code = problem.code;
    this.kind = problem.kind;
    this.remedy = problem.remedy;
    this.fields = problem.fields ?? {};
  }
}

interface ErrorEntry<P> {
  readonly kind: ErrorKind;
  readonly message: (params: P) => string;
  readonly remedy: string | ((params: P) => string);
}

// The catalogue's entries take parameters of different types; `never` is what accepts them all.
type Catalogue = Readonly<Record<string, ErrorEntry<never>>>;
type ParamsOf<E> = E extends ErrorEntry<infer P> ? P : never;

/** Makes the closed catalogue of one domain: `const fail = defineErrors("sources", {...}); throw fail("name-taken", {...})`. */
export function defineErrors<const C extends Catalogue>(domain: string, catalogue: C) {
  return <K extends keyof C & string>(
    key: K,
    params: ParamsOf<C[K]>,
    fields?: Readonly<Record<string, string>>,
  ): GuildhallError => {
    const entry = catalogue[key] as ErrorEntry<ParamsOf<C[K]>> | undefined;
    if (!entry) throw new Error(`No error ${key} in ${domain}.`);
    return new GuildhallError({
      code: `${domain}.${key}`,
      kind: entry.kind,
      message: entry.message(params),
      remedy: typeof entry.remedy === "string" ? entry.remedy : entry.remedy(params),
      ...(fields ? { fields } : {}),
    });
  };
}

/** Whether whoever sent a form can mend it there, so that it comes back to them; a refusal, a full disk or a fault they cannot. */
export function isMendable(error: unknown): error is GuildhallError {
  return error instanceof GuildhallError && !["refused", "unavailable", "broken"].includes(error.kind);
}
