// Names open with the shift's PIN and with nothing else, and guests are found as people type.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./web_crypto.mjs";
import { stillRevoked } from "../../static/checkin/admissions.js";
import { findGuests, nameKey, openIndex } from "../../static/checkin/name_index.js";
import { readPin } from "../../static/checkin/shift_pin.js";

const { names } = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url)));
const opened = async (pin) => openIndex(await nameKey(pin, names), names);

test("the server's PIN opens the server's names, and another sound PIN does not", async () => {
  const guests = await opened(names.pin);
  assert.deepEqual(guests.map(({ words: _words, ...guest }) => guest), names.guests);
  assert.equal(readPin(names.other_pin).fault, "");
  await assert.rejects(opened(names.other_pin));
});

test("a key cannot be taken out of the browser", async () => {
  await assert.rejects(crypto.subtle.exportKey("raw", await nameKey(names.pin, names)));
});

test("a PIN is read however it is spaced, and a slip is told from one that is too short", () => {
  const grouped = names.pin.match(/.{4}/g).join(" ");
  assert.deepEqual(readPin(` ${grouped}-`), { pin: names.pin, fault: "" });
  assert.equal(readPin(names.pin.slice(1)).fault, "short");
  assert.equal(readPin(`${names.pin}1`).fault, "long");
  assert.equal(readPin(`${names.pin.slice(0, 15)}${(Number(names.pin[15]) + 1) % 10}`).fault, "mistyped");
});

test("guests are found by the beginning of any name, whatever marks stand over the letters", async () => {
  const guests = await opened(names.pin);
  for (const [typed, first] of [
    ["li", "Åse Lien"], ["ASE LI", "Åse Lien"], ["bjørn", "Åse Lien"], ["bjorn", "Åse Lien"], ["zoe od", "Zoë Ødegård"],
    ["aile", "Áile Sárá Gaup"], ["gaup sara", "Áile Sárá Gaup"],
  ]) assert.equal(findGuests(guests, typed, 8).found[0]?.names[0], first, typed);
  for (const typed of ["", "l", "  ", "ien", "åse gaup"]) assert.equal(findGuests(guests, typed, 8).count, 0, typed);
});

test("no more are shown than asked for, and the count is of all", () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ names: [`Kari ${at}`], words: [["kari", String(at)]] }));
  const { found, count } = findGuests(many, "kari", 8);
  assert.deepEqual([found.length, count], [8, 12]);
});

test("what was revoked stays so until there is a new answer", () => {
  const answer = (entry) => ({ entry, sealed: "x" });
  assert.deepEqual(stillRevoked(["a", "b"], [answer("b"), answer("c")], ["c"]), ["a", "c"]);
  assert.deepEqual(stillRevoked([], [], []), []);
});
