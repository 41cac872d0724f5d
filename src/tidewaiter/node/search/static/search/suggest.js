// Suggestions under the search box while one types: a native list, so that keys and screen readers work as they know it.
const box = document.querySelector(".tw-search input[type=search]");
const FEWEST = 2;
const PAUSE = 150;
let timer = 0;
let asking = null;
let known = new Map();

function offer(items) {
  known = new Map(items.map((item) => [item.title, item.url]));
  const list = document.getElementById("tw-suggestions");
  list.replaceChildren(...items.map((item) => {
    const option = document.createElement("option");
    option.value = item.title;
    option.label = `${item.title} · ${item.kind}`;
    return option;
  }));
}

async function ask(text) {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(`/search/suggest?${new URLSearchParams({ q: text })}`, { signal: asking.signal });
    if (answer.ok) offer((await answer.json()).items);
  } catch (problem) {
    // Without suggestions the box works all the same; what was superseded by further typing is no problem at all.
    if (problem.name !== "AbortError") offer([]);
  }
}

if (box) {
  const list = document.createElement("datalist");
  list.id = "tw-suggestions";
  box.after(list);
  box.setAttribute("list", list.id);
  box.addEventListener("input", (event) => {
    window.clearTimeout(timer);
    const text = box.value.trim();
    const chosen = event.inputType === "insertReplacementText" || !(event instanceof InputEvent);
    if (chosen && known.has(box.value)) { window.location.assign(known.get(box.value)); return; }
    if (text.length < FEWEST) { offer([]); return; }
    timer = window.setTimeout(() => ask(text), PAUSE);
  });
}
