// Sends what waits: the record first, once, then its pictures in pieces, each going on where it stopped. Nothing leaves the phone
// before the node says that it has it.
import { all, drop, forget, get, person, put } from "./kept.js";

const PIECE = 256 * 1024;
const AGAIN = 15000;
const place = document.querySelector("[data-owner]")?.dataset ?? {};
const listeners = new Set();
let token = "";
let state = { waiting: 0, refused: 0, last: "" };

class Later extends Error {}
class SignedOut extends Error {}

export const onChange = (listener) => { listeners.add(listener); listener(state); };

async function tell(last) {
  const outbox = await all("outbox");
  state = { waiting: outbox.filter((one) => !one.errors).length, refused: outbox.filter((one) => one.errors).length, last };
  for (const listener of listeners) listener(state);
}

async function ask(address, options = {}) {
  let answer;
  try {
    // Sending by itself does not count as a person who does something, so that sessions end as they should.
    answer = await fetch(address, { redirect: "manual", credentials: "same-origin", ...options, headers: { ...options.headers, "TW-Live": "1" } });
  } catch {
    throw new Later();
  }
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (answer.status >= 500) throw new Later();
  return answer;
}

// Whoever kept the record sends it: a token is asked for each time, because that of the page may be days old.
async function session() {
  const answer = await ask(place.session);
  if (!answer.ok) throw new SignedOut();
  const found = await answer.json();
  if (found.person !== person) throw new SignedOut();
  token = found.token;
}

const json = (values) => ({ method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(values) });

async function sendRecord(record) {
  const answer = await ask(place.send, json(record.values));
  if (answer.status === 403) throw new SignedOut();
  const found = await answer.json();
  if (!answer.ok) {
    record.errors = found.errors ?? { __all__: [String(answer.status)] };
    await put("outbox", record);
    return false;
  }
  record.answer = found;
  await put("outbox", record);
  return true;
}

async function sendPhoto(record, id) {
  const photo = await get("photos", id);
  if (!photo || photo.refused) return;
  const begun = await ask(place.uploads, json({ id, control: record.client_id, size: photo.blob.size, sha256: photo.sha256, shows: photo.shows }));
  let at = await begun.json();
  while (begun.ok && !at.done && !at.error) {
    const piece = photo.blob.slice(at.received, at.received + PIECE);
    const answer = await ask(`${place.uploads}${id}`, { method: "PUT", headers: { "X-CSRFToken": token, "Upload-Offset": String(at.received), "Content-Type": "application/octet-stream" }, body: piece });
    if (answer.status === 403) throw new SignedOut();
    at = await answer.json();
  }
  if (at.error) await put("photos", { ...photo, refused: at.error });
  else if (!begun.ok) throw new Later();
}

async function flush() {
  const outbox = (await all("outbox")).filter((one) => !one.errors).sort((a, b) => a.at - b.at);
  if (!outbox.length) return tell("");
  if (!navigator.onLine) return tell("offline");
  try {
    await session();
    for (const record of outbox) {
      if (!record.answer && !await sendRecord(record)) continue;
      for (const id of record.photos) await sendPhoto(record, id);
      const refused = (await Promise.all(record.photos.map((id) => get("photos", id)))).find((photo) => photo?.refused);
      sessionStorage.setItem("tw-sent", JSON.stringify({ ...record.answer, picture: refused?.refused ?? "" }));
      await forget(record);
    }
    return tell("sent");
  } catch (stopped) {
    if (stopped instanceof SignedOut) return tell("signed-out");
    if (stopped instanceof Later) return tell("offline");
    throw stopped;
  }
}

// One page at a time sends, however many are open.
export const send = () => navigator.locks ? navigator.locks.request(`tw-send-${person}`, { ifAvailable: true }, (lock) => lock && flush()) : flush();

export async function discard(clientId) {
  const record = await get("outbox", clientId);
  for (const id of record?.photos ?? []) await drop("photos", id);
  await drop("outbox", clientId);
  await tell("");
}

if (person) {
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  window.setInterval(send, AGAIN);
  send();
}
