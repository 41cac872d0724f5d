// Live pages. The stream says only that something of a topic changed; the page then asks for what it may see.
//   <div data-live="queue tips" hx-get="…" hx-trigger="tw:refresh">      refetches itself
//   <div data-live="queue" data-announce hx-get="…" hx-trigger="tw:refresh">  says "2 new, show" and waits for the person
//   <body data-stream="https://…/live/events?ticket=…" data-ticket="/live/ticket">
// What the page asks by itself carries TW-Live, so that it does not count as the person being there.
// Without a stream, or while it is broken, the page polls. A ticket that ran out is renewed at data-ticket.
import { say } from "./toasts.js";
import { icon, words } from "./words.js";

const POLL = 15000;
let stream = document.body.dataset.stream;
const title = document.title;
let unseen = 0;
let polling = 0;
let lost = 0;

const boxes = () => [...document.querySelectorAll("[data-live]")];
const topics = (box) => box.dataset.live.split(/\s+/);

function refresh(box) {
  box.querySelector(":scope > .tw-news")?.remove();
  delete box.dataset.waiting;
  box.dispatchEvent(new CustomEvent("tw:refresh"));
}

function announce(box) {
  const count = Number(box.dataset.waiting ?? 0) + 1;
  box.dataset.waiting = String(count);
  let news = box.querySelector(":scope > .tw-news");
  if (!news) {
    news = document.createElement("div");
    news.className = "tw-news";
    news.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("click", () => { box.dataset.asked = ""; refresh(box); });
    news.append(button);
    box.prepend(news);
  }
  news.firstChild.replaceChildren(icon("up"), document.createTextNode(`${count} ${words.news}`));
}

function badge(count) {
  unseen = count;
  document.title = unseen ? `(${unseen}) ${title}` : title;
}

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, headers, triggeringEvent } = event.detail;
  if (triggeringEvent?.type === "tw:refresh" && elt.matches("[data-live]") && !elt.dataset.asked) headers["TW-Live"] = "1";
  delete elt.dataset.asked;
});

let context = null;
function sound() {
  // Two short tones made here: no file to fetch, quiet enough for a shared room.
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume();
  for (const [start, pitch] of [[0, 880], [0.18, 1174.7]]) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    const at = context.currentTime + start;
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(0.18, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.16);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.17);
  }
}

function told(topic) {
  for (const box of boxes()) {
    if (!topics(box).includes(topic)) continue;
    if ("announce" in box.dataset) announce(box);
    else refresh(box);
  }
  if (topic !== "tips") return;
  if (document.hidden) badge(unseen + 1);
  if (document.querySelector("[data-sound-on]")) sound();
}

function poll() {
  if (polling) return;
  polling = window.setInterval(() => {
    if (!document.hidden) for (const box of boxes()) if (!("announce" in box.dataset)) refresh(box);
  }, POLL);
}

function connect() {
  const source = new EventSource(stream);
  source.addEventListener("open", () => {
    window.clearInterval(polling);
    polling = 0;
    if (lost) for (const box of boxes()) refresh(box); // what happened in between was not told
    lost = 0;
  });
  source.addEventListener("message", (event) => told(JSON.parse(event.data).topic));
  source.addEventListener("error", () => {
    lost += 1;
    poll();
    if (lost === 4) say(words.offline, "warn", { id: "tw-link" });
    if (source.readyState === EventSource.CLOSED) window.setTimeout(renew, Math.min(30000, 1000 * 2 ** lost));
  });
}

async function renew() {
  try {
    const answer = await fetch(document.body.dataset.ticket, { headers: { Accept: "application/json", "TW-Live": "1" } });
    if (answer.ok) stream = (await answer.json()).address;
    else if (answer.status === 403) return; // signed out: the polling meets the sign-in page and says so
  } catch (unreachable) {
    console.info("no new ticket yet:", unreachable.name);
  }
  connect();
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) badge(0); });
document.addEventListener("click", (event) => { if (event.target.closest("[data-sound]")) sound(); });
if (boxes().length || stream) {
  if (stream) connect();
  else poll();
}
