// Choosing cases in a list: a click, Shift for all between, by keys (keys.js) the one in focus; or all of the view.
import { current, move } from "./list.js";

const chosen = new Set();
let all = "";
let last = null;

const list = () => document.querySelector(".list");
const bar = () => document.getElementById("bulk-bar");
const picks = () => [...document.querySelectorAll("[data-pick]")];

function show() {
  const pane = list();
  if (!pane) return;
  const n = chosen.size;
  const isOn = n > 0 || Boolean(all) || pane.dataset.choosing === "1";
  pane.toggleAttribute("data-selecting", isOn);
  bar().hidden = !(n || all);
  if (!bar().hidden && !bar().dataset.asked) { bar().dataset.asked = "1"; window.htmx?.trigger(bar(), "chosen"); }
  const count = bar().querySelector("[data-selected-count]");
  if (count) count.textContent = all ? bar().dataset.all : n;
  for (const pick of picks()) pick.checked = Boolean(all) || chosen.has(pick.value);
}

function choose(pick, isChosen) {
  all = "";
  if (isChosen) chosen.add(pick.value); else chosen.delete(pick.value);
}

export function chooseNone() {
  chosen.clear();
  all = "";
  if (list()) delete list().dataset.choosing;
  show();
}

// What is chosen now, for palettes and keys: numbers, or the view all of which is meant.
export const selection = () => ({ numbers: [...chosen], view: all });
export function chooseAll() { all = document.getElementById("rows")?.dataset.view ?? ""; show(); }

// Shift and j or k: from the row in focus to the next, both are chosen.
export function extend(step) {
  const from = current()?.closest(".row");
  move(step);
  for (const row of [from, current()?.closest(".row")]) { const pick = row?.querySelector("[data-pick]"); if (pick) { choose(pick, true); last = pick; } }
  show();
}

// A finger that rests on a row chooses it; the tap that follows opens nothing.
let resting = 0;
let rested = null;
document.addEventListener("pointerdown", (event) => {
  const row = event.pointerType === "touch" && event.target.closest?.(".row > a")?.parentElement;
  rested = null;
  clearTimeout(resting);
  if (row) resting = setTimeout(() => { rested = row; row.querySelector("[data-pick]")?.click(); navigator.vibrate?.(10); }, 500);
});
for (const kind of ["pointerup", "pointercancel", "pointermove", "scroll"]) {
  document.addEventListener(kind, (event) => { if (kind !== "pointermove" || Math.hypot(event.movementX, event.movementY) > 6) clearTimeout(resting); }, { capture: true, passive: true });
}
document.addEventListener("contextmenu", (event) => { if (rested) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".row");
  const isTick = event.target.closest?.("[data-pick]");
  // while cases are chosen by touch a tap chooses too
  const isChoosing = row && !isTick && list()?.hasAttribute("data-selecting") && matchMedia("(pointer: coarse)").matches;
  if (row && !isTick && (rested === row || isChoosing)) { event.preventDefault(); event.stopPropagation(); if (rested !== row) row.querySelector("[data-pick]")?.click(); rested = null; }
}, true);

document.addEventListener("click", (event) => {
  const pick = event.target.closest?.("[data-pick]");
  if (pick) {
    const row = picks();
    const from = row.indexOf(last);
    if (event.shiftKey && from >= 0) {
      const [low, high] = [from, row.indexOf(pick)].sort((a, b) => a - b);
      for (const one of row.slice(low, high + 1)) choose(one, pick.checked);
    } else choose(pick, pick.checked);
    last = pick;
    show();
  }
  if (event.target.closest?.("[data-choose]")) { list().dataset.choosing = list().dataset.choosing ? "" : "1"; if (!list().dataset.choosing) chooseNone(); show(); }
  if (event.target.closest?.("[data-select-none]")) chooseNone();
  if (event.target.closest?.("[data-select-view]")) chooseAll();
  if (event.target.closest?.("[data-merge-chosen]") && chosen.size) location.assign(`/merges/new?numbers=${[...chosen].join(",")}`);
  const opener = event.target.closest?.("[data-open-dialog]");
  if (opener) { opener.closest("details")?.removeAttribute("open"); document.getElementById(opener.dataset.openDialog).showModal(); }
  if (event.target.closest?.("[data-close-dialog]")) event.target.closest("dialog").close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (chosen.size || all) && !document.querySelector("dialog[open], details[data-menu][open]")) chooseNone();
  if (event.shiftKey && ["ArrowDown", "ArrowUp"].includes(event.key) && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && event.target.closest?.("#row-list .row")) { event.preventDefault(); extend(event.key === "ArrowDown" ? 1 : -1); }
});
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.path !== "/bulk-changes" || event.detail.verb !== "post") return;
  const asked = event.detail.parameters;
  const button = event.detail.triggeringEvent?.submitter;
  if (button?.dataset.do) { asked.do = button.dataset.do; for (const name of ["agent", "team", "priority", "until"]) if (button.dataset[name]) asked[name] = button.dataset[name]; }
  if (all) { asked.all = all; asked.q = document.querySelector("[data-search]")?.value ?? ""; } else asked.numbers = [...chosen].join(",");
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { pathInfo, requestConfig, successful } = event.detail;
  if (!successful || requestConfig?.verb !== "post" || pathInfo?.requestPath !== "/bulk-changes" || requestConfig.parameters?.do === "preview") return;
  event.detail.elt.closest?.("dialog")?.close();
  for (const menu of document.querySelectorAll("#bulk-bar details[open]")) menu.open = false;
  chooseNone();
});
document.addEventListener("htmx:afterSwap", show);
document.addEventListener("careline:refreshed", () => { if (chosen.size || all) show(); });
document.addEventListener("careline:list", () => { chosen.clear(); all = ""; last = null; show(); });
