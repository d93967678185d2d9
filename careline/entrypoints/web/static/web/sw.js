// The service worker. EDITION and KEPT are put before it by the server. It keeps static files and the page for no connection,
// never anything of a case; what a push says is all that it shows.
const NAME = `careline-${EDITION}`;

self.addEventListener("install", (event) => {
  // What a page says as it leaves goes to the network itself: on its way through here it would end with the page.
  if (event.addRoutes) for (const requestMethod of ["POST", "PUT", "PATCH", "DELETE"]) event.addRoutes({ condition: { requestMethod }, source: "network" });
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(KEPT)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("careline-") && name !== NAME) await caches.delete(name);
    await self.clients.claim();
  })());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match("/offline")));
  else if (KEPT.includes(url.pathname) && url.pathname.startsWith("/static/")) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data?.json() ?? {}; } catch { /* nothing that we sent */ }
  if (!told.title) told = { title: "Careline", url: "/notifications" };
  event.waitUntil((async () => {
    if (told.unseen) await self.navigator.setAppBadge?.(told.unseen).catch(() => {});
    await self.registration.showNotification(told.title, {
      body: told.body || undefined, tag: told.tag, renotify: Boolean(told.tag), lang: told.lang, dir: told.dir, data: { url: told.url },
      icon: "/static/web/icons/careline-192.png", badge: "/static/web/icons/careline-192.png",
    });
  })());
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url || "/notifications", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const open = windows.find((one) => one.visibilityState === "visible") ?? windows[0];
    if (!open) { await self.clients.openWindow(url.href); return; }
    await open.focus();
    open.postMessage({ open: url.pathname });
  })());
});
