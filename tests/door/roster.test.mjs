// The phone opens the server's sealed lines, each with its own code only.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./web_crypto.mjs";
import { entryId, entryKey, opened } from "../../static/checkin/roster.js";

const openEntry = async (code, salt, entry, sealed) => opened(sealed, await entryKey(code, salt), entry);
const { salt, tickets } = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url)));

test("the id and the content of each entry are the server's", async () => {
  for (const { code, entry, sealed, content } of tickets) {
    assert.equal(await entryId(code, salt), entry);
    assert.deepEqual(await openEntry(code, salt, entry, sealed), content);
  }
});

test("an entry opens with no other code", async () => {
  const [one, other] = tickets;
  await assert.rejects(openEntry(other.code, salt, one.entry, one.sealed));
});

test("an entry that was moved or changed does not open", async () => {
  const [one, other] = tickets;
  await assert.rejects(openEntry(one.code, salt, other.entry, one.sealed));
  const changed = one.sealed.slice(0, -2) + (one.sealed.endsWith("A") ? "BB" : "AA");
  await assert.rejects(openEntry(one.code, salt, one.entry, changed));
});
