// The service worker: one registration for the pages of controls, one that sees signing out go by and wipes what the phone keeps.
// The page says whether this phone can work without a connection, so that nobody drives off before it can.
const place = document.querySelector("[data-owner]")?.dataset;
const sign = document.querySelector("[data-kept]");

function tell(kept) {
  if (!sign) return;
  sign.hidden = false;
  sign.dataset.kept = kept ? "yes" : "no";
  sign.textContent = kept ? sign.dataset.yes : sign.dataset.no;
}

if (place?.worker && "serviceWorker" in navigator) {
  const workers = navigator.serviceWorker;
  const ask = async () => (await workers.ready).active?.postMessage("keep");
  workers.addEventListener("message", ({ data }) => { if (data && "kept" in data) tell(data.kept); });
  // Another version of the worker begins with nothing kept.
  workers.addEventListener("controllerchange", ask);
  for (const scope of [place.scope, place.leave]) workers.register(place.worker, { scope }).catch((failed) => console.warn("no worker:", failed.name));
  tell(false);
  ask();
  window.addEventListener("online", ask);
  navigator.storage?.persist?.();
}
