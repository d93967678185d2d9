// One stream per browser: the tab that holds the lock listens and tells the others. An event says what changed, never
// what it says now: each tab fetches only what it shows, about once a second, and moves neither focus nor scroll.
import { rove } from "./list.js";

const PAUSE = 750;
const JITTER = 150;
const COUNT_PAUSE = 5000;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("careline-live") : null;
const changed = new Map();
const known = new Map(); // who is where, as the tab that listens knows it
let leads = false;
let timer = 0;
let lastFetch = 0;

function listen() {
  leads = true;
  // from where the page was made: what happened until the stream is open is told too
  const stream = new EventSource(`/live?since=${encodeURIComponent(document.body.dataset.since ?? "")}`);
  stream.addEventListener("open", () => { known.clear(); tell({ presence: { reset: true } }); tell({ state: "live" }); });
  stream.addEventListener("presence", (event) => {
    const who = JSON.parse(event.data);
    if (who.doing) known.set(`${who.number}/${who.agent}`, who); else known.delete(`${who.number}/${who.agent}`);
    tell({ presence: who });
  });
  stream.addEventListener("error", () => {
    tell({ state: "lost" });
    // the browser tries again by itself unless the server refused; then we do
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000 + Math.random() * 4000);
  });
  stream.addEventListener("changed", (event) => tell(JSON.parse(event.data)));
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
  if (news.resync) markAllShown();
  if (news.number) changed.set(String(news.number), news.version);
  schedule();
}

function markAllShown() {
  for (const shown of document.querySelectorAll(".row[data-number], [data-case]")) changed.set(shown.dataset.number ?? shown.dataset.case, 0);
}

function schedule() {
  if (!timer) timer = setTimeout(refresh, Math.max(0, lastFetch + PAUSE - Date.now()) + Math.random() * JITTER);
}

let lostTimer = 0;
function showConnection(state) {
  const line = document.getElementById("connection");
  clearTimeout(lostTimer);
  // a restart of a second or two is nobody's business
  if (state === "lost") lostTimer = setTimeout(() => { line.dataset.state = "lost"; }, 4000);
  else {
    if (line.dataset.state === "lost") take({ resync: true });
    line.dataset.state = "live";
  }
}

async function refresh() {
  timer = 0;
  lastFetch = Date.now();
  const numbers = [...changed.keys()];
  changed.clear();
  if (document.hidden) { for (const number of numbers) changed.set(number, 0); return; }
  const parts = numbers.length ? [refreshRows(numbers), refreshCase(numbers)] : [];
  await Promise.allSettled([...parts, refreshCounts()]);
  document.dispatchEvent(new CustomEvent("careline:refreshed"));
}

async function fragment(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return null;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content;
}

async function refreshRows(numbers) {
  const pane = document.getElementById("rows");
  if (!pane) return;
  const query = new URLSearchParams({ view: pane.dataset.view, numbers: numbers.slice(0, 100).join(",") });
  const fresh = await fragment(`/rows?${query}`);
  if (!fresh) return;
  const found = new Map([...fresh.querySelectorAll(".row")].map((row) => [row.dataset.number, row]));
  const anchor = firstVisible(pane);
  const before = anchor?.getBoundingClientRect().top;
  for (const number of numbers) placeRow(document.getElementById(`row-${number}`), found.get(number));
  if (anchor?.isConnected) pane.scrollTop += anchor.getBoundingClientRect().top - before;
  rove();
}

function firstVisible(pane) {
  if (pane.scrollTop === 0) return null;
  const top = pane.getBoundingClientRect().top;
  return [...pane.querySelectorAll(".row")].find((row) => row.getBoundingClientRect().bottom > top);
}

function placeRow(old, row) {
  // a row that left the view stays, dimmed, until the list is opened again: nothing jumps away under the pointer
  if (!row) { old?.classList.add("gone"); return; }
  const hadFocus = old?.contains(document.activeElement);
  row.classList.add("changed");
  if (old) {
    if (old.querySelector("[aria-current]")) row.querySelector("a").setAttribute("aria-current", "true");
    old.replaceWith(row);
  } else {
    const list = document.getElementById("row-list");
    if (!list) { location.reload(); return; }
    const next = [...list.children].find((other) => !other.dataset.sort || other.dataset.sort < row.dataset.sort);
    list.insertBefore(row, next ?? null);
  }
  window.htmx?.process(row);
  if (hadFocus) row.querySelector("a").focus({ preventScroll: true });
}

async function refreshCase(numbers) {
  const open = document.querySelector("[data-case]");
  if (!open || !numbers.includes(open.dataset.case)) return;
  const last = [...open.querySelectorAll("[data-message]")].at(-1)?.dataset.message ?? "";
  const url = `/conversations/${open.dataset.case}`;
  const [messages, header] = await Promise.all([fragment(`${url}/messages?after=${last}`), fragment(`${url}/header`)]);
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
  const end = document.getElementById("thread-end");
  let isNews = false;
  for (const message of [...messages.children]) {
    const known = document.getElementById(message.id);
    // what looks the same stays as it is, under the pointer and with its history open
    if (known && (known.dataset.state === message.dataset.state || known.dataset.state === "gone")) continue;
    if (known) known.replaceWith(message);
    else { end.before(message); isNews = true; }
    window.htmx?.process(message);
  }
  if (!isNews) return;
  if (atEnd) thread.scrollTop = thread.scrollHeight;
  else open.querySelector("[data-to-end]").hidden = false;
  const heard = document.getElementById("heard");
  heard.textContent = heard.dataset.newMessage;
}

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
  const answer = await fetch("/counts", { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  for (const [key, count] of Object.entries(await answer.json())) {
    for (const place of document.querySelectorAll(`[data-count="${CSS.escape(key)}"]`)) place.textContent = count || "";
  }
}

count();
channel?.addEventListener("message", (event) => take(event.data));
channel?.postMessage({ whoIsWhere: true });
document.addEventListener("visibilitychange", () => { if (!document.hidden && changed.size) refresh(); });
if (navigator.locks) navigator.locks.request("careline-live", () => { listen(); return new Promise(() => {}); });
else listen();
