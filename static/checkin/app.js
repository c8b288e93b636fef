// The door app: which screen the phone is on, from the pairing link to the scanner. Entry of the page.

import { Api } from "./api.js";
import { CameraControls, wireCamera } from "./camera_controls.js";
import { Door } from "./door.js";
import { takeKeys } from "./hand_scanner.js";
import { takeLinks } from "./link_form.js";
import { Keeper } from "./keeper.js";
import { NamesScreen, wireNames } from "./names_screen.js";
import { takePairing } from "./pairing.js";
import { Ready } from "./ready.js";
import { Scanner } from "./scanner.js";
import { keepAppOnPhone } from "./shell.js";
import { keepAwake, signal, wake } from "./signals.js";
import { openStore } from "./storage.js";
import { Sync } from "./sync.js";
import { textsOf } from "./texts.js";
import { timing } from "./timing.js";
import { takeTyped } from "./typed_code.js";
import { View } from "./view.js";
import { WalkIn, wireWalkIn } from "./walk_in.js";
import { warmUp } from "./warm_up.js";

const find = (id) => document.getElementById(id);
const on = (id, act) => find(id).addEventListener("click", act);
const view = new View(textsOf(find("texts").content));
let store = null;
let door = null;
let scanner = null;
let [walkIn, names, controls] = [null, null, null];
let isScanning = false;

async function start() {
  if (!window.isSecureContext) return view.show("insecure");
  keepAppOnPhone({ isScanning: () => isScanning });
  try {
    store = await openStore();
    await store.set({ opened_at: Date.now() });
  } catch {
    return view.show("no-storage");
  }
  const shift = await store.get("shift");
  if (location.hash.length > 1) return view.show("pair");
  return shift ? prepare(shift) : view.show("unpaired");
}

async function prepare(shift) {
  door?.sync.stop();
  scanner?.close();
  const api = new Api(shift.device_token);
  scanner = new Scanner(find("camera"), (text) => door.onCode(text));
  const warningSeconds = Number(find("door-app").dataset.clockWarning);
  const keeper = new Keeper({ store, api, timing, onNames: () => names.refresh() });
  const ready = new Ready({ store, keeper, view, scanner, warningSeconds, onLetGo: letGo });
  controls = new CameraControls({ view, scanner, reopen });
  const hooks = {
    onResults: (results) => door.onResults(results),
    onNews: (news) => { ready.measureClock(news.server_utc); door.onClashes(news.clashes); return keeper.follow(news); },
    onContact: (isOnline, isNews) => { door.onContact(isOnline, isNews); if (isOnline) { keeper.tend(); ready.retry(); } },
    onLetGo: letGo,
  };
  const sync = new Sync({ store, api, hooks, timing });
  door = new Door({ store, sync, view, signal, shift });
  walkIn = new WalkIn({ store, view, door, leave: scan });
  names = new NamesScreen({ store, view, door, leave: scan });
  await names.refresh();
  view.put("event", shift.event.title);
  view.put("door", shift.door);
  view.put("rehearsal", shift.rehearsal ? view.texts("rehearsal") : "");
  view.show("ready");
  sync.nudge();
  await ready.prepare();
}

function begin() {
  isScanning = true;
  wake();
  warmUp({ store, view });
  keepAwake();
  scan();
}

/** Show the scanner, from "ready" or back from another screen. */
function scan() {
  view.show("scan");
  view.reveal("camera-frame", scanner.isLive);
  scanner.start();
  controls.show();
  door.tellCounts();
}

/** Open another camera, and the same one after the next start. */
async function reopen(deviceId) {
  await store.set({ camera: deviceId });
  await scanner.open(deviceId);
}

/** Leave the scanner for another screen of the shift. */
function away(screen) {
  scanner.stop();
  view.put("notice", "");
  screen.open();
}

async function letGo(words) {
  isScanning = false;
  scanner?.stop();
  const count = (await store.counts()).unsent;
  view.put("let-go-text", words);
  view.put("let-go-unsent", count ? view.texts("let_go_unsent", { count }) : "");
  view.show("let-go");
  await store.forgetGuests();
  await names?.refresh();
}

/** End the shift; never while scans wait to be sent. */
async function endShift() {
  const count = (await store.counts()).unsent;
  if (count) return view.say("notice", "end_blocked", { count });
  isScanning = false;
  scanner?.close();
  door.sync.stop();
  await store.forgetShift();
  await names.refresh();
  view.put("rehearsal", "");
  return view.show("unpaired");
}

on("begin", begin);
on("begin-typing", begin);
on("try-again", async () => prepare(await store.get("shift")));
on("verdict-next", () => door.closeVerdict());
on("party-fewer", () => door.choose(-1));
on("party-more", () => door.choose(1));
on("undo", () => door.undo());
on("walk-in-open", () => away(walkIn));
on("names-open", () => away(names));
on("walk-in-back", scan);
on("names-back", scan);
wireWalkIn(on, () => walkIn);
wireNames(() => names);
wireCamera(on, () => controls);
on("clash-seen", () => door.clashes.seen());
on("end-shift", endShift);
takeTyped(find("type-form"), find("typed-code"), { view, onCode: (text) => door.onCode(text) });
takePairing(find("pair-form"), { view, storeOf: () => store, onShift: prepare });
takeLinks(find("link-form"), view);
takeKeys(find("scan-screen"), (text) => door.onCode(text));
window.addEventListener("hashchange", () => location.reload());
start();
