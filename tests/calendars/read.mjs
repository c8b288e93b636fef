// Reads calendar files as ical.js and as node-ical do, and prints what each understood.
// In: a JSON list of texts on stdin. Out: a JSON list with, for each text, {"ical.js": {...}, "node-ical": {...}}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ICAL from "./vendor/ical.mjs";

const nodeIcal = createRequire(import.meta.url)("./vendor/node-ical.min.cjs");

const utc = (milliseconds) => new Date(milliseconds).toISOString().replace(".000Z", "Z");
const address = (value) => (value || "").replace(/^mailto:/i, "");

function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const attendee = component.getFirstProperty("attendee");
    return {
      uid: event.uid,
      sequence: event.sequence ?? 0,
      status: component.getFirstPropertyValue("status"),
      summary: event.summary,
      location: event.location ?? "",
      description: event.description ?? "",
      url: component.getFirstPropertyValue("url") ?? "",
      starts: utc(event.startDate.toUnixTime() * 1000),
      ends: utc(event.endDate.toUnixTime() * 1000),
      stamp: utc(component.getFirstPropertyValue("dtstamp").toUnixTime() * 1000),
      organizer: address(event.organizer),
      attendee: address(attendee?.getFirstValue()),
      partstat: attendee?.getParameter("partstat") ?? "",
      rsvp: attendee?.getParameter("rsvp") ?? "",
    };
  });
  return { method: calendar.getFirstPropertyValue("method"), events };
}

function byNodeIcal(text) {
  const found = nodeIcal.sync.parseICS(text);
  const plain = (value) => value?.val ?? value ?? "";
  const events = Object.values(found).filter((part) => part.type === "VEVENT").map((event) => ({
    uid: event.uid,
    sequence: Number(event.sequence ?? 0),
    status: event.status,
    summary: plain(event.summary),
    location: plain(event.location),
    description: plain(event.description),
    url: plain(event.url),
    starts: utc(event.start.getTime()),
    ends: utc(event.end.getTime()),
    stamp: utc(event.dtstamp.getTime()),
    organizer: address(plain(event.organizer)),
    attendee: address(plain(event.attendee)),
    partstat: event.attendee?.params?.PARTSTAT ?? "",
    // A truth value where the file has a word.
    rsvp: String(event.attendee?.params?.RSVP ?? "").toUpperCase(),
  }));
  return { method: found.vcalendar?.method ?? events[0]?.method ?? "", events };
}

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => ({ "ical.js": byIcalJs(text), "node-ical": byNodeIcal(text) }))));
