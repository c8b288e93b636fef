// Scans as facts: made with their own id before the light turns, sent in batches, deleted only when acknowledged. Pure.

export const BATCH = 100;
const ID_BYTES = 16;
const FIELDS = [
  "scan_id", "counter", "ticket", "kind", "persons", "scanned_at_utc", "verdict", "roster_version", "door", "undoes",
];

/** Return a random 128-bit id, 32 hex digits. */
export function newScanId(random = crypto) {
  const raw = random.getRandomValues(new Uint8Array(ID_BYTES));
  return Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Return a fact of this phone. `ticket` is the roster's reference where the ticket is known, so that no code waits on
 * the phone; `entry` is where its standing is kept; `now` a Date.
 */
export function newFact({ ticket, entry, kind, persons, verdict, shift, counter, now, undone = {} }) {
  return {
    scan_id: newScanId(),
    counter,
    ticket,
    entry,
    kind,
    persons,
    scanned_at_utc: now.toISOString(),
    verdict,
    roster_version: shift.roster_version ?? "",
    door: shift.door,
    undoes: "",
    ...undone,
  };
}

/** Return the fact that takes `fact` back. */
export function undoOf(fact, { counter, now, shift }) {
  const { ticket, entry, scan_id: undoes, kind: undone_kind, persons, verdict } = fact;
  const undone = { undoes, undone_kind, undone_persons: verdict === "red" ? 0 : persons };
  return newFact({ ticket, entry, kind: "undo", persons: 0, verdict: "", shift, counter, now, undone });
}

/** Say whether a fact let somebody in, so that it can be taken back. */
export const letsIn = ({ kind, verdict }) => kind !== "undo" && verdict !== "red";

/** Return what is sent of a fact: only the fields of the contract. */
export function toWire(fact) {
  return Object.fromEntries(FIELDS.filter((field) => field in fact).map((field) => [field, fact[field]]));
}

/** Return {acknowledged, faulty}: facts of `batch` by what the server said of each; what it left out stays unsent. */
export function sorted(batch, results) {
  const byId = new Map((results ?? []).map((result) => [result.scan_id, result]));
  const acknowledged = batch.filter((fact) => byId.get(fact.scan_id)?.stored === true);
  const faulty = batch
    .filter((fact) => byId.get(fact.scan_id)?.stored === false)
    .map((fact) => ({ ...fact, fault: String(byId.get(fact.scan_id).error ?? "") || "?" }));
  return { acknowledged, faulty };
}
