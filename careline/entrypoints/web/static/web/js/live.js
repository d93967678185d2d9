// One stream per browser: the tab that holds the lock listens and tells the others. An event says what changed, never
// what it says now: each tab fetches only what it shows, about once a second, and moves neither focus nor scroll.
import { fragment, refreshRows } from "./rows.js";

// drawn anew each time: browsers that were woken by the same event soon fetch evenly, not all in one moment
const pause = () => 500 + Math.random() * 250;
const JITTER = 150;
const COUNT_PAUSE = 5000;
const AGAIN = 4000;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("careline-live") : null;
const changed = new Map();
const known = new Map(); // who is where, as the tab that listens knows it
let leads = false;
let stream = null;
let lastEvent = document.body.dataset.since ?? "";
let timer = 0;
let nextFetch = 0;

function listen() {
  leads = true;
  stream?.close();
  // from where the page was made, or from what was heard last: what happened until the stream is open is told too
  stream = new EventSource(`/live?since=${encodeURIComponent(lastEvent)}`);
  const mine = stream;
  stream.addEventListener("open", () => { known.clear(); tell({ presence: { reset: true } }); tell({ state: "live" }); });
  stream.addEventListener("presence", (event) => {
    const who = JSON.parse(event.data);
    if (who.doing) known.set(`${who.number}/${who.agent}`, who); else known.delete(`${who.number}/${who.agent}`);
    tell({ presence: who });
  });
  stream.addEventListener("error", () => {
    if (mine !== stream) return;
    tell({ state: "lost" });
    // the browser tries again by itself unless the server refused; then we do
    if (stream.readyState === EventSource.CLOSED && navigator.onLine) setTimeout(() => { if (mine === stream) listen(); }, 3000 + Math.random() * 4000);
  });
  stream.addEventListener("changed", (event) => { if (event.lastEventId) lastEvent = event.lastEventId; tell(JSON.parse(event.data)); });
  stream.addEventListener("resync", () => tell({ resync: true }));
}

function tell(news) {
  take(news);
  channel?.postMessage(news);
}

function take(news) {
  if (news.presence) { document.dispatchEvent(new CustomEvent("careline:presence", { detail: news.presence })); return; }
  if (news.whoIsWhere) { if (leads) for (const who of known.values()) channel.postMessage({ presence: who }); return; }
  if (news.state) { showConnection(news.state); return; }
  if (news.name === "bell.told") { document.dispatchEvent(new CustomEvent("careline:told")); return; }
  if (news.resync) { markAllShown(); document.dispatchEvent(new CustomEvent("careline:changed", { detail: { all: true } })); }
  if (news.number) { changed.set(String(news.number), news.version); document.dispatchEvent(new CustomEvent("careline:changed", { detail: { number: news.number } })); }
  schedule();
}

function markAllShown() {
  for (const shown of document.querySelectorAll(".row[data-number], [data-case]")) changed.set(shown.dataset.number ?? shown.dataset.case, 0);
}

function schedule() {
  if (!timer) timer = setTimeout(refresh, Math.max(0, nextFetch - Date.now()) + Math.random() * JITTER);
}

let lostTimer = 0;
function showConnection(state) {
  const line = document.getElementById("connection");
  clearTimeout(lostTimer);
  // a restart of a second or two is nobody's business; a network that is gone is
  if (state === "lost") lostTimer = setTimeout(() => { line.dataset.state = "lost"; }, navigator.onLine ? 4000 : 0);
  else {
    if (line.dataset.state === "lost") take({ resync: true });
    line.dataset.state = "live";
  }
}

async function refresh() {
  timer = 0;
  nextFetch = Date.now() + pause();
  const numbers = [...changed.keys()];
  changed.clear();
  if (document.hidden || !navigator.onLine) { for (const number of numbers) changed.set(number, 0); return; }
  const parts = numbers.length ? [refreshRows(numbers), refreshCase(numbers)] : [];
  const ended = await Promise.allSettled([...parts, refreshCounts()]);
  // what could not be fetched is fetched a little later, or when the network is back
  if (ended.some((one) => one.status === "rejected")) { for (const number of numbers) changed.set(number, 0); setTimeout(schedule, AGAIN); }
  document.dispatchEvent(new CustomEvent("careline:refreshed"));
}

async function refreshCase(numbers) {
  const open = document.querySelector("[data-case]");
  if (!open || !numbers.includes(open.dataset.case)) return;
  const last = [...open.querySelectorAll("[data-message]")].at(-1)?.dataset.message ?? "";
  const url = `/conversations/${open.dataset.case}`;
  const [messages, header] = await Promise.all([fragment(`${url}/messages?after=${last}`), fragment(`${url}/header`)]);
  if (!open.isConnected) return;
  if (messages?.children.length) addMessages(open, messages);
  const old = document.getElementById("case-header");
  const fresh = header?.querySelector("#case-header");
  if (fresh && old && !old.contains(document.activeElement) && !old.querySelector("details[open]")) { old.replaceWith(fresh); window.htmx?.process(fresh); }
  const beside = document.getElementById("structure");
  if (beside && !beside.contains(document.activeElement)) document.body.dispatchEvent(new Event("structure-changed"));
}

function addMessages(open, messages) {
  const thread = document.getElementById("thread");
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 40;
  const anchor = atEnd ? null : [...thread.querySelectorAll("[data-message]")].find((one) => one.getBoundingClientRect().bottom > thread.getBoundingClientRect().top);
  const before = anchor?.getBoundingClientRect().top;
  const end = document.getElementById("thread-end");
  let isNews = false;
  for (const message of [...messages.children]) {
    const shown = document.getElementById(message.id);
    // what looks the same stays as it is, under the pointer and with its history open
    if (shown && (shown.dataset.state === message.dataset.state || shown.dataset.state === "gone")) continue;
    if (shown) shown.replaceWith(message);
    else { end.before(message); isNews = true; }
    window.htmx?.process(message);
  }
  if (anchor?.isConnected) thread.scrollTop += anchor.getBoundingClientRect().top - before;
  if (!isNews) return;
  if (atEnd) thread.scrollTop = thread.scrollHeight;
  else open.querySelector("[data-to-end]").hidden = false;
  const heard = document.getElementById("heard");
  heard.textContent = heard.dataset.newMessage;
}

// The stream may have brought an own answer before its sending was confirmed: the confirmed one takes its place.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "thread-end" || !detail.shouldSwap) return;
  const sent = new DOMParser().parseFromString(detail.serverResponse, "text/html");
  for (const message of sent.querySelectorAll("[data-message]")) document.getElementById(message.id)?.remove();
});

let counted = 0;
let countTimer = 0;
function refreshCounts() {
  const wait = counted + COUNT_PAUSE - Date.now();
  if (wait <= 0) return count();
  countTimer ||= setTimeout(count, wait);
}

async function count() {
  clearTimeout(countTimer);
  countTimer = 0;
  counted = Date.now();
  const view = document.getElementById("rows")?.dataset.view;
  const answer = await fetch(view ? `/counts?tabs=${encodeURIComponent(view)}` : "/counts", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  for (const [key, number] of Object.entries(await answer.json())) {
    for (const place of document.querySelectorAll(`[data-count="${CSS.escape(key)}"]`)) place.textContent = number || "";
  }
}

count();
channel?.addEventListener("message", (event) => take(event.data));
channel?.postMessage({ whoIsWhere: true });
document.addEventListener("careline:list", count);
document.addEventListener("visibilitychange", () => { if (!document.hidden && changed.size) refresh(); });
addEventListener("offline", () => { if (leads) stream.close(); showConnection("lost"); });
addEventListener("online", () => { if (leads) listen(); else if (changed.size) refresh(); });
if (navigator.locks) navigator.locks.request("careline-live", () => { listen(); return new Promise(() => {}); });
else listen();
