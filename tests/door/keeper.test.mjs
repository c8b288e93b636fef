// The guest list and the names follow the server's versions, also where every other call gets no answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { versionAfter } from "../../static/checkin/admissions.js";
import { Keeper, RETRY_MS } from "../../static/checkin/keeper.js";

function keeper({ roster = "r1" } = {}) {
  const kept = new Map(roster === null ? [] : [["roster", { version: roster }]]);
  const asked = [];
  const refused = new Set();
  let time = 0;
  const store = {
    get: async (key) => kept.get(key),
    set: async (values) => Object.entries(values).forEach(([key, value]) => kept.set(key, value)),
    takeRoster: async ({ version }) => kept.set("roster", { version }),
    keepNames: async (names) => (names ? kept.set("names", names) : kept.delete("names")),
  };
  let answer = { version: "n1" };
  const get = async (path) => {
    asked.push(path);
    if ([...refused].some((name) => path.startsWith(name))) throw new TypeError("network");
    return { json: path === "names" ? answer : { version: "r2" } };
  };
  const one = new Keeper({ store, api: { get }, timing: { now: () => time, clock: () => "2026-11-26T17:00:00Z" }, onNames: () => {} });
  return { one, kept, asked, refused, answers: (names) => { answer = names; }, pass: (ms) => { time += ms; } };
}

test("a roster that is behind is fetched, and names only when they are others", async () => {
  const { one, kept, asked } = keeper();
  await one.follow({ roster_version: "r2", names_version: "n1" });
  await one.follow({ roster_version: "r2", names_version: "n1" });
  assert.deepEqual(asked, ["roster?since=r1", "names"]);
  assert.equal(kept.get("names").version, "n1");
});

test("new names wait a little on a busy evening, and go at once when they are turned off", async () => {
  const { one, kept, asked, answers, pass } = keeper({ roster: "r2" });
  await one.follow({ roster_version: "r2", names_version: "n1" });
  answers({ version: "n2" });
  await one.follow({ roster_version: "r2", names_version: "n2" });
  assert.equal(kept.get("names").version, "n1");
  pass(20_001);
  await one.tend();
  assert.deepEqual([kept.get("names").version, asked.length], ["n2", 2]);
  await one.follow({ roster_version: "r2", names_version: "" });
  assert.equal(kept.has("names"), false);
});

test("a list and names that get no answer are asked for again after a while, and no round fails for them", async () => {
  const { one, kept, asked, refused, pass } = keeper();
  refused.add("roster");
  await one.follow({ roster_version: "r2", names_version: "n1" });
  await one.tend();
  assert.deepEqual(asked, ["roster?since=r1"]);
  pass(RETRY_MS);
  refused.clear();
  refused.add("names");
  await one.tend();
  assert.deepEqual([kept.get("roster").version, kept.has("names")], ["r2", false]);
  pass(RETRY_MS);
  refused.clear();
  await one.tend();
  assert.deepEqual([kept.get("names").version, asked.slice(1)], ["n1", ["roster?since=r1", "names", "names"]]);
});

test("names that are kept stay until the server has said which there are", async () => {
  const { one, kept } = keeper();
  kept.set("names", { version: "n1" });
  await one.tend();
  assert.equal(kept.has("names"), true);
});

test("a list that is to come anew is not made newer by news of a few lines", () => {
  assert.equal(versionAfter("r1", { full: false, roster_version: "r2" }), "r2");
  assert.equal(versionAfter("r1", { full: true, roster_version: "r1" }), "r1");
  const waits = versionAfter("r1", { full: true, roster_version: "r2" });
  assert.equal(versionAfter(waits, { full: false, roster_version: "r3" }), "");
});
