// A scanner that is connected to the phone as a keyboard: its keys are a code wherever they are pressed.

import { KeyBurst } from "./key_burst.js";

/** Call `onCode(text)` for each code that is typed in one burst while `screen` is shown; what fields take is theirs. */
export function takeKeys(screen, onCode) {
  const burst = new KeyBurst();
  document.addEventListener("keydown", (event) => {
    if (screen.hidden || event.target.matches("input, select, textarea")) return;
    const text = burst.take(event.key, event.timeStamp);
    if (!text) return;
    event.preventDefault(); // Enter would press the button that has the focus
    onCode(text);
  }, true);
}
