// Going about in the inbox without a page being loaded: from case to case, from view to view, and back again.
import { ahead, fetchCase, taken } from "./prefetch.js";
import { links, markOpen, showThreadEnd, sweepGone } from "./list.js";
import { say } from "./toast.js";

const CASE = /^\/conversations\/(\d+)$/;
const VIEW = /^\/(inbox|views\/[^/]+)$/;
const pane = () => document.getElementById("case");
const list = () => document.getElementById("list");
export const openNumber = () => document.querySelector("[data-case]")?.dataset.case ?? "";
let turn = 0;

// Whether this page can show the place without being loaded anew.
function reaches(url) {
  if (url.origin !== location.origin || !list() || !pane()) return false;
  return CASE.test(url.pathname) || VIEW.test(url.pathname);
}

// Goes there; the address is written by whoever calls, before.
async function show(url) {
  const mine = ++turn;
  const number = CASE.exec(url.pathname)?.[1];
  if (number && number === openNumber()) { if (url.hash) document.querySelector(url.hash)?.scrollIntoView({ block: "center" }); return; }
  if (number) { await showCase(number, url, mine); return; }
  if (list().dataset.url !== url.pathname + url.search) await showList(url, mine);
  else if (list().dataset.kind !== "play") closeCase();
}

async function showCase(number, url, mine) {
  let html = taken(number);
  const wasKept = Boolean(html);
  if (!html) {
    pane().setAttribute("aria-busy", "true");
    try {
      const answer = await fetchCase(number);
      if (mine !== turn) return;
      if (!answer.html) { leave(answer.redirect, url); return; }
      html = answer.html;
    } catch { say(document.getElementById("toasts").dataset.offline); markOpen(); return; } finally { pane()?.removeAttribute("aria-busy"); }
  }
  followFocus(number);
  sweepGone(number);
  put(pane(), html);
  document.title = `#${number} · Careline`;
  if (wasKept) setTimeout(() => noteRead(number));
  // painted first, then the next ones
  setTimeout(() => aheadOf(number), 120);
}

// Keys act on the row in focus: it must not stay on another case than the one that opens.
function followFocus(number) {
  const row = document.activeElement?.closest?.(".row");
  if (!row || row.dataset.number === number) return;
  document.activeElement.blur();
  document.querySelector(`#row-${number} > a`)?.focus({ preventScroll: true });
}

// Elsewhere, where the server sends us; a place that cannot be shown is not asked for again and again.
function leave(redirect, url) {
  list()?.removeAttribute("aria-busy");
  if (redirect && new URL(redirect, url).pathname !== url.pathname) { location.assign(redirect); return; }
  say(document.getElementById("toasts").dataset.failed);
  markOpen();
}

function put(place, html) {
  place.innerHTML = html;
  window.htmx?.process(place);
  place.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true, detail: { elt: place, target: place, successful: true, requestConfig: { elt: place, verb: "get" }, xhr: { status: 200 } } }));
}

// What was fetched ahead was not read yet: now it is.
function noteRead(number) {
  const headers = { "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content };
  fetch(`/conversations/${number}/reading`, { method: "PUT", headers }).catch(() => {});
}

export function aheadOf(number) {
  const all = links().map((link) => link.closest("[data-number]").dataset.number);
  const from = all.indexOf(number);
  if (from >= 0) ahead([all[from + 2], all[from + 1]]);
}

async function showList(url, mine) {
  list().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Target": "list" } });
    if (mine !== turn) return;
    if (!answer.ok || answer.redirected) { leave(answer.redirected ? answer.url : "", url); return; }
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fresh = holder.content.querySelector("#list");
    if (!fresh) { leave("", url); return; }
    closeCase();
    list().replaceWith(fresh);
    window.htmx?.process(fresh);
  } catch { list().removeAttribute("aria-busy"); say(document.getElementById("toasts").dataset.offline); return; }
  document.title = `${list().getAttribute("aria-label")} · Careline`;
  list().closest(".desk").dataset.kind = list().dataset.kind;
  for (const view of document.querySelectorAll(".view[data-view]")) if (view.dataset.view === list().dataset.view) view.setAttribute("aria-current", "page"); else view.removeAttribute("aria-current");
  list().dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true, detail: { elt: list(), target: list(), requestConfig: { elt: list(), verb: "get" }, xhr: { status: 200 } } }));
  document.dispatchEvent(new CustomEvent("careline:list"));
}

// The first case of a list that was empty: the list is fetched, the rest of the page stays.
async function fillList() {
  const shown = document.getElementById("rows");
  if (!shown || document.querySelector("[data-search]")?.value) return;
  const answer = await fetch(list().dataset.url, { headers: { "HX-Request": "true", "HX-Target": "list" } }).catch(() => null);
  if (!answer?.ok || !shown.isConnected) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.querySelector("#rows");
  if (!fresh?.querySelector(".row")) return;
  shown.replaceWith(fresh);
  window.htmx?.process(fresh);
  markOpen();
}
document.addEventListener("careline:first-row", fillList);

// On a phone the list lies behind the case, where it was left: no need to ask the server again.
function closeCase() {
  const number = openNumber();
  if (!number) return;
  put(pane(), document.getElementById("no-case")?.innerHTML ?? "");
  document.querySelector(`#row-${number} > a`)?.focus({ preventScroll: true });
  document.title = `${list().getAttribute("aria-label")} · Careline`;
  markOpen();
}

export function go(address) {
  const url = new URL(address, location.href);
  if (!reaches(url)) { location.assign(url); return; }
  if (window.navigation) { navigation.navigate(url.href, { history: url.href === location.href ? "replace" : "push" }); return; }
  if (url.href !== location.href) history.pushState(null, "", url);
  show(url);
}

export const goBack = () => go(list()?.dataset.url ?? "/inbox");

if (window.navigation) {
  // links, scripts and the back button, all alike
  navigation.addEventListener("navigate", (event) => {
    const url = new URL(event.destination.url);
    if (!event.canIntercept || event.hashChange || event.downloadRequest !== null || event.formData || !reaches(url)) return;
    if (event.destination.sameDocument && event.navigationType !== "traverse") return;
    if (event.navigationType === "reload") return;
    event.intercept({ focusReset: "manual", scroll: "manual", handler: () => show(url) });
  });
} else {
  addEventListener("popstate", () => { const url = new URL(location.href); if (reaches(url)) show(url); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target || !reaches(new URL(link.href))) return;
    event.preventDefault();
    go(link.href);
  });
}
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-back]") || event.ctrlKey || event.metaKey || !list()) return;
  event.preventDefault();
  goBack();
});

let resting = 0;
function rest(link) {
  clearTimeout(resting);
  const number = link?.closest("[data-number]")?.dataset.number;
  if (!number) return;
  resting = setTimeout(() => { ahead([number]); aheadOf(number); }, 60);
}
document.addEventListener("focusin", (event) => { if (event.target.matches?.(".row > a, .slip-link")) rest(event.target); });
document.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse" && event.target.closest?.(".row > a, .slip-link")) rest(event.target.closest("a")); });
addEventListener("load", () => setTimeout(() => { const first = links()[0]?.closest("[data-number]").dataset.number; if (openNumber()) aheadOf(openNumber()); else if (first) { ahead([first]); aheadOf(first); } showThreadEnd(); }, 400), { once: true });
