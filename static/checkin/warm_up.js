// The first scan takes three times as long as the next: nothing of it has been compiled or laid out yet. So before the first
// guest one code that nobody has is looked up, and a light is laid out unseen.

import { lookUp } from "./lookup.js";

const NOBODYS = { kind: "ticket", code: "" };
const LIGHT = { light: "green", reason: "admit", persons: 2, inside: 0, total: 2 };

/** Make ready for the first guest. Keeps nothing, shows nothing, and leaves no light behind. */
export function warmUp({ store, view }) {
  const panel = document.getElementById("verdict");
  panel.style.visibility = "hidden";
  view.verdict(LIGHT, LIGHT.persons);
  panel.getBoundingClientRect();
  view.hideVerdict();
  panel.style.visibility = "";
  delete panel.dataset.light;
  return lookUp(store, NOBODYS).catch(() => {});
}
