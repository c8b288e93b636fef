// Facts, batches, acknowledgements, and who is inside as the phone knows it.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./web_crypto.mjs";
import { standing, withFact } from "../../static/checkin/admissions.js";
import { CodeGate } from "../../static/checkin/code_gate.js";
import { newFact, newScanId, sorted, toWire, undoOf } from "../../static/checkin/scan_queue.js";

const shift = { door: "Nord", roster_version: "1-2-3" };
const now = new Date("2026-11-26T17:00:00Z");
const fact = (counter, more = {}) =>
  newFact({ ticket: "ref:1.1", entry: "a", kind: "in", persons: 2, verdict: "green", shift, counter, now, ...more });
const told = { inside: 1, door: "Sør", at_utc: "2026-11-26T16:00:00Z" };

test("an id is 128 random bits", () => {
  const ids = new Set(Array.from({ length: 1000 }, () => newScanId()));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

test("what is sent is what the contract says, and nothing of the phone's own", () => {
  assert.deepEqual(Object.keys(toWire(fact(1))).sort(), [
    "counter", "door", "kind", "persons", "roster_version", "scan_id", "scanned_at_utc", "ticket", "undoes", "verdict",
  ]);
});

test("only what the server acknowledged by id leaves the queue", () => {
  const batch = [fact(1), fact(2), fact(3)];
  const { acknowledged, faulty } = sorted(batch, [
    { scan_id: batch[0].scan_id, stored: true },
    { scan_id: batch[1].scan_id, stored: false, error: "feil" },
    { scan_id: "annen", stored: true },
  ]);
  assert.deepEqual(acknowledged, [batch[0]]);
  assert.deepEqual(faulty, [{ ...batch[1], fault: "feil" }]);
  assert.deepEqual(sorted(batch, undefined), { acknowledged: [], faulty: [] });
});

test("an undo names its scan and takes back what that added", () => {
  const scan = fact(1);
  const undo = undoOf(scan, { counter: 2, now, shift });
  assert.deepEqual([undo.kind, undo.undoes, undo.ticket], ["undo", scan.scan_id, scan.ticket]);
  assert.equal(standing(null, [scan, undo]).inside, 0);
  assert.equal(undoOf(fact(1, { verdict: "red" }), { counter: 2, now, shift }).undone_persons, 0);
});

test("own scans are added to what the server told", () => {
  assert.deepEqual(standing(told, [fact(1)]), { ...told, inside: 3 });
  assert.deepEqual(standing(null, [fact(1)]), { inside: 2, door: "Nord", at_utc: now.toISOString() });
  assert.equal(standing(told, [fact(1, { verdict: "red" })]).inside, 1);
});

test("nobody is ever less than nobody", () => {
  const undo = undoOf(fact(1, { persons: 9 }), { counter: 2, now, shift });
  assert.deepEqual(withFact(told, undo), { inside: 0, door: "", at_utc: "" });
});

test("a code held before the camera counts once, and again after it was away", () => {
  const gate = new CodeGate();
  assert.deepEqual([0, 500, 1900, 3300].map((at) => gate.isNews("a", at)), [true, false, false, false]);
  assert.equal(gate.isNews("a", 5000), true);
  assert.equal(gate.isNews("b", 5001), true);
  assert.equal(gate.isNews("a", 5002), true);
});
