// The door app: which screen the phone is on, from the pairing link to the scanner. Entry of the page.

import { wireCamera } from "./camera_controls.js";
import { wireFaulty } from "./faulty_screen.js";
import { takeKeys } from "./hand_scanner.js";
import { showInCharge } from "./in_charge_words.js";
import { takeLinks } from "./link_form.js";
import { wireNames } from "./names_screen.js";
import { takePairing } from "./pairing.js";
import { keepAppOnPhone } from "./shell.js";
import { Shift } from "./shift.js";
import { keepAwake, wake } from "./signals.js";
import { openStore } from "./storage.js";
import { textsOf } from "./texts.js";
import { takeTyped } from "./typed_code.js";
import { View } from "./view.js";
import { wireWalkIn } from "./walk_in.js";
import { warmUp } from "./warm_up.js";

const find = (id) => document.getElementById(id);
const on = (id, act) => find(id).addEventListener("click", act);
const view = new View(textsOf(find("texts").content));
let store = null;
let shift = null;
let isScanning = false;
let settle = async () => {};

const isPairing = () => location.hash.length > 1;

async function start() {
  if (!window.isSecureContext) return view.show("insecure");
  settle = keepAppOnPhone({ isBusy: () => isScanning || isPairing() });
  try {
    store = await openStore({ onBlocked: () => view.show("other-window"), onNewer: () => isScanning || location.reload() });
    await store.set({ opened_at: Date.now() });
  } catch {
    return view.show("no-storage");
  }
  if (isPairing()) return view.show("pair");
  const told = await store.get("shift");
  return told ? prepare(told) : view.show("unpaired");
}

async function prepare(told) {
  shift?.end();
  const warningSeconds = Number(find("door-app").dataset.clockWarning);
  await settle();
  shift = new Shift({ told, store, view, warningSeconds, back, onLetGo: letGo });
  await shift.prepare();
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
  const { scanner, controls, door } = shift;
  view.show("scan");
  view.reveal("camera-frame", scanner.isLive);
  scanner.start();
  controls.show();
  door.tellCounts();
}

/** Leave the scanner for another screen of the shift. */
function away(screen) {
  shift.scanner.stop();
  view.put("notice", "");
  screen.open();
}

/** Show what another screen was opened from: the scanner, or that the phone has been let go. */
function back() {
  return isScanning ? scan() : showLetGo();
}

async function letGo(words) {
  isScanning = false;
  shift.inCharge.end();
  shift.scanner.stop();
  view.put("let-go-text", words);
  await showLetGo();
  await store.forgetGuests();
  await shift.names.refresh();
  settle();
}

async function showLetGo() {
  const { unsent: count, faulty } = await store.counts();
  view.put("let-go-unsent", count ? view.texts("let_go_unsent", { count }) : "");
  view.faulty(faulty);
  view.show("let-go");
}

/** End the shift; never while scans wait to be sent, or to be handed to the door lead. */
async function endShift() {
  const { unsent: count, faulty } = await store.counts();
  if (count) return view.say("notice", "end_blocked", { count });
  if (faulty) return away(shift.faulty);
  isScanning = false;
  shift.end();
  await store.forgetShift();
  await shift.names.refresh();
  showInCharge(null);
  view.put("rehearsal", "");
  view.say("event", "title");
  view.say("ended", "ended");
  view.show("unpaired");
  return settle();
}

on("begin", begin);
on("begin-typing", begin);
on("try-again", async () => prepare(await store.get("shift")));
on("verdict-next", () => shift.door.closeVerdict());
on("party-fewer", () => shift.door.choose(-1));
on("party-more", () => shift.door.choose(1));
on("undo", () => shift.door.undo());
on("walk-in-open", () => away(shift.walkIn));
on("names-open", () => away(shift.names));
for (const id of ["faulty-open", "faulty-open-let-go"]) on(id, () => away(shift.faulty));
for (const id of ["walk-in-back", "names-back", "faulty-back"]) on(id, back);
wireWalkIn(on, () => shift.walkIn);
wireNames(() => shift.names);
wireFaulty(on, () => shift.faulty);
wireCamera(on, () => shift.controls);
on("clash-seen", () => shift.door.clashes.seen());
on("end-shift", endShift);
takeTyped(find("type-form"), find("typed-code"), { view, onCode: (text) => shift.door.onCode(text) });
takePairing(find("pair-form"), { view, storeOf: () => store, onShift: prepare });
takeLinks(find("link-form"), view);
takeKeys(find("scan-screen"), (text) => shift.door.onCode(text));
window.addEventListener("hashchange", () => location.reload());
window.addEventListener("online", () => shift?.sync.nudge());
start();
