// What this phone keeps for one person: tasks, drafts, records that wait to be sent, their pictures. Another person's is never opened.
const owner = document.querySelector("[data-owner]")?.dataset.owner ?? "";
const NAME = `tw-controls-${owner}`;
let ready = null;

function database() {
  ready ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, key] of [["tasks", "id"], ["drafts", "key"], ["outbox", "client_id"], ["photos", "id"]]) request.result.createObjectStore(store, { keyPath: key });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return ready;
}

async function work(stores, mode, act) {
  const opened = await database();
  return new Promise((resolve, reject) => {
    const change = opened.transaction(stores, mode);
    let result;
    const asked = act(...[stores].flat().map((store) => change.objectStore(store)));
    if (asked) asked.onsuccess = () => { result = asked.result; };
    change.oncomplete = () => resolve(result);
    change.onerror = change.onabort = () => reject(change.error);
  });
}

export const all = (store) => work(store, "readonly", (found) => found.getAll());
export const get = (store, key) => work(store, "readonly", (found) => found.get(key));
export const put = (store, value) => work(store, "readwrite", (found) => { found.put(value); });
export const drop = (store, key) => work(store, "readwrite", (found) => { found.delete(key); });

export const replaceTasks = (tasks) => work("tasks", "readwrite", (found) => {
  found.clear();
  for (const task of tasks) found.put(task);
});

// A finished record enters the outbox and its draft goes, in one change: it is never in both places, nor in none.
export const finish = (record, draft) => work(["outbox", "drafts"], "readwrite", (outbox, drafts) => {
  outbox.put(record);
  drafts.delete(draft);
});

// A record that arrived whole goes with its pictures and its task.
export const forget = (record) => work(["outbox", "photos", "tasks"], "readwrite", (outbox, photos, tasks) => {
  outbox.delete(record.client_id);
  for (const id of record.photos) photos.delete(id);
  if (record.values.selection_id) tasks.delete(record.values.selection_id);
});

export const person = owner;
