// The service worker: one registration for the pages of controls, one that sees signing out go by and wipes what the phone keeps.
const place = document.querySelector("[data-owner]")?.dataset;
if (place?.worker && "serviceWorker" in navigator) {
  for (const scope of [place.scope, place.leave]) {
    navigator.serviceWorker.register(place.worker, { scope }).catch((failed) => console.warn("no worker:", failed.name));
  }
  navigator.serviceWorker.ready.then((registered) => registered.active?.postMessage("keep"));
  navigator.storage?.persist?.();
}
