// Says whether the phone is ready to scan: roster, camera, clock and storage, each good or named. Pure.

const OLDEST_LIST_MS = 12 * 3_600_000;

/** Say whether a guest list that was the server's at `asOf` (milliseconds, undefined: not known) is too old at `now`. */
export const isOld = (asOf, now) => now - (asOf ?? 0) > OLDEST_LIST_MS;

/**
 * Return one {name, state: "good" | "warn" | "waiting" | "bad", key, values} for each check, in the order they are shown; `key`
 * picks the words. rosterError is "", "bad" or "old". clockOffsetSeconds is server minus phone, null when not known; warningSeconds the most that is good.
 */
export function checks({ rosterCount, rosterError, cameraState, clockOffsetSeconds, warningSeconds, storageState }) {
  return [
    roster(rosterCount, rosterError),
    camera(cameraState),
    clock(clockOffsetSeconds, warningSeconds),
    storage(storageState),
  ];
}

const isFine = ({ state }) => state === "good" || state === "warn";

/** Say whether all is good, or good enough with a word of warning. */
export const isReady = (list) => list.every(isFine);

/** Say whether all but the camera is good, so that codes can be typed. */
export const isReadyWithoutCamera = (list) => list.every((check) => check.name === "camera" || isFine(check));

function roster(count, error) {
  if (error) return { name: "roster", state: "bad", key: `check_roster_${error}`, values: {} };
  if (count === null) return { name: "roster", state: "waiting", key: "check_roster_waiting", values: {} };
  return { name: "roster", state: "good", key: "check_roster_good", values: { count } };
}

function camera(state) {
  const known = { good: "good", waiting: "waiting" }[state] ?? "bad";
  return { name: "camera", state: known, key: `check_camera_${state}`, values: {} };
}

function clock(offset, warning) {
  if (offset === null) return { name: "clock", state: "waiting", key: "check_clock_waiting", values: {} };
  if (Math.abs(offset) <= warning) return { name: "clock", state: "good", key: "check_clock_good", values: {} };
  const minutes = Math.round(Math.abs(offset) / 60);
  const key = offset > 0 ? "check_clock_behind" : "check_clock_ahead";
  return { name: "clock", state: "bad", key, values: { minutes } };
}

function storage(state) {
  const known = { good: "good", loose: "warn", waiting: "waiting" }[state] ?? "bad";
  return { name: "storage", state: known, key: `check_storage_${state}`, values: {} };
}
