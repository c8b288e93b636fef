// Whom to fetch: on the screen at once, sealed on the phone, there again after a start without network, and gone when wiped.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./web_crypto.mjs";
import { InCharge } from "../../static/checkin/in_charge.js";

const KARI = { name: "Kari", phone: "91 23 45 67", dials: "+4791234567" };

function phone({ kept = new Map(), set = (key, value) => kept.set(key, value) } = {}) {
  const shown = [];
  const store = {
    get: async (key) => kept.get(key),
    set: async (values) => Object.entries(values).forEach(([key, value]) => set(key, value)),
  };
  return { one: new InCharge({ store, show: (told) => shown.push(told) }), kept, shown };
}

test("who is in charge is shown, kept once, and opened at the next start", async () => {
  let writes = 0;
  const kept = new Map();
  const { one, shown } = phone({ kept, set: (key, value) => { writes += 1; kept.set(key, value); } });
  await one.open();
  for (let news = 0; news < 3; news += 1) await one.take(KARI);
  assert.deepEqual([shown, writes], [[null, KARI], 1]);
  const again = phone({ kept });
  await again.one.open();
  assert.deepEqual(again.shown, [KARI]);
});

test("what is kept tells nothing without its key, and the key is handed to nobody", async () => {
  const { one, kept } = phone();
  await one.take(KARI);
  const { key, content } = kept.get("in_charge");
  const text = Buffer.from(content).toString("latin1");
  for (const word of Object.values(KARI)) assert.ok(!text.includes(word));
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("somebody else takes over, and nobody at all; a server that knows of none says nothing", async () => {
  const { one, kept, shown } = phone();
  const other = { name: "Ola", phone: "", dials: "" };
  await one.take(KARI);
  await one.take(other);
  await one.take(undefined);
  assert.deepEqual([shown, kept.get("in_charge")], [[KARI, other, null], null]);
});

test("what comes while the phone is wiped is not kept", async () => {
  const { one, kept } = phone();
  const taking = one.take(KARI);
  one.end();
  await taking;
  assert.equal(kept.has("in_charge"), false);
});

test("a browser that keeps no keys, and a value that is spoilt, keep nobody from working", async () => {
  const { one, shown } = phone({ set: () => { throw new Error("DataCloneError"); } });
  await one.take(KARI);
  assert.deepEqual(shown, [KARI]);
  const spoilt = phone({ kept: new Map([["in_charge", { key: 1 }]]) });
  await spoilt.one.open();
  assert.deepEqual(spoilt.shown, [null]);
});
