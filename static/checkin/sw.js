// Keeps the door app on the phone, so that it opens and scans without network. Filled in by the server with the version
// of all its files together; a new version is fetched whole, and takes over when the page says that it is safe.

const VERSION = "@version@";
const SHELL = [/* @shell@ */];
const PREFIX = "door-";
const CACHE = PREFIX + VERSION;
const PAGE = "/door/";

self.addEventListener("install", (event) => {
  // A phone asks each second, and a worker that is asked all the time cannot give way to the next: where the browser can be
  // told so, what this worker has no part in passes it by.
  event.addRoutes?.({ condition: { urlPattern: "/api/*" }, source: "network" })?.catch(() => {});
  const fresh = SHELL.map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/door/") || url.pathname.startsWith("/static/")) event.respondWith(answer(event.request, url));
});

async function removeOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

async function answer(request, url) {
  const cache = await caches.open(CACHE);
  if (request.mode === "navigate") return (await page(cache, request, url)) ?? Response.error();
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

// A page asked for in another language comes from the server where there is network.
async function page(cache, request, url) {
  const kept = await cache.match(PAGE, { ignoreVary: true });
  if (!url.search && kept) return kept;
  try {
    return await fetch(request);
  } catch {
    return kept;
  }
}
