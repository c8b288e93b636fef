// What the phone itself can do: keep what is stored, name its cameras, read a scanner that is a keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cameras } from "../../static/checkin/camera_controls.js";
import { KeyBurst } from "../../static/checkin/key_burst.js";
import { checks, isReady } from "../../static/checkin/readiness.js";
import { stateOf, storageState } from "../../static/checkin/storage_state.js";

const fine = { canWrite: true, isPersistent: true, quota: 1e9, usage: 0 };
const ready = (storageState) =>
  isReady(checks({
    rosterCount: 1, rosterError: "", cameraState: "good", clockOffsetSeconds: 0, warningSeconds: 120, storageState,
  }));

test("storage is good, loose, full or bad, and only the last two keep the phone from being ready", () => {
  for (const [changes, state, isFine] of [
    [{}, "good", true],
    [{ isPersistent: false }, "loose", true],
    [{ quota: 20_000_000 }, "good", true],
    [{ quota: 19_999_999 }, "full", false],
    [{ quota: 1e9, usage: 1e9 - 1000 }, "full", false],
    [{ quota: undefined }, "good", true],
    [{ canWrite: false }, "bad", false],
  ]) {
    assert.equal(stateOf({ ...fine, ...changes }), state);
    assert.equal(ready(state), isFine, state);
  }
});

test("a browser that refuses everything but a write is loose, and one that refuses the write is bad", async () => {
  const refuses = { persist: async () => { throw new Error("private"); }, estimate: async () => { throw new Error("no"); } };
  assert.equal(await storageState({ set: async () => {} }, refuses), "loose");
  assert.equal(await storageState({ set: async () => { throw new Error("full"); } }, {}), "bad");
});

test("cameras have names, or numbers until the browser tells them", () => {
  const devices = [
    { kind: "audioinput", deviceId: "m", label: "Mikrofon" },
    { kind: "videoinput", deviceId: "a", label: "Bak" },
    { kind: "videoinput", deviceId: "b", label: "" },
    { kind: "videoinput", deviceId: "", label: "" },
  ];
  assert.deepEqual(cameras(devices, (number) => `nr. ${number}`), [{ id: "a", label: "Bak" }, { id: "b", label: "nr. 2" }]);
});

function typed(text, { between = 10, from = 0 } = {}) {
  const burst = new KeyBurst();
  return [...text, "Enter"].map((key, at) => burst.take(key, from + at * between)).at(-1);
}

test("a burst that ends with Enter is a code, and what a person types is not", () => {
  assert.equal(typed("23452K222222222M"), "23452K222222222M");
  assert.equal(typed("23452K222222222M", { between: 61 }), "");
  assert.equal(typed("2345678"), "");
  const burst = new KeyBurst();
  const keys = ["x", "Shift", ..."ABCDEFGH", "Enter", "Enter"];
  const taken = keys.map((key, at) => burst.take(key, at === 0 ? 0 : 1000 + at));
  assert.deepEqual(taken.filter(Boolean), ["ABCDEFGH"]);
});
