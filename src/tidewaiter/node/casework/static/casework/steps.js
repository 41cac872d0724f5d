// A control in four screens. Each screen is kept as it is left; saving puts the record on this phone first and sends it after, so that
// a dead link changes no step and nothing is typed twice.
import { drop, finish, get, put } from "./kept.js";
import "./leaving.js";

const form = document.querySelector("form[data-control]");
const words = form.dataset;
const query = new URLSearchParams(window.location.search);
const screens = [...form.querySelectorAll("[data-screen]")];
const marks = [...document.querySelectorAll(".tw-steps li")];
const bars = [...form.querySelectorAll("[data-bottom]")];
const saved = document.querySelector("[data-saved]");
let key = query.get("selection") ?? "new";
let photos = [];
let began = new Date().toISOString();
const urls = new Map();

const field = (name) => form.elements[name];
const value = (name) => { const found = field(name); return !found ? "" : found instanceof RadioNodeList ? found.value : found.value; };
function choose(name, wanted) {
  const found = field(name);
  if (found instanceof RadioNodeList) { for (const one of found) one.checked = one.value === wanted; } else if (found) found.value = wanted;
}
const names = () => [...new Set([...form.elements].filter((one) => one.type !== "file").map((one) => one.name).filter((name) => name && name !== "csrfmiddlewaretoken"))];
const values = () => Object.fromEntries(names().map((name) => [name, value(name)]));

function goTo(number) {
  screens.forEach((screen, index) => { screen.hidden = index !== number - 1; });
  bars.forEach((bar, index) => { bar.hidden = index !== number - 1; });
  marks.forEach((mark, index) => {
    if (index < number) mark.dataset.s = "done"; else delete mark.dataset.s;
    if (index === number - 1) mark.setAttribute("aria-current", "step"); else mark.removeAttribute("aria-current");
  });
  document.querySelector("[data-heading]").textContent = screens[number - 1].dataset.screen;
  const back = document.querySelector("[data-back]");
  back.dataset.to = String(number - 1);
  if (number === 4) check();
  document.getElementById("main").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

// Shoes are counted in pairs: the unit follows the goods until somebody chooses one.
let unitChosen = false;
const usual = JSON.parse(field("category").dataset.usualUnits ?? "{}");
function count() {
  if (!unitChosen) choose("unit", usual[value("category")] ?? usual[""]);
}

async function keep() {
  await put("drafts", { key, values: values(), photos, began, at: Date.now() });
  const now = new Date();
  saved.textContent = `${words.keptWord} ${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
}

function fits() {
  const finding = value("finding");
  for (const part of form.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(finding);
  form.querySelector("[data-extent]").hidden = value("kind") !== "physical";
  const label = value("subject_label");
  if (label) document.querySelector("[data-subject]").textContent = label;
}

function missing(number) {
  const found = [];
  if (number === 1 && !value("subject_label").trim()) found.push(["subject_label", words.noLabel]);
  if (number === 2 && value("finding") === "find") {
    if (!value("category")) found.push(["category", words.noCategory]);
    const typed = value("quantity").replace(/[\s,\u00a0]/g, "");
    if (!typed || !(Number(typed) >= 0)) found.push(["quantity", words.noQuantity]);
  }
  return found;
}

function complain(errors) {
  const box = form.querySelector("[data-problems]");
  box.hidden = !errors.length;
  box.querySelector("ul").replaceChildren(...errors.map(([name, text]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const control = field(name);
    link.href = control && !(control instanceof RadioNodeList) ? `#${control.id}` : "#main";
    link.textContent = text;
    item.append(link);
    return item;
  }));
  for (const bad of form.querySelectorAll("[aria-invalid]")) bad.removeAttribute("aria-invalid");
  for (const [name] of errors) { const control = field(name); if (control && !(control instanceof RadioNodeList)) control.setAttribute("aria-invalid", "true"); }
  if (errors.length) box.focus();
}

const spoken = (name) => {
  const found = field(name);
  if (found instanceof RadioNodeList) { const one = [...found].find((radio) => radio.checked); return one ? one.closest("label").childNodes[1]?.textContent.trim() || one.closest("label").textContent.trim() : ""; }
  if (found?.tagName === "SELECT") return found.value ? found.selectedOptions[0].textContent : "";
  return found?.value ?? "";
};

function check() {
  const isFind = value("finding") === "find";
  const rows = [[words.rowSubject, spoken("subject_label"), 1], [words.rowKind, [spoken("kind"), value("kind") === "physical" ? spoken("extent") : ""].filter(Boolean).join(" · "), 1], [words.rowFinding, spoken("finding"), 2]];
  if (isFind) rows.push([words.rowGoods, [spoken("category"), spoken("mark")].filter(Boolean).join(" · "), 2], [words.rowQuantity, `${value("quantity")} ${spoken("unit")}`, 2]);
  rows.push([words.rowPictures, String(photos.length), 3]);
  if (value("seal_number")) rows.push([words.rowSeal, value("seal_number"), 3]);
  form.querySelector("[data-check]").replaceChildren(...rows.map(([question, answer, step]) => {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    const change = document.createElement("dd");
    const button = document.createElement("button");
    const of = document.createElement("span");
    term.textContent = question;
    said.textContent = answer;
    button.type = "button";
    button.className = "btn btn-link p-0";
    button.textContent = words.change;
    of.className = "visually-hidden";
    of.textContent = ` ${question}`;
    button.append(of);
    button.addEventListener("click", () => goTo(step));
    change.append(button);
    row.append(term, said, change);
    return row;
  }));
  form.querySelector("[data-save-word]").textContent = isFind ? words.saveFind : words.saveOther;
}

async function digest(blob) {
  const found = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(found)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

async function take(input) {
  const file = input.files[0];
  input.value = "";
  if (!file) return;
  if (/hei[cf]$/i.test(file.type) || /\.hei[cf]$/i.test(file.name)) { complain([["photograph", words.noHeic]]); return; }
  if (file.size > Number(words.most)) { complain([["photograph", words.tooLarge]]); return; }
  const blob = new Blob([await file.arrayBuffer()], { type: file.type });
  const id = crypto.randomUUID();
  await put("photos", { id, blob, shows: input.dataset.shows, sha256: await digest(blob) });
  photos = [...photos.filter((one) => one.shows !== input.dataset.shows), { id, shows: input.dataset.shows }];
  complain([]);
  await keep();
  await draw();
}

async function draw() {
  for (const input of form.querySelectorAll("input[data-shows]")) {
    const found = photos.find((one) => one.shows === input.dataset.shows);
    const slot = input.closest("li");
    slot.querySelector("img")?.remove();
    slot.classList.toggle("taken", Boolean(found));
    if (!found) continue;
    const kept = await get("photos", found.id);
    if (!kept) continue;
    if (!urls.has(found.id)) urls.set(found.id, URL.createObjectURL(kept.blob));
    const image = document.createElement("img");
    image.src = urls.get(found.id);
    image.alt = slot.querySelector("label").textContent.trim();
    slot.prepend(image);
  }
}

async function save() {
  const client = value("client_id");
  const record = {
    client_id: client,
    at: Date.now(),
    photos: photos.map((one) => one.id),
    values: { ...values(), began_at: began, recorded_at: new Date().toISOString(), device_id: device(), photographs_expected: photos.length },
  };
  await finish(record, key);
  if (query.has("mend")) await drop("drafts", key);
  // The page of tasks sends it, at once where there is a connection.
  window.location.assign(words.after);
}

function device() {
  const known = localStorage.getItem("tw-device");
  if (known) return known;
  const made = crypto.randomUUID();
  localStorage.setItem("tw-device", made);
  return made;
}

// What is chosen before: a record to be mended, a draft of before, the task as the phone keeps it, or what the node wrote into the page.
async function begin() {
  const mending = query.get("mend");
  const broken = mending ? await get("outbox", mending) : null;
  const draft = await get("drafts", key);
  const task = key === "new" ? null : await get("tasks", key);
  if (broken) {
    key = `mend-${mending}`;
    for (const [name, kept] of Object.entries(broken.values)) choose(name, kept);
    unitChosen = true;
    const shown = await Promise.all(broken.photos.map((id) => get("photos", id)));
    photos = shown.filter(Boolean).map((one) => ({ id: one.id, shows: one.shows }));
    began = broken.values.began_at;
  } else if (draft) {
    for (const [name, kept] of Object.entries(draft.values)) choose(name, kept);
    unitChosen = value("unit") !== (usual[value("category")] ?? usual[""]);
    photos = draft.photos;
    began = draft.began;
  } else {
    choose("client_id", crypto.randomUUID());
    if (task) {
      const likely = { selection_id: task.id, message_id: task.message_id, consignment_id: task.consignment_id, run_id: task.run_id, office: task.office, subject: task.subject, subject_label: task.label, references: JSON.stringify(task.references), kind: task.kind, category: task.category, mark: task.mark, right: task.right, finding: task.tip ? "find" : "no_find" };
      for (const [name, kept] of Object.entries(likely)) choose(name, kept);
      const why = form.querySelector("[data-why]");
      why.hidden = !task.why;
      why.querySelector("div").textContent = task.why;
    }
    count();
  }
  fits();
  await draw();
  goTo(1);
  if (broken) complain(Object.entries(broken.errors ?? {}).map(([name, said]) => [name, said.join(" ")]));
  form.dataset.ready = "1";
}

form.addEventListener("submit", (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("next" in button.dataset) {
    const from = Number(button.dataset.next) - 1;
    const errors = missing(from);
    complain(errors);
    if (!errors.length) { keep(); goTo(Number(button.dataset.next)); }
  }
  if ("save" in button.dataset) {
    const errors = [...missing(1), ...missing(2)];
    if (errors.length) { goTo(errors[0][0] === "subject_label" ? 1 : 2); complain(errors); return; }
    button.disabled = true;
    save();
  }
});
document.querySelector("[data-back]").addEventListener("click", (event) => {
  if (Number(event.currentTarget.dataset.to) > 0) { event.preventDefault(); keep(); goTo(Number(event.currentTarget.dataset.to)); }
});
form.addEventListener("input", (event) => {
  if (event.target.dataset.shows) return;
  if (event.target.name === "unit") unitChosen = true;
  if (event.target.name === "category") count();
  fits();
  keep();
});
form.addEventListener("change", (event) => { if (event.target.dataset.shows) take(event.target); });
await begin();
