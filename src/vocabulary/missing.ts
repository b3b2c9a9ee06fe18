/** How exports write that there is nothing, in place of an empty cell. */
const words =
  /^\s*(?:n\/?a|#n\/a|null|\(null\)|none|nil|not known|not recorded|not available|unknown|no data|no data!|invalid!|redacted|blank|tbc|-+|[.]+|[?]+|not applicable)?\s*$/i;

/** Whether a text says in words or signs that there is no value. Figures such as −1 and 9999 say it only in some columns. */
export function isMissing(text: string): boolean {
  return words.test(text);
}
