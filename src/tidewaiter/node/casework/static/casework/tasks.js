// The officer's tasks: kept for when there is no connection, and what of this phone still waits to be sent.
import { all, replaceTasks } from "./kept.js";
import { discard, onChange, send } from "./sending.js";
import "./leaving.js";

const data = document.getElementById("tasks-data");
const box = document.querySelector("[data-waiting]");
const words = box?.dataset ?? {};

async function show(state) {
  const outbox = await all("outbox");
  box.hidden = !outbox.length;
  box.dataset.known = String(outbox.length);
  const list = box.querySelector("ul");
  list.replaceChildren(...outbox.map(line));
  const lead = box.querySelector("p");
  lead.textContent = state.last === "signed-out" ? words.signedOut : words.unsent;
  box.querySelector("[data-sign-in]").hidden = state.last !== "signed-out";
  const done = JSON.parse(sessionStorage.getItem("tw-sent") ?? "null");
  if (state.last === "sent" && done) {
    sessionStorage.removeItem("tw-sent");
    const note = document.querySelector("[data-arrived]");
    note.hidden = false;
    note.querySelector("div").textContent = [words.sent, done.case, done.not_free, done.picture].filter(Boolean).join(" · ");
  }
  for (const row of document.querySelectorAll("[data-task]")) row.hidden = outbox.some((one) => one.values.selection_id === row.dataset.task);
}

function line(record) {
  const item = document.createElement("li");
  const subject = document.createElement("b");
  subject.textContent = record.values.subject_label;
  item.append(subject, ` · ${record.errors ? words.refused : record.answer ? words.pictures : words.unsentOne}`);
  if (record.errors) {
    const mend = document.createElement("a");
    mend.href = `${words.form}?mend=${record.client_id}`;
    mend.textContent = words.mend;
    const away = document.createElement("button");
    away.type = "button";
    away.className = "btn btn-link";
    away.textContent = words.discard;
    away.addEventListener("click", () => discard(record.client_id));
    item.append(" ", Object.values(record.errors).flat().join(" "), " ", mend, " ", away);
  }
  return item;
}

if (data && box) {
  if (navigator.onLine) await replaceTasks(JSON.parse(data.textContent));
  onChange(show);
  document.querySelector("[data-send]")?.addEventListener("click", send);
  const leaving = document.querySelector("[data-leave-anyway]");
  if (leaving && new URLSearchParams(window.location.search).has("unsent")) leaving.hidden = false;
}
