// The page's words, put there by the server in the reader's language: <template id="texts"> of elements with data-key.

/** Return a function (key, values) → text; {name} in the text is filled from values. A missing key gives "". */
export function textsOf(root) {
  const found = new Map([...root.querySelectorAll("[data-key]")].map((node) => [node.dataset.key, node.textContent]));
  return (key, values = {}) => fill(found.get(key) ?? "", values);
}

/** Return `text` with each {name} replaced by values[name]. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Return the time of day of a UTC text in Norway, as "18.05". */
export function timeOfDay(utc) {
  const parts = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Oslo", hourCycle: "h23" };
  return new Intl.DateTimeFormat("nb-NO", parts).format(new Date(utc)).replace(":", ".");
}
