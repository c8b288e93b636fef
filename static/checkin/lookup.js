// Finds a read code on the phone's sealed roster, and opens its line with the code itself.

import { entryId, openEntry } from "./roster.js";

/** Return {id, entry}: where the ticket's standing is kept, and what the line says; entry null when it is not listed. */
export async function lookUp(store, { kind, code }) {
  const roster = await store.get("roster");
  if (kind !== "ticket" || !roster) return { entry: null, id: "" };
  const id = await entryId(code, roster.salt);
  const line = await store.sealed(id);
  return { id, entry: line ? await openEntry(code, roster.salt, id, line.sealed) : null };
}
