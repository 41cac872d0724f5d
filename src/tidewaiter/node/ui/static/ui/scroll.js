// What scrolls sideways can be reached by keyboard; what does not is no stop on the way.
function look(box) {
  const overflows = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  if (overflows) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}
const watch = new ResizeObserver((entries) => entries.forEach((entry) => look(entry.target)));
function all() {
  for (const box of document.querySelectorAll(".tw-scroll, .tw-views, .tw-panel")) watch.observe(box);
}
all();
document.addEventListener("htmx:afterSettle", all);
