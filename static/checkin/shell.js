// Keeps the app on the phone for use without network, and takes a new version in at a safe moment.

const WORKER = "/door/sw.js";
const SCOPE = "/door/";

/**
 * Register the service worker, and return `settle()`: to be called whenever the phone may have become free. A new version
 * waits, whole, until `isBusy()` is false; then it takes over, and the page begins again with it. It never breaks off a shift.
 */
export function keepAppOnPhone({ isBusy }) {
  const worker = navigator.serviceWorker;
  if (!worker) return () => {};
  let [registration, isFirst, isOld] = [null, !worker.controller, false];
  const settle = () => {
    if (isBusy()) return;
    if (isOld) location.reload();
    else registration?.waiting?.postMessage("take-over");
  };
  worker.addEventListener("controllerchange", () => {
    [isOld, isFirst] = [!isFirst, false]; // the first one has the same files that this page came with
    settle();
  });
  worker.register(WORKER, { scope: SCOPE }).then((found) => {
    registration = found;
    const follow = (fresh) => fresh?.addEventListener("statechange", settle);
    follow(found.installing);
    found.addEventListener("updatefound", () => follow(found.installing));
    settle();
  }, () => {});
  return settle;
}
