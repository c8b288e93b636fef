// Room for guests without a ticket, as a phone knows it, and what it says of more than fit.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./web_crypto.mjs";
import { placesAfter, walkInWords } from "../../static/checkin/places.js";
import { letsIn, newFact, undoOf } from "../../static/checkin/scan_queue.js";

const shift = { door: "Nord", roster_version: "" };
const at = { shift, counter: 1, now: new Date(0) };
const walkIn = (persons) => newFact({ ...at, ticket: "", entry: "", kind: "walk_in", persons, verdict: "green" });
const scan = newFact({ ...at, ticket: "ref:1.1", entry: "e", kind: "in", persons: 4, verdict: "green" });

test("own walk-ins take places, what is taken back gives them, and scans of tickets touch none", () => {
  const came = walkIn(3);
  assert.deepEqual(placesAfter({ free: 5 }, [came, scan]), { free: 2 });
  assert.deepEqual(placesAfter({ free: 5 }, [came, undoOf(came, at)]), { free: 5 });
  assert.deepEqual(placesAfter({ free: 5 }, [scan, undoOf(scan, at)]), { free: 5 });
  assert.deepEqual(placesAfter({ free: null }, [came]), { free: null });
  assert.equal(placesAfter(undefined, [came]), undefined);
});

test("as many as fit need nobody's yes, one more does", () => {
  for (const [places, persons, key, isOver] of [
    [{ free: 2 }, 2, "places_free", false],
    [{ free: 2 }, 3, "places_too_few", true],
    [{ free: 0 }, 1, "places_none", true],
    [{ free: -4 }, 1, "places_none", true],
    [{ free: null }, 30, "places_no_limit", false],
    [undefined, 1, "places_unknown", false],
  ]) {
    const told = walkInWords(places, persons);
    assert.deepEqual([told.key, told.isOver], [key, isOver]);
  }
});

test("only what let somebody in can be taken back", () => {
  assert.deepEqual([walkIn(1), scan, { ...scan, verdict: "red" }, undoOf(scan, at)].map(letsIn), [true, true, false, false]);
});
