// Keeps the app on the phone for use without network, and takes a new version in at a safe moment.

const WORKER = "/door/sw.js";
const SCOPE = "/door/";
const TAKE_OVER_MS = 1500;
const AGAIN_MS = 5000;

/**
 * Register the service worker, and return `settle()`: to be called whenever the phone may have become free. A new version
 * waits, whole, until `isBusy()` is false; then it takes over, and the page begins again with it. It never breaks off a shift.
 * `settle()` resolves when there is none, or when it had its time: to be awaited before the camera opens, since a browser
 * lets the worker before go on while it has something in hand, such as the decoder.
 */
export function keepAppOnPhone({ isBusy }) {
  const worker = navigator.serviceWorker;
  if (!worker) return async () => {};
  let [isFirst, isOld, later] = [!worker.controller, false, 0];
  const settle = async () => {
    clearTimeout(later);
    if (isBusy()) return;
    if (isOld) location.reload();
    const { waiting } = (await worker.getRegistration(SCOPE)) ?? {};
    if (!waiting || isBusy()) return;
    waiting.postMessage("take-over");
    later = setTimeout(settle, AGAIN_MS);
    await new Promise((resolve) => setTimeout(resolve, TAKE_OVER_MS));
  };
  worker.addEventListener("controllerchange", () => {
    [isOld, isFirst] = [!isFirst, false]; // the first one has the same files that this page came with
    settle();
  });
  worker.register(WORKER, { scope: SCOPE }).then((found) => {
    const follow = (fresh) => fresh?.addEventListener("statechange", settle);
    follow(found.installing);
    found.addEventListener("updatefound", () => follow(found.installing));
  }, () => {});
  return settle;
}
