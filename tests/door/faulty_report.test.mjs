// What a person reads of scans that cannot be sent is in words; the raw fact stands in the line for the machine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../../static/checkin/faulty_report.js";

const words = { faulty_in: "sluppet inn", faulty_unknown: "ukjent handling" };
const texts = (key, values) => (values ? `${key} ${values.what ?? ""}`.trim() : words[key]);
const fact = (kind) => ({ kind, scanned_at_utc: "2026-11-26T17:00:00Z", door: "A", persons: 1, ticket: "", fault: "" });

test("an act that the phone knows is said in words", () => {
  assert.match(report([fact("in")], {}, texts), /faulty_line sluppet inn\n/);
});

test("an act that the phone does not know has words too, and its code in the raw line alone", () => {
  const lines = report([fact("teleport")], {}, texts).split("\n");
  assert.ok(lines.includes("faulty_line ukjent handling"));
  assert.equal(lines.filter((line) => line.includes("teleport")).length, 1);
});
