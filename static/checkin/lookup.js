// Finds a read code on the phone's sealed roster, and opens its line with the code itself.

import { entryId, openEntry } from "./roster.js";

/**
 * Return {id, entry, known}: where the ticket's standing is kept, what the line says, and the standing; entry null when it
 * is not listed. Line and standing are read beside one another, since a guest waits.
 */
export async function lookUp(store, { kind, code }) {
  const roster = await store.get("roster");
  if (kind !== "ticket" || !roster) return { entry: null, id: "" };
  const id = await entryId(code, roster.salt);
  const open = (line) => (line ? openEntry(code, roster.salt, id, line.sealed) : null);
  const [entry, known] = await Promise.all([store.sealed(id).then(open), store.standing(id)]);
  return { id, entry, known };
}
