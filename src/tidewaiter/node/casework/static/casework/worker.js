// Keeps the pages of an officer's tasks and of the control form for when there is no connection, and forgets all at sign-out.
// KEPT is written before this file by the node: version, files (exact), pages (exact paths), signOut (a path).
const CACHE = `tw-controls-${KEPT.version}`;
const STORES = ["tasks", "drafts", "outbox", "photos"];
const WAIT = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(KEPT.files.map((file) => new Request(file, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("tw-controls-") && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (address.origin !== self.location.origin) return;
  if (address.pathname === KEPT.signOut && event.request.mode === "navigate") event.respondWith(leave(event.request, address));
  else if (event.request.method !== "GET") return;
  else if (event.request.mode === "navigate" && KEPT.pages.includes(address.pathname)) event.respondWith(page(event.request, address));
  else if (KEPT.files.includes(address.pathname)) event.respondWith(file(event.request));
});

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}

// The page as it is now; without a connection, or where the node fails, as it was last. What leads elsewhere (to sign in) is never kept.
async function page(request, address) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address.pathname, { ignoreVary: true });
  try {
    const fresh = await (kept ? Promise.race([fetch(request), late()]) : fetch(request));
    if (kept && fresh.status >= 500) return kept;
    if (fresh.ok && !fresh.redirected && !address.search) await cache.put(address.pathname, fresh.clone());
    return fresh;
  } catch (gone) {
    if (kept) return kept;
    throw gone;
  }
}

// A page asks for all pages to be kept as soon as somebody is signed in, before the connection goes, and hears whether they are.
let keeping = null;
self.addEventListener("message", (event) => {
  if (event.data !== "keep") return;
  keeping ??= keep().finally(() => { keeping = null; });
  event.waitUntil(keeping.then((kept) => event.source?.postMessage({ kept })));
});

const quietly = (address) => fetch(address, { credentials: "same-origin", redirect: "manual", headers: { "TW-Live": "1" } }).catch(() => null);

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(KEPT.pages.map(async (address) => {
    const fresh = await quietly(address);
    if (fresh?.ok) await cache.put(address, fresh);
  }));
  // Somebody may have signed out meanwhile, in a worker of another scope. A node that is slow or down says nothing about that.
  const still = await quietly(KEPT.session);
  if (still && (still.type === "opaqueredirect" || still.status === 401 || still.status === 403)) await forgetPages();
  return (await Promise.all(KEPT.pages.map((address) => cache.match(address, { ignoreVary: true })))).every(Boolean);
}

async function forgetPages() {
  const cache = await caches.open(CACHE);
  for (const address of KEPT.pages) await cache.delete(address, { ignoreVary: true });
}

const late = () => new Promise((_, reject) => { setTimeout(() => reject(new TypeError("no answer in time")), WAIT); });

// Signing out wipes the phone. What was not sent yet is not thrown away unasked.
async function leave(request, address) {
  const names = await databases();
  if (!address.searchParams.has("discard") && (await Promise.all(names.map(unsent))).some(Boolean)) {
    return Response.redirect(`${KEPT.pages[0]}?unsent=1`, 303);
  }
  await wipe(names);
  const answer = await fetch(request);
  // Once more: a page may have been kept while the node ended the session. What the answer had the browser clear is gone by now.
  await wipe(await databases());
  return answer;
}

async function wipe(names) {
  for (const name of names) await empty(name);
  await forgetPages();
}

const databases = async () => (await indexedDB.databases()).map((one) => one.name).filter((name) => name.startsWith("tw-controls-"));

const opened = (name) => new Promise((resolve, reject) => {
  const request = indexedDB.open(name);
  // It went meanwhile: an empty one without its stores would stand in the way of the next person.
  request.onupgradeneeded = () => request.transaction.abort();
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const unsent = (name) => withStores(name, "readonly", (stores) => stores.outbox.count());
const empty = (name) => withStores(name, "readwrite", (stores) => { for (const store of Object.values(stores)) store.clear(); });

async function withStores(name, mode, work) {
  const database = await opened(name).catch(() => null);
  if (!database) return 0;
  try {
    const present = STORES.filter((store) => database.objectStoreNames.contains(store));
    if (!present.length) return 0;
    return await new Promise((resolve, reject) => {
      const change = database.transaction(present, mode);
      const asked = work(Object.fromEntries(present.map((store) => [store, change.objectStore(store)])));
      change.oncomplete = () => resolve(asked?.result ?? 0);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally {
    database.close();
  }
}
