// How many are inside on one ticket, as this phone knows it: what the server told, and its own scans since. Pure.

/** Return {inside, door, at_utc} of a ticket from what the server told (or null) and this phone's own facts of it. */
export function standing(told, ownFacts) {
  const state = { inside: told?.inside ?? 0, door: told?.door ?? "", at_utc: told?.at_utc ?? "" };
  return ownFacts.reduce(withFact, state);
}

/** Return the standing after one more fact of this phone. */
export function withFact(state, fact) {
  const inside = Math.max(0, state.inside + change(fact));
  if (inside === 0) return { inside: 0, door: "", at_utc: "" };
  if (state.inside > 0) return { ...state, inside };
  return { inside, door: fact.door, at_utc: fact.scanned_at_utc };
}

/** Return how many persons a fact adds: red lets nobody in, an undo takes back what its scan added. */
function change(fact) {
  if (fact.kind === "undo") return -(fact.undone_persons ?? 0);
  return fact.kind === "in" && fact.verdict !== "red" ? fact.persons : 0;
}

/** Return the entries that are revoked after news: those before, except where there is a new answer, and the new ones. */
export function stillRevoked(before, answers, revocations) {
  const answered = new Set(answers.map(({ entry }) => entry));
  return [...new Set([...before.filter((entry) => !answered.has(entry)), ...revocations])];
}

/**
 * Return which version a roster of version `before` is after news. News that tell everything anew bring no lines: a roster of
 * another version has none ("") until it has been fetched whole, and news of lines do not make it newer.
 */
export function versionAfter(before, { full, roster_version }) {
  if (full) return before === roster_version ? before : "";
  return before && roster_version;
}
