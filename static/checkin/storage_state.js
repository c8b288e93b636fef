// How safely the phone keeps scans: whether it has room, and whether the browser has promised to keep them. Pure but for
// `storageState`, which asks the browser.

const LEAST_FREE_BYTES = 20_000_000;
const PROBE = "x".repeat(256 * 1024);

/** Return "good", "loose" (the browser may throw scans away when the phone is full), "full" or "bad". */
export function stateOf({ canWrite, isPersistent, quota, usage }) {
  if (!canWrite) return "bad";
  if (quota !== undefined && quota - (usage ?? 0) < LEAST_FREE_BYTES) return "full";
  return isPersistent ? "good" : "loose";
}

/** Ask the browser to keep what is stored, try a write, and return the state. */
export async function storageState(store, storage = navigator.storage) {
  const isPersistent = (await storage?.persist?.().catch(() => false)) ?? false;
  const { quota, usage } = (await storage?.estimate?.().catch(() => ({}))) ?? {};
  const canWrite = await store.set({ probe: PROBE }).then(() => store.set({ probe: "" })).then(() => true, () => false);
  return stateOf({ canWrite, isPersistent, quota, usage });
}
