/** How the built program runs: flags of Node and what the environment adds. */
export const program: { readonly flags: readonly string[]; readonly env: Readonly<Record<string, string>> };
