// The board: cards go to another column by drag, or by Shift and an arrow; arrows alone walk from card to card.
import { act } from "./instant.js";
import { rove } from "./list.js";

const board = () => document.getElementById("board");
const columns = () => [...board().querySelectorAll(".column")];
const cards = (column) => [...column.querySelectorAll(".slip")];
let dragged = null;

function focusCard(card) {
  const link = card?.querySelector("a");
  link?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
  rove();
}

function walk(card, key) {
  const column = card.closest(".column");
  const all = cards(column);
  const place = all.indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") { focusCard(all[place + (key === "ArrowDown" ? 1 : -1)]); return; }
  const next = beside(column, key, (one) => cards(one).length);
  if (next) focusCard(cards(next)[Math.min(place, cards(next).length - 1)]);
}

function beside(column, key, fits = () => true) {
  const all = columns();
  const step = (key === "ArrowRight" ? 1 : -1) * (document.dir === "rtl" ? -1 : 1);
  for (let n = all.indexOf(column) + step; all[n]; n += step) if (fits(all[n])) return all[n];
  return null;
}

function count(column, by) {
  const held = column.querySelector("[data-held]");
  if (/^\d+$/.test(held.textContent)) held.textContent = Math.max(0, Number(held.textContent) + by);
}

// Painted at once; where the server refuses, it says why and the card goes back.
async function moveTo(card, column) {
  const from = card.closest(".column");
  if (!column || column === from) return;
  const hadFocus = card.contains(document.activeElement);
  const home = card.nextElementSibling;
  const back = () => { from.querySelector(".slips").insertBefore(card, home?.isConnected && home.parentElement === from.querySelector(".slips") ? home : null); count(from, 1); count(column, -1); };
  column.querySelector(".slips").prepend(card);
  count(from, -1);
  count(column, 1);
  if (hadFocus) focusCard(card);
  document.getElementById("heard").textContent = board().dataset.moved.replace("%", column.getAttribute("aria-label"));
  const { what, value } = column.dataset;
  const asked = what === "agent" ? ["assignee", value ? { verb: "PUT", values: { agent: value } } : { verb: "DELETE" }] : [what, { values: { [what]: value } }];
  let failed = !navigator.onLine;
  const refused = (event) => { if (event.detail.elt === card) failed = true; };
  document.addEventListener("htmx:responseError", refused);
  document.addEventListener("htmx:sendError", refused);
  try { await act(card.dataset.number, asked[0], { ...asked[1], element: card }); } catch { failed = true; }
  document.removeEventListener("htmx:responseError", refused);
  document.removeEventListener("htmx:sendError", refused);
  if (failed && card.isConnected) back();
}

document.addEventListener("keydown", (event) => {
  const card = board() && event.target.closest?.(".slip");
  if (!card || !event.key.startsWith("Arrow") || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (!event.shiftKey) walk(card, event.key);
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") moveTo(card, beside(card.closest(".column"), event.key));
}, true);
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".slip");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", `#${dragged.dataset.number}`);
  dragged.classList.add("dragged");
});
document.addEventListener("dragover", (event) => {
  const column = dragged && event.target.closest?.(".column");
  for (const other of document.querySelectorAll(".column.over")) if (other !== column) other.classList.remove("over");
  if (!column) return;
  event.preventDefault();
  column.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest?.(".column");
  if (column) { event.preventDefault(); moveTo(dragged, column); }
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  for (const column of document.querySelectorAll(".column.over")) column.classList.remove("over");
});

// What changed elsewhere: the columns are fetched again, once for all that came in the meantime, and never under a drag.
let timer = 0;
async function refresh() {
  timer = 0;
  if (!board()) return;
  if (dragged || document.querySelector(".htmx-request.slip")) { later(); return; }
  const answer = await fetch(document.getElementById("list").dataset.url, { headers: { "HX-Request": "true", "HX-Target": "list" } }).catch(() => null);
  if (!answer?.ok || !board()) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const focused = document.activeElement?.closest?.(".slip")?.dataset.number;
  for (const fresh of holder.content.querySelectorAll(".column")) {
    const old = board().querySelector(`[data-column="${fresh.dataset.column}"]`);
    if (!old) continue;
    const scrolled = old.querySelector(".slips").scrollTop;
    old.replaceWith(fresh);
    window.htmx?.process(fresh);
    fresh.querySelector(".slips").scrollTop = scrolled;
  }
  if (focused) document.querySelector(`#row-${focused} > a`)?.focus({ preventScroll: true });
  rove();
  document.dispatchEvent(new CustomEvent("careline:refreshed"));
}
const later = () => { if (board()) timer ||= setTimeout(refresh, 1500); };
document.addEventListener("careline:changed", later);
