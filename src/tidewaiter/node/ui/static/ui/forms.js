// Forms: nothing is sent twice, nothing typed is lost. Drafts stay on this device until the form is sent or the person discards them.
// <form data-draft="name"> keeps a draft; <input data-secret> and files never enter one.
import { words } from "./words.js";

const PREFIX = "tw-draft:";
const KEEP_DAYS = 14;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "get" || form.hasAttribute("hx-post")) return;
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.dataset.busy = "";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-busy]")) delete button.dataset.busy;
  }
});

const fields = (form) => [...form.elements].filter((field) =>
  field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !("secret" in field.dataset));

const read = (form) => fields(form).map((field) => ["checkbox", "radio"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value]);

// What the server wrote; a browser that restores fields by itself does not change these.
function written(field) {
  if (["checkbox", "radio"].includes(field.type)) return [field.name, field.value, field.defaultChecked];
  if (field.options) return [field.name, ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value];
  return [field.name, field.defaultValue];
}

function restore(form, saved) {
  for (const field of fields(form)) {
    const choice = ["checkbox", "radio"].includes(field.type);
    const found = saved.find((one) => one[0] === field.name && (!choice || one[1] === field.value));
    if (!found) continue;
    if (choice) field.checked = found[2];
    else field.value = found[1];
  }
}

function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), value }));
    return true;
  } catch (full) {
    console.warn("draft not kept:", full.name);
    return false;
  }
}

function load(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    return kept && Date.now() - kept.at < KEEP_DAYS * 86400000 ? kept.value : null;
  } catch (broken) {
    console.warn("draft not readable:", broken.name);
    return null;
  }
}

function line(form, text, discard) {
  let place = form.querySelector(".tw-draft");
  if (!place) {
    place = document.createElement("p");
    place.className = "tw-draft mb-0";
    place.setAttribute("role", "status");
    form.prepend(place);
  }
  place.textContent = text;
  if (!discard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-link btn-sm";
  button.textContent = words.discard;
  button.addEventListener("click", discard);
  place.append(" ", button);
}

function keeps(form) {
  const key = `${PREFIX}${form.dataset.draft}`;
  const saved = load(key);
  const before = JSON.stringify(fields(form).map(written));
  const refused = form.querySelector("[aria-invalid], [data-bad], [data-errors]") || form.previousElementSibling?.matches("[data-errors]");
  if (saved && !refused && JSON.stringify(saved) !== before) {
    restore(form, saved);
    line(form, words.restored, () => { store(key, null); form.reset(); line(form, ""); });
  }
  let timer = 0;
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { if (store(key, read(form))) line(form, words.kept); }, 400);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}
for (const form of document.querySelectorAll("form[data-draft]")) keeps(form);

// The server names the drafts that arrived (<meta name="tw-sent" content="name name">): only then do they go.
for (const name of document.querySelector('meta[name="tw-sent"]')?.content.split(" ") ?? []) store(`${PREFIX}${name}`, null);

document.addEventListener("click", (event) => {
  const button = event.target.closest(".tw-qty button");
  if (!button) return;
  const box = button.closest(".tw-qty");
  const field = box.querySelector("input");
  const step = Number(box.dataset.step) || 1;
  const now = Number.parseInt(field.value.replace(/\D/g, ""), 10) || 0;
  field.value = String(Math.max(0, now + ("more" in button.dataset ? step : -step)));
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.querySelector("[data-errors]")?.focus();
