// What the phone says of a code, and why.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { correction, judge } from "../../static/checkin/verdict.js";

const nobody = { inside: 0, door: "", at_utc: "" };
const inside = (count) => ({ inside: count, door: "Nord", at_utc: "2026-11-26T17:05:00Z" });
const entry = (persons, state = "valid") => ({ persons, state, reference: "ref:1.1", version: 1 });
const ticket = { kind: "ticket", known: nobody, isOnline: true };

const TABLE = [
  ["a valid ticket is green", { ...ticket, entry: entry(1) }, "green", "admit", 1],
  ["a whole party is let in at once", { ...ticket, entry: entry(5) }, "green", "admit", 5],
  ["without network the light is amber", { ...ticket, entry: entry(2), isOnline: false }, "amber", "admit_offline", 2],
  ["the rest of a party is amber", { ...ticket, entry: entry(5), known: inside(3) }, "amber", "rest_of_party", 2],
  ["who is in already is red", { ...ticket, entry: entry(2), known: inside(2) }, "red", "already_in", 0],
  ["more inside than the ticket has is red", { ...ticket, entry: entry(2), known: inside(4) }, "red", "already_in", 0],
  ["a revoked ticket is red before it is a duplicate", { ...ticket, entry: entry(2, "revoked"), known: inside(2) }, "red", "revoked", 0],
  ["a replaced ticket is red", { ...ticket, entry: entry(2, "replaced") }, "red", "replaced", 0],
  ["a ticket for nobody is revoked", { ...ticket, entry: entry(0) }, "red", "revoked", 0],
  ["a ticket that is not on the list is red", { ...ticket, entry: null }, "red", "not_listed", 0],
  ["offline the list may be old", { ...ticket, entry: null, isOnline: false }, "red", "not_listed_offline", 0],
  ["an invitation is no ticket", { ...ticket, kind: "invitation", entry: null }, "red", "invitation", 0],
  ["a mistyped code is red", { ...ticket, kind: "mistyped", entry: null }, "red", "mistyped", 0],
  ["a foreign code is red", { ...ticket, kind: "foreign", entry: null }, "red", "foreign", 0],
];

for (const [name, asked, light, reason, persons] of TABLE) {
  test(name, () => {
    const verdict = judge(asked);
    assert.deepEqual([verdict.light, verdict.reason, verdict.persons], [light, reason, persons]);
  });
}

test("a duplicate names door and time", () => {
  const verdict = judge({ ...ticket, entry: entry(1), known: inside(1) });
  assert.deepEqual([verdict.door, verdict.at_utc], ["Nord", "2026-11-26T17:05:00Z"]);
});

test("the server knows other events' tickets, which the phone does not", () => {
  assert.equal(correction("not_listed", { class: "unknown", reason: "other_event" }), "other_event");
  assert.equal(correction("not_listed", { class: "revoked", reason: "replaced" }), "replaced");
  assert.equal(correction("not_listed", { class: "unknown", reason: "never_ours" }), "");
  assert.equal(correction("admit", { class: "first" }), "");
});

test("each reason has its words in the page", () => {
  const page = readFileSync(new URL("../../templates/checkin/_texts.html", import.meta.url), "utf8");
  const reasons = new Set([...TABLE.map((row) => row[3]), "other_event", "not_saved"]);
  for (const reason of reasons) {
    for (const part of ["title", "text", "do"]) assert.ok(page.includes(`'${reason}_${part}'`), `${reason}_${part}`);
  }
});
