// Scans that the server calls malformed, as a text that a person reads and a program can: handed on instead of lost. Pure.

import { timeOfDay } from "./texts.js";
import { toWire } from "./scan_queue.js";

export const FILE_NAME = "skanninger-som-ikke-kan-sendes.txt";

const what = ({ kind, verdict }) => (kind === "in" && verdict === "red" ? "red" : kind);

/** Return the text of `facts` of this phone's shift; `texts` as of texts.js. */
export function report(facts, { event, device_name }, texts) {
  const lines = facts.flatMap((fact) => [
    "",
    texts("faulty_line", {
      time: timeOfDay(fact.scanned_at_utc),
      door: fact.door,
      what: texts(`faulty_${what(fact)}`) || texts("faulty_unknown"),
      persons: fact.persons,
    }),
    texts("faulty_ticket", { ticket: fact.ticket || "–", fault: fact.fault }),
    JSON.stringify(toWire(fact)),
  ]);
  return [texts("faulty_head", { event: event?.title ?? "–", phone: device_name ?? "–", count: facts.length }), ...lines].join("\n");
}
