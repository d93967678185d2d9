// Choosing cases in a list: a click, Shift for all between, x for the one in focus; or all of the view.
const chosen = new Set();
let all = "";
let last = null;

const list = () => document.querySelector(".list");
const picks = () => [...document.querySelectorAll("[data-pick]")];

function show() {
  const pane = list();
  if (!pane) return;
  const n = chosen.size;
  const isOn = n > 0 || Boolean(all) || pane.dataset.choosing === "1";
  pane.toggleAttribute("data-selecting", isOn);
  const bar = document.getElementById("bulk-bar");
  bar.hidden = !(n || all);
  if (!bar.hidden && !bar.dataset.asked) { bar.dataset.asked = "1"; window.htmx?.trigger(bar, "chosen"); }
  const count = bar.querySelector("[data-selected-count]");
  if (count) count.textContent = all ? bar.dataset.all : n;
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
  if (event.target.closest?.("[data-select-view]")) { all = document.getElementById("rows").dataset.view; show(); }
  if (event.target.closest?.("[data-merge-chosen]") && chosen.size) location.assign(`/merges/new?numbers=${[...chosen].join(",")}`);
  const opener = event.target.closest?.("[data-open-dialog]");
  if (opener) { opener.closest("details")?.removeAttribute("open"); document.getElementById(opener.dataset.openDialog).showModal(); }
  if (event.target.closest?.("[data-close-dialog]")) event.target.closest("dialog").close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (chosen.size || all) && !document.querySelector("dialog[open], details[data-menu][open]")) chooseNone();
  const row = event.key === "x" && !event.ctrlKey && !event.metaKey && event.target.closest?.(".row");
  if (row && !event.target.matches("input")) row.querySelector("[data-pick]")?.click();
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
const rows = document.getElementById("rows");
if (rows) new MutationObserver(() => { if (chosen.size || all) show(); }).observe(rows, { childList: true, subtree: true });
