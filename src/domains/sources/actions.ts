import { action } from "../../access/index.ts";

export const sourcesActions = {
  add: action("sources.add", "Added a source", { persons: ["steward", "owner"], operator: true }),
  // A path on the hub's machine is the operator's to name.
  addFolder: action("sources.add-folder", "Loaded a folder", { operator: true }),
  watch: action("sources.watch", "Set or stopped the watching of a folder", { operator: true }),
  addDocument: action("sources.add-document", "Entered a document in the register", {
    persons: ["steward", "owner"],
    operator: true,
  }),
  refresh: action("sources.refresh", "Loaded a source again", { persons: ["steward", "owner"], operator: true }),
  password: action("sources.password", "Set the password of a database that a source comes from", {
    persons: ["steward", "owner"],
    operator: true,
  }),
  schedule: action("sources.schedule", "Set or stopped the times at which a source is loaded", {
    persons: ["steward", "owner"],
    operator: true,
  }),
  load: action("sources.load", "Loaded a file", { persons: ["steward", "owner"], operator: true }),
  type: action("sources.type", "Typed the columns of a dataset", {
    persons: ["steward", "owner", "governance"],
    operator: true,
  }),
  compare: action("sources.compare", "Compared two versions", { persons: ["steward", "owner"], operator: true }),
  remove: action("sources.remove", "Removed a source and its data", { persons: ["owner", "administrator"], operator: true }),
  list: action("sources.list", "Looked at the sources", {
    persons: ["steward", "owner", "administrator", "governance"],
    operator: true,
  }),
  quarantine: action("sources.quarantine", "Opened quarantined records", { persons: ["steward", "owner"] }),
  unread: action("sources.unread", "Looked at why records could not be read", { persons: ["analyst"] }),
  mend: action("sources.mend", "Mended quarantined records", { persons: ["steward", "owner"] }),
  send: action("sources.send", "Sent a quarantined record to its owner", { persons: ["steward", "owner"] }),
  keep: action("sources.keep", "Said how long quarantined records are kept", { persons: ["steward", "owner"], operator: true }),
  letGo: action("sources.let-go", "Let the bytes of quarantined records go", { operator: true }),
  shape: action("sources.shape", "Looked at, or accepted, another shape of a source", {
    persons: ["steward", "owner"],
    operator: true,
  }),
  answerSent: action("sources.answer-sent", "Answered for a quarantined record", { persons: ["owner"] }),
  cancel: action("sources.cancel", "Cancelled a load", { persons: ["steward", "owner"], operator: true }),
} as const;
