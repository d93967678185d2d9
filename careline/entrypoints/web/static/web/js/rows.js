// Rows that changed elsewhere: known ones are drawn anew where they stand, new ones wait behind a pill while somebody is in the list.
import { rove } from "./list.js";

const held = new Map();
const pane = () => document.getElementById("rows");
const pill = () => document.getElementById("row-news");

export async function fragment(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  if (answer.status >= 500) throw new Error(`${answer.status}`); // asked for again later: what changed is not forgotten
  if (!answer.ok) return null;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content;
}

export async function refreshRows(numbers) {
  if (!document.getElementById("row-list")) { if (pane()?.dataset.kind === "board" || !pane()) return; }
  const asked = new URLSearchParams({ view: pane().dataset.view, tab: pane().dataset.tab ?? "", numbers: numbers.slice(0, 100).join(",") });
  const fresh = await fragment(`/rows?${asked}`);
  if (!fresh || !pane()) return;
  const found = new Map([...fresh.querySelectorAll(".row")].map((row) => [row.dataset.number, row]));
  const anchor = firstVisible(pane());
  const before = anchor?.getBoundingClientRect().top;
  for (const number of numbers) place(String(number), found.get(String(number)));
  if (anchor?.isConnected) pane().scrollTop += anchor.getBoundingClientRect().top - before;
  rove();
}

function firstVisible(shown) {
  if (shown.scrollTop === 0) return null;
  const top = shown.getBoundingClientRect().top;
  return [...shown.querySelectorAll(".row")].find((row) => row.getBoundingClientRect().bottom > top);
}

// Somebody reads, aims at or walks through the list: nothing may move under them.
function isInUse() {
  const shown = pane();
  return shown.scrollTop > 0 || shown.matches(":hover") || shown.contains(document.activeElement) || document.querySelector(".list[data-selecting]");
}

function place(number, row) {
  const old = document.getElementById(`row-${number}`);
  // a row that left the view stays, dimmed, until the next case is opened: nothing jumps away under the pointer
  if (!row) { old?.classList.add("gone"); if (held.delete(number)) showPill(); return; }
  if (old) { redraw(old, row); return; }
  // what is new need not have the words that are searched
  if (document.querySelector("[data-search]")?.value) return;
  const list = document.getElementById("row-list");
  if (!list) { document.dispatchEvent(new CustomEvent("careline:first-row")); return; }
  if (isInUse()) { held.set(number, row); showPill(); return; }
  insert(list, row);
}

export function redraw(old, row) {
  const link = old.querySelector(":scope > a");
  const hadFocus = old.contains(document.activeElement);
  row.classList.add("changed");
  if (link?.getAttribute("aria-current")) row.querySelector(":scope > a").setAttribute("aria-current", "true");
  old.replaceWith(row);
  window.htmx?.process(row);
  if (hadFocus) row.querySelector(":scope > a").focus({ preventScroll: true });
}

function insert(list, row) {
  const next = [...list.children].find((other) => !other.dataset.sort || other.dataset.sort < row.dataset.sort);
  row.classList.add("changed");
  list.insertBefore(row, next ?? null);
  window.htmx?.process(row);
}

function showPill() {
  const button = pill();
  if (!button) return;
  button.hidden = !held.size;
  button.querySelector("[data-words]").textContent = button.dataset.words.replace("%", held.size);
}

function release() {
  const list = document.getElementById("row-list");
  const hadFocus = document.activeElement === pill();
  for (const [number, row] of held) if (list && !document.getElementById(`row-${number}`)) insert(list, row);
  held.clear();
  showPill();
  if (!list) return;
  pane().scrollTop = 0;
  if (hadFocus) list.querySelector(".row > a")?.focus({ preventScroll: true });
  rove();
}

document.addEventListener("click", (event) => { if (event.target.closest?.("#row-news")) release(); });
document.addEventListener("careline:list", () => { held.clear(); showPill(); });
