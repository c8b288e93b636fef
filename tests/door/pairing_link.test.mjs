// What is pasted on a phone that is not paired: the link as it was sent, its last part, or something else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { secretIn } from "../../static/checkin/pairing_link.js";

const SECRET = "aB3_-xYz0123456789aB3_-xYz0123456789aB3_-xY";

test("the secret is found in the whole link, in its last part, and across line breaks of a message", () => {
  for (const text of [
    `https://treffpunkt.example/door/#${SECRET}`,
    `  treffpunkt.example/door/#${SECRET}\n`,
    `#${SECRET}`,
    SECRET,
    `https://treffpunkt.example/door/#${SECRET.slice(0, 20)}\n${SECRET.slice(20)}`,
  ]) assert.equal(secretIn(text), SECRET, text);
});

test("what is no link to a door holds no secret", () => {
  for (const text of ["", "#", "https://treffpunkt.example/door/", `#${SECRET}x`, `#${SECRET.slice(1)}`, "K7MF-2XQR-9DPC-4TWH"]) {
    assert.equal(secretIn(text), "", text);
  }
});
