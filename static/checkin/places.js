// How many may come in without a ticket, as this phone knows it: what the server told, less its own since. Pure.

export const MOST_WALK_INS = 30;

/** Return how many places a fact takes from those without a ticket; negative when it gives some back. */
export function placesTaken(fact) {
  if (fact.kind === "walk_in") return fact.persons;
  return fact.kind === "undo" && fact.undone_kind === "walk_in" ? -(fact.undone_persons ?? 0) : 0;
}

/** Return `told` ({free} as the server said, free null without a limit, or undefined when not known) after `facts`. */
export function placesAfter(told, facts) {
  if (told === undefined || told.free === null) return told;
  return { ...told, free: facts.reduce((free, fact) => free - placesTaken(fact), told.free) };
}

/** Return what to say of `persons` without a ticket: {key, values, isOver}; `isOver` asks for the door lead's yes. */
export function walkInWords(places, persons) {
  if (places === undefined) return { key: "places_unknown", values: {}, isOver: false };
  if (places.free === null) return { key: "places_no_limit", values: {}, isOver: false };
  const free = Math.max(0, places.free);
  if (persons <= free) return { key: "places_free", values: { free }, isOver: false };
  return { key: free === 0 ? "places_none" : "places_too_few", values: { free }, isOver: true };
}
