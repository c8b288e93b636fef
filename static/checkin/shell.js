// Keeps the app on the phone for use without network, and takes a new version in at a safe moment.

/** Register the service worker. A new version takes over before scanning begins, never in the middle of it. */
export function keepAppOnPhone({ isScanning }) {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  const hadOne = Boolean(worker.controller);
  worker.addEventListener("controllerchange", () => { if (hadOne && !isScanning()) location.reload(); });
  worker.register("/door/sw.js", { scope: "/door/" }).then(
    (registration) => registration.waiting?.postMessage("take-over"),
    () => {},
  );
}
