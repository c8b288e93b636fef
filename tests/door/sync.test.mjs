// Upload and polling against a server that loses requests and replies: no scan is lost, none counted twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./web_crypto.mjs";
import { newFact } from "../../static/checkin/scan_queue.js";
import { delayAfter, Sync } from "../../static/checkin/sync.js";

const shift = { door: "Nord", roster_version: "" };
const fact = (counter) =>
  newFact({ ticket: `t${counter}`, entry: "", kind: "in", persons: 1, verdict: "green", shift, counter, now: new Date(0) });

function setUp({ count = 3, post, get } = {}) {
  const queue = new Map(Array.from({ length: count }, (_, index) => fact(index + 1)).map((one) => [one.scan_id, one]));
  const kept = new Map();
  const aside = [];
  const heard = { results: [], news: [], contacts: [], letGo: [] };
  const told = [];
  const server = new Map();
  const store = {
    waiting: async (most) => [...queue.values()].slice(0, most),
    counts: async () => ({ unsent: queue.size, faulty: aside.length }),
    get: async (key) => kept.get(key),
    settle: async (acknowledged, faulty) => {
      for (const one of [...acknowledged, ...faulty]) queue.delete(one.scan_id);
      aside.push(...faulty);
    },
    takeIn: async (news) => kept.set("changes_version", news.version),
  };
  const keep = (scans) => {
    for (const scan of scans) server.set(scan.scan_id, scan);
    return { results: scans.map(({ scan_id }) => ({ scan_id, stored: true, class: "first" })), clashes: [] };
  };
  const api = {
    post: async (path, body) => {
      told.push(body.waiting);
      return post ? post(body.scans, keep) : keep(body.scans);
    },
    get: async (path, etag) => {
      told.push(new URL(path, "https://door.example").searchParams.get("waiting"));
      return get ? get(path, etag) : { json: { version: "v1" }, etag: '"v1"' };
    },
  };
  let time = 0;
  const timers = [];
  const timing = {
    now: () => time, clock: () => new Date(0).toISOString(), later: (act, ms) => timers.push({ act, ms }), cancel: () => {},
  };
  const hooks = {
    onResults: (results) => heard.results.push(...results), onNews: (news) => heard.news.push(news),
    onContact: (isOnline) => heard.contacts.push(isOnline), onLetGo: (words) => heard.letGo.push(words),
  };
  const sync = new Sync({ store, api, hooks, timing });
  return { sync, queue, aside, server, heard, told, timers, pass: (ms) => { time += ms; } };
}

test("what waits is sent in batches and leaves the queue", async () => {
  const { sync, queue, server, heard, timers } = setUp({ count: 250 });
  await sync.nudge();
  assert.deepEqual([queue.size, server.size, heard.results.length], [0, 250, 250]);
  assert.equal(sync.isOnline, true);
  assert.deepEqual(timers.map(({ ms }) => ms), [1000]);
});

test("ten thousand scans that wait are sent in a hundred batches with news in between, and the phone is online from the first", async () => {
  const online = [];
  let phone = null;
  const { sync, queue, server, timers, heard } = setUp({ count: 10_000, post: (scans, keep) => { online.push(phone.isOnline); return keep(scans); } });
  phone = sync;
  for (let round = 0; queue.size; round += 1) await sync.nudge();
  assert.deepEqual([queue.size, server.size, online.length, heard.news.length], [0, 10_000, 100, 10]);
  assert.deepEqual([online[0], online.slice(1).every(Boolean)], [false, true]);
  assert.deepEqual(timers.map(({ ms }) => ms), Array(10).fill(0));
  await sync.nudge();
  assert.equal(timers.at(-1).ms, 1000);
});

test("each upload and each poll tell how many scans wait besides", async () => {
  const { sync, told } = setUp({ count: 250 });
  await sync.nudge();
  assert.deepEqual(told, [150, 50, 0, "0"]);
  await sync.nudge();
  assert.deepEqual(told.slice(4), ["0"]);
});

test("what is left of a long queue, and what the server refused, is told with the poll", async () => {
  const long = setUp({ count: 1_100 });
  await long.sync.nudge();
  assert.deepEqual(long.told.slice(-2), [100, "100"]);
  await long.sync.nudge();
  assert.deepEqual(long.told.slice(-2), [0, "0"]);
  const refused = setUp({ post: () => { throw Object.assign(new Error("busy"), { status: 503 }); } });
  await refused.sync.nudge();
  await refused.sync.nudge();
  assert.deepEqual(refused.told, [0, "3", "3"]);
});

test("scans that the server refuses keep no news away, and are sent again after a while", async () => {
  let refusing = true;
  let calls = 0;
  const { sync, queue, heard, timers, pass } = setUp({ post: (scans, keep) => {
    calls += 1;
    if (refusing) throw Object.assign(new Error("busy"), { status: 503 });
    return keep(scans);
  } });
  await sync.nudge();
  await sync.nudge();
  assert.deepEqual([calls, queue.size, heard.news.length, heard.contacts], [1, 3, 2, [true, true]]);
  assert.deepEqual(timers.map(({ ms }) => ms), [1000, 1000]);
  refusing = false;
  pass(delayAfter(1));
  await sync.nudge();
  assert.deepEqual([calls, queue.size], [2, 0]);
});

test("a round without news asks the store for nothing, and one after a scan sends it", async () => {
  const { sync, queue, server } = setUp({ count: 1, get: (path, etag) => ({ json: etag ? null : { version: "v1" }, etag: '"v1"' }) });
  await sync.nudge();
  const asked = [];
  const { waiting, get } = sync.store;
  Object.assign(sync.store, { waiting: (most) => { asked.push("waiting"); return waiting(most); }, get: (key) => { asked.push(key); return get(key); } });
  await sync.nudge();
  assert.deepEqual(asked, []);
  const one = fact(2);
  queue.set(one.scan_id, one);
  sync.soon();
  await sync.nudge();
  assert.deepEqual([queue.size, server.size], [0, 2]);
});

test("a lost reply keeps the scan, and sending it again stores it once", async () => {
  let lost = true;
  const { sync, queue, server } = setUp({
    post: (scans, keep) => {
      const answer = keep(scans);
      if (lost) throw new TypeError("network");
      return answer;
    },
  });
  await sync.nudge();
  assert.deepEqual([queue.size, server.size], [3, 3]);
  lost = false;
  await sync.nudge();
  assert.deepEqual([queue.size, server.size], [0, 3]);
});

test("half a reply keeps the other half", async () => {
  let calls = 0;
  const { sync, queue } = setUp({
    post: (scans, keep) => {
      calls += 1;
      if (calls > 1) throw new TypeError("network");
      return { results: keep(scans).results.slice(0, 1) };
    },
  });
  await sync.nudge();
  assert.equal(queue.size, 2);
});

test("a scan that the server calls malformed stops nobody and is not sent again", async () => {
  const sent = [];
  const { sync, queue, aside } = setUp({
    post: (scans, keep) => {
      sent.push(scans.length);
      const { results } = keep(scans);
      results[0] = { scan_id: scans[0].scan_id, stored: false, error: "feil" };
      return { results };
    },
  });
  await sync.nudge();
  await sync.nudge();
  assert.deepEqual(sent, [3]);
  assert.deepEqual([queue.size, aside.map((one) => one.fault)], [0, ["feil"]]);
});

test("an answer that acknowledges nothing does not spin", async () => {
  let calls = 0;
  const { sync } = setUp({ post: () => { calls += 1; return { results: [] }; } });
  await sync.nudge();
  assert.equal(calls, 1);
});

test("failures back off, and contact is lost after ten seconds", async () => {
  let works = true;
  const { sync, timers, heard, pass } = setUp({ count: 0, get: () => { if (works) return { json: null, etag: "" }; throw new TypeError("network"); } });
  await sync.nudge();
  works = false;
  pass(9000);
  await sync.nudge();
  pass(2000);
  await sync.nudge();
  assert.deepEqual(heard.contacts, [true, true, false]);
  assert.deepEqual(timers.map(({ ms }) => ms), [1000, 2000, 4000]);
  assert.equal(delayAfter(50), 15_000);
});

test("a long queue that breaks off goes on soon, however long there was no network before", async () => {
  let calls = 0;
  const works = (at) => at === 6;
  const { sync, queue, timers } = setUp({ count: 250, post: (scans, keep) => {
    calls += 1;
    if (!works(calls)) throw new TypeError("network");
    return keep(scans);
  } });
  for (let round = 0; round < 6; round += 1) await sync.nudge();
  assert.deepEqual([calls, queue.size], [7, 150]);
  assert.deepEqual(timers.map(({ ms }) => ms), [2000, 4000, 8000, 15_000, 15_000, 2000]);
});

test("a phone that is let go stops asking and keeps its scans", async () => {
  const refused = Object.assign(new Error("Be om en ny lenke."), { status: 401 });
  const { sync, queue, heard, timers } = setUp({ post: () => { throw refused; } });
  await sync.nudge();
  await sync.nudge();
  assert.deepEqual([queue.size, heard.letGo, timers.length], [3, ["Be om en ny lenke."], 0]);
});

test("an unchanged answer is no news", async () => {
  const etags = [];
  const { sync, heard } = setUp({ count: 0, get: (path, etag) => { etags.push(etag); return etag ? { json: null, etag } : { json: { version: "v1" }, etag: '"v1"' }; } });
  await sync.nudge();
  await sync.nudge();
  assert.deepEqual([etags, heard.news.length], [["", '"v1"'], 1]);
});

test("two nudges at once are one round after the other, with one timer each", async () => {
  let running = 0;
  let most = 0;
  const { sync } = setUp({ count: 0, get: async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    return { json: null, etag: "" };
  } });
  await Promise.all([sync.nudge(), sync.nudge(), sync.nudge()]);
  assert.equal(most, 1);
});

test("control: a queue that is emptied when it is sent loses what the network loses", async () => {
  const { sync, queue, server } = setUp({ post: () => { throw new TypeError("network"); } });
  const { waiting } = sync.store;
  sync.store.waiting = async (most) => {
    const facts = await waiting(most);
    queue.clear();
    return facts;
  };
  await sync.nudge();
  assert.deepEqual([queue.size, server.size], [0, 0]);
});
