// Finds a read code on the phone's sealed roster, and opens its line with the code itself.

import { entryId, entryKey, opened } from "./roster.js";

/**
 * Return {id, entry, known}: where the ticket's standing is kept, what the line says, and the standing; entry null when it
 * is not listed. The key is made while the line is read, since a guest waits.
 */
export async function lookUp(store, { kind, code }) {
  const salt = await store.salt();
  if (kind !== "ticket" || !salt) return { entry: null, id: "" };
  const find = async (id) => ({ id, ...(await store.guest(id)) });
  const finding = entryId(code, salt).then(find);
  const [{ id, line, known }, key] = await Promise.all([finding, entryKey(code, salt)]);
  return { id, known, entry: line ? await opened(line, key, id) : null };
}
