// Says whom to fetch wherever somebody is to be fetched: ": Kari, 91 23 45 67", and the number can be rung.

/** `told` is {name, phone, dials} where "" is not told, or null: then nobody is named. */
export function showInCharge(told) {
  document.getElementById("help").hidden = !told;
  for (const node of document.querySelectorAll("[data-who]")) node.replaceChildren(...(told ? [": ", ...wordsOf(told)] : ["."]));
}

function wordsOf({ name, phone, dials }) {
  if (!phone) return [name];
  const link = Object.assign(document.createElement("a"), { href: `tel:${dials}`, textContent: phone });
  return name ? [name, ", ", link] : [link];
}
