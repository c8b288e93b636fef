// Decides what the phone says of a code: green, amber or red, and why. Pure.
// Validity is judged before duplicate. Green and amber let the guest in; red does not. Each reason has words in the
// page's texts: <reason>_title, <reason>_text, <reason>_do.

const red = (reason, more = {}) => ({ light: "red", reason, persons: 0, inside: 0, ...more });

/**
 * Return {light, reason, persons, inside, door, at_utc, total} for one reading.
 * kind: of ticket_code.js. entry: the opened roster line, or null when not on the list. known: of admissions.js, where there
 * is an entry.
 * isOnline: whether the server answered lately, so that other doors' scans are known.
 */
export function judge({ kind, entry, known, isOnline }) {
  if (kind !== "ticket") return red(kind);
  if (!entry) return red(isOnline ? "not_listed" : "not_listed_offline");
  if (entry.state !== "valid") return red(entry.state, { total: entry.persons });
  const left = entry.persons - known.inside;
  const { needs = "" } = entry;
  const told = { inside: known.inside, total: entry.persons, door: known.door, at_utc: known.at_utc, needs };
  if (entry.persons === 0) return red("revoked", told);
  if (left <= 0) return red("already_in", told);
  const persons = { persons: left, ...told };
  if (known.inside > 0) return { light: "amber", reason: "rest_of_party", ...persons };
  if (!isOnline) return { light: "amber", reason: "admit_offline", ...persons };
  return { light: "green", reason: "admit", ...persons };
}

/** Return the verdict on `persons` without a ticket; `isOver`: more than fit, let in on the door lead's word. */
export function walkInVerdict({ persons, isOver, isOnline }) {
  const light = isOver || !isOnline ? "amber" : "green";
  const reason = isOver ? "walk_in_over" : isOnline ? "walk_in" : "walk_in_offline";
  return { light, reason, persons, inside: 0, total: persons };
}

/** Return the reason that the server's answer to a scan puts in place of `reason`, or "" when there is nothing new. */
export function correction(reason, result) {
  if (result.class === "unknown" && result.reason === "other_event") return "other_event";
  if (result.class === "revoked" && reason === "not_listed") return result.reason;
  return "";
}
