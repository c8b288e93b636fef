// Pairs this phone by the link it was opened with, and begins the shift.

import { pair } from "./api.js";

const find = (id) => document.getElementById(id);

/** Pair when the form is sent; `onShift(shift)` is called when the shift has begun. */
export function takePairing(form, { view, storeOf, onShift }) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    view.put("pair-error", "");
    view.enable("pair-send", false);
    try {
      const shift = await pair(location.hash.slice(1), find("device-name").value);
      await keepShift(storeOf(), shift);
      history.replaceState(null, "", "/door/");
      await onShift(shift);
    } catch (error) {
      view.put("pair-error", error.status ? error.message : view.texts(error.key ?? "no_network"));
    }
    view.enable("pair-send", true);
  });
}

/** Begin a shift. Scans of another event that wait are never thrown away, nor sent as this one's; a rehearsal's are. */
async function keepShift(store, told) {
  const before = await store.get("shift");
  if (before?.rehearsal) await store.dropQueue();
  const waits = (await store.counts()).unsent > 0;
  if (waits && (told.rehearsal || before?.event.slug !== told.event.slug)) throw Object.assign(new Error("unsent"), { key: "unsent_other" });
  const counter = (await store.get("counter")) ?? 0;
  await store.forgetShift();
  await store.set({ counter, shift: told });
}
