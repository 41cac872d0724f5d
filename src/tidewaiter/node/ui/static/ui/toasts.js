// Messages in the corner. They stay until closed; only those the server calls brief go by themselves, and not while looked at.
import { icon, words } from "./words.js";

const BRIEF = 8000;
const SIGNS = { good: "check", bad: "warn", warn: "warn", intel: "tip" };

function place() {
  let corner = document.querySelector(".tw-toasts");
  if (!corner) {
    corner = document.createElement("div");
    corner.className = "tw-toasts";
    corner.setAttribute("aria-live", "polite");
    document.body.append(corner);
  }
  return corner;
}

function goes(toast) {
  let timer = 0;
  const start = () => { timer = window.setTimeout(() => toast.remove(), BRIEF); };
  const stop = () => window.clearTimeout(timer);
  for (const [event, act] of [["mouseenter", stop], ["focusin", stop], ["mouseleave", start], ["focusout", start]]) toast.addEventListener(event, act);
  start();
}

export function say(text, level = "", { brief = false, id = "" } = {}) {
  if (id) document.getElementById(id)?.remove();
  const toast = document.createElement("div");
  toast.className = "tw-toast";
  toast.setAttribute("role", level === "bad" ? "alert" : "status");
  if (level) toast.dataset.s = level;
  if (id) toast.id = id;
  const body = document.createElement("span");
  body.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.close = "";
  close.setAttribute("aria-label", words.close);
  close.append(icon("cross"));
  toast.append(icon(SIGNS[level] ?? "info"), body, close);
  place().append(toast);
  if (brief) goes(toast);
  return toast;
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-close]")?.closest(".tw-toast")?.remove();
  if (event.target.closest("[data-print]")) window.print();
});
for (const toast of document.querySelectorAll(".tw-toast[data-brief]")) goes(toast);

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  say(status === 401 || status === 403 ? words.refused : words.failed, "bad", { id: "tw-failed" });
});
document.addEventListener("htmx:sendError", () => say(words.offline, "warn", { id: "tw-link" }));
window.addEventListener("offline", () => say(words.offline, "warn", { id: "tw-link" }));
window.addEventListener("online", () => say(words.online, "good", { id: "tw-link", brief: true }));
