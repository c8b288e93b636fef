// When the phone says that it is ready, and the words it fills in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checks, isOld, isReady, isReadyWithoutCamera } from "../../static/checkin/readiness.js";
import { fill, timeOfDay } from "../../static/checkin/texts.js";

const good = {
  rosterCount: 0, rosterError: "", cameraState: "good", clockOffsetSeconds: 0, warningSeconds: 120, storageState: "good",
};
const bad = (changes) => checks({ ...good, ...changes }).filter((check) => check.state !== "good");

test("all good is ready, also with an empty list of guests", () => assert.ok(isReady(checks(good))));

test("each thing that is not good keeps it from being ready, and is named", () => {
  const table = [
    [{ rosterCount: null }, "check_roster_waiting"],
    [{ rosterError: "bad" }, "check_roster_bad"],
    [{ rosterError: "old" }, "check_roster_old"],
    [{ cameraState: "waiting" }, "check_camera_waiting"],
    [{ cameraState: "refused" }, "check_camera_refused"],
    [{ cameraState: "decoder" }, "check_camera_decoder"],
    [{ clockOffsetSeconds: null }, "check_clock_waiting"],
    [{ clockOffsetSeconds: 121 }, "check_clock_behind"],
    [{ clockOffsetSeconds: -121 }, "check_clock_ahead"],
    [{ storageState: "bad" }, "check_storage_bad"],
  ];
  for (const [changes, key] of table) {
    assert.deepEqual(bad(changes).map((check) => check.key), [key]);
    assert.equal(isReady(checks({ ...good, ...changes })), false);
  }
});

test("a list of earlier in the day is good without network, one of another day is not", () => {
  const hours = (count) => count * 3_600_000;
  const ages = [hours(0), hours(12), hours(12) + 1, hours(20)].map((age) => isOld(1e12, 1e12 + age));
  assert.deepEqual(ages, [false, false, true, true]);
  assert.ok(isOld(undefined, 1e12));
});

test("two minutes are good, and a wrong clock is told in minutes", () => {
  assert.ok(isReady(checks({ ...good, clockOffsetSeconds: 120 })));
  assert.equal(bad({ clockOffsetSeconds: 14 * 60 })[0].values.minutes, 14);
});

test("without a camera codes can be typed, without a list nothing", () => {
  assert.ok(isReadyWithoutCamera(checks({ ...good, cameraState: "missing" })));
  assert.equal(isReadyWithoutCamera(checks({ ...good, rosterCount: null })), false);
});

test("words are filled in, and what has no value stays", () => {
  assert.equal(fill("{a} av {b} {c}", { a: 3, b: 5 }), "3 av 5 {c}");
});

test("times are Norwegian", () => {
  assert.equal(timeOfDay("2026-11-26T17:05:00Z"), "18.05");
  assert.equal(timeOfDay("2026-06-26T22:05:00Z"), "00.05");
});
