// Keys: / search, j k rows, Enter open, letters for the buttons that show them, g and a letter for the sections, ? the list.
// Only outside fields and dialogues, never with Ctrl, Alt or Meta, and not at all where the person switched them off.
const on = document.documentElement.dataset.keys !== "off";
const FIELDS = "input, textarea, select, [contenteditable], dialog[open] *";
let going = 0;

const rows = () => [...document.querySelectorAll(".tw-queue > .tw-row")];
const current = () => document.querySelector(".tw-queue > .tw-row[aria-current]");

function select(row) {
  if (!row) return;
  current()?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  row.querySelector("a.tw-ref, a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("tw:select", { bubbles: true }));
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  select(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function press(letter) {
  const scope = current() ?? document;
  const button = scope.querySelector(`[data-key="${letter}"]`) ?? document.querySelector(`[data-key="${letter}"]:not(.tw-row *)`);
  if (!button || button.disabled) return false;
  if (button.matches("input, textarea, select")) { button.focus(); button.select?.(); } else button.click();
  if (button.matches("summary") && button.parentElement.open) button.parentElement.querySelector("select, textarea, input:not([type=hidden])")?.focus();
  return true;
}

function go(letter) {
  const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  if (link) link.click();
  return Boolean(link);
}

function listed() {
  const dialog = document.getElementById("tw-keys");
  if (dialog && !dialog.open) dialog.showModal();
  return Boolean(dialog);
}

function act(key) {
  if (going) {
    window.clearTimeout(going);
    going = 0;
    return go(key.toLowerCase());
  }
  switch (key) {
    case "j": step(1); return true;
    case "k": step(-1); return true;
    case "g": going = window.setTimeout(() => { going = 0; }, 1500); return true;
    case "?": return listed();
    default: return /^[a-z/]$/.test(key) && press(key);
  }
}

if (on) document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.target.closest(FIELDS)) return;
  if (act(event.key)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-keys]")) listed();
  for (const menu of document.querySelectorAll("details.tw-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
// Esc closes what was opened, keeps what was typed, and gives the focus back to what opened it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const opened = event.target.closest("details.tw-menu[open], details[open]:has(> summary[data-key])");
  if (opened) { opened.open = false; opened.querySelector("summary").focus(); }
  else if (event.target.matches("input[type=search]")) { event.target.blur(); current()?.querySelector("a.tw-ref, a")?.focus({ preventScroll: true }); }
});

// After a swap the focus goes to the row that took the old one's place.
let left = -1;
document.addEventListener("htmx:beforeSwap", (event) => {
  const held = document.activeElement;
  const list = event.detail.target.querySelector?.(".tw-queue");
  left = list && event.detail.target.contains(held) ? rows().indexOf(held.closest(".tw-row") ?? current()) : -1;
});
document.addEventListener("htmx:afterSettle", () => {
  if (left < 0) return;
  const all = rows();
  const at = Math.min(left, all.length - 1);
  left = -1;
  if (at >= 0 && [document.body, null].includes(document.activeElement)) select(all[at]);
});
