// The wall: fetched again when something happened, at most once a second and never under a drag; cases are dropped on people and queues.
import { act } from "./instant.js";
import { rove } from "./list.js";
import { selection } from "./select.js";

const PAUSE = 1000;
const LEFT_ALONE = 20000; // what nobody tells of, as time going by
const wall = () => document.querySelector("[data-wall]");
let dragged = null;
let timer = 0;
let last = Date.now();

const isBusy = () => dragged || document.querySelector("dialog[open], .wall details[open], .wall .htmx-request");

function later() { if (wall()) timer ||= setTimeout(refresh, Math.max(0, last + PAUSE - Date.now())); }

async function refresh() {
  timer = 0;
  last = Date.now();
  if (!wall() || document.hidden || !navigator.onLine) return;
  if (isBusy()) { later(); return; }
  const answer = await fetch(wall().dataset.wall, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || !wall() || isBusy()) { if (answer?.ok) later(); return; }
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.querySelector("#wall-panels");
  if (!fresh) return;
  const focused = place(document.activeElement);
  document.getElementById("wall-panels").replaceWith(fresh);
  window.htmx?.process(fresh);
  (focused && fresh.querySelector(focused))?.focus({ preventScroll: true });
  begin();
  document.dispatchEvent(new CustomEvent("careline:refreshed"));
}

// Where the focus was, so that it is there again.
function place(element) {
  if (!element?.closest?.("#wall-panels")) return "";
  const row = element.closest(".row");
  if (row) return `#${row.id} ${element.matches("input") ? "input" : "> a"}`;
  const person = element.closest("[data-drop-agent]");
  if (person && element.matches("summary")) return `[data-drop-agent="${person.dataset.dropAgent}"] summary`;
  return element.getAttribute("href") ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : "";
}

function begin() {
  for (const row of document.querySelectorAll(".wall-rows .row")) row.draggable = !wall().classList.contains("big");
  const { numbers } = selection();
  for (const pick of document.querySelectorAll(".wall-rows [data-pick]")) pick.checked = numbers.includes(pick.value);
  rove();
}

const target = (event) => dragged && event.target.closest?.("[data-drop-agent], [data-drop-team]");
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".wall-rows .row");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", `#${dragged.dataset.number}`);
  dragged.classList.add("dragged");
});
document.addEventListener("dragover", (event) => {
  const found = target(event);
  for (const other of document.querySelectorAll(".wall .over")) if (other !== found) other.classList.remove("over");
  if (!found) return;
  event.preventDefault();
  found.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const found = target(event);
  if (!found) return;
  event.preventDefault();
  const { dropAgent, dropTeam } = found.dataset;
  act(dragged.dataset.number, dropAgent ? "assignee" : "team", { values: dropAgent ? { agent: dropAgent } : { team: dropTeam } });
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  for (const found of document.querySelectorAll(".wall .over")) found.classList.remove("over");
});

document.addEventListener("careline:changed", later);
document.addEventListener("careline:acted", later);
document.addEventListener("htmx:afterRequest", (event) => { if (wall() && event.detail.pathInfo?.requestPath === "/bulk-changes") { begin(); setTimeout(later, PAUSE); } });
document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target?.id === "wall-panels") begin(); });
document.addEventListener("visibilitychange", later);
if (wall()) { begin(); setInterval(later, LEFT_ALONE); }
