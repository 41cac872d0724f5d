// The queue: a click on a row chooses it; a filter sends itself; what is new waits while the pointer is over the list.
document.addEventListener("click", (event) => {
  const row = event.target.closest(".tw-queue > .tw-row");
  if (!row || event.target.closest("a, button, summary, form")) return;
  row.parentElement.querySelector(".tw-row[aria-current]")?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  row.dispatchEvent(new CustomEvent("tw:select", { bubbles: true }));
});
document.addEventListener("change", (event) => { if (event.target.matches("select[data-sends]")) event.target.form.requestSubmit(); });

const busy = (box) => box.querySelector("details[open] form, .tw-queue:hover") !== null && window.matchMedia("(hover: hover)").matches
  || box.querySelector("details[open] form") !== null;
const waiting = new Set();
document.addEventListener("tw:refresh", (event) => {
  const box = event.target;
  if (box.id !== "queue" || !busy(box)) return;
  event.stopImmediatePropagation(); // nothing moves under the pointer, no half-written reason is lost
  waiting.add(box.id);
}, true);
const later = () => {
  const box = document.getElementById("queue");
  if (!waiting.size || !box || busy(box)) return;
  waiting.clear();
  box.dispatchEvent(new CustomEvent("tw:refresh"));
};
document.addEventListener("mouseout", () => window.setTimeout(later, 50));
document.addEventListener("toggle", later, true);
