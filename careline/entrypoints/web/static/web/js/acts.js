// What each action of the keyboard map does. It falls on the chosen cases, else on the one in focus in the list, else on the open one.
import { openComposer } from "./composer.js";
import { act } from "./instant.js";
import { go, goBack, openNumber } from "./journey.js";
import { shortcuts } from "./keymap.js";
import { current, links, move } from "./list.js";
import { togglePane } from "./panes.js";
import { offerMacros } from "./ready.js";
import { chooseAll, chooseNone, extend, selection } from "./select.js";
import { say } from "./toast.js";

const words = (name) => document.getElementById("finder-words").dataset[name];
const header = () => document.querySelector("[data-case] #case-header");
const rowOf = (number) => document.getElementById(`row-${number}`);
const focused = () => document.activeElement?.closest?.("[data-list] .row, .card[data-number]");

// On what an action falls: {numbers, view} of what is chosen, or one number; nothing where there is no case.
export function aim() {
  const chosen = selection();
  if (chosen.numbers.length || chosen.view) return { isMany: true, ...chosen, count: chosen.view ? "" : chosen.numbers.length };
  const number = focused()?.dataset.number ?? openNumber();
  return number ? { isMany: false, number, numbers: [number] } : null;
}

export function isPossible(shortcut) {
  if (shortcut.where === "cases") return Boolean(aim());
  if (shortcut.where === "open") return Boolean(openNumber() || focused());
  if (shortcut.where === "list") return Boolean(document.querySelector("[data-list], #list"));
  return shortcut.where !== "writing";
}

let latest = null; // what was asked of the server last
// One case by its own address, many as a bulk change: both can be undone where they stand.
export async function change(aimed, one, many) {
  if (!aimed) return;
  if (aimed.isMany && !many) { say(words("oneOnly")); return; }
  latest = aimed.isMany ? window.htmx.ajax("POST", "/bulk-changes", { source: document.getElementById("heard"), target: "#heard", swap: "none", values: many }) : act(aimed.number, one.path, { verb: one.verb, values: one.values });
  await latest;
}

function isResolved(number) {
  return openNumber() === number ? Boolean(header()?.querySelector("[hx-delete$='/resolution']")) : Boolean(rowOf(number)?.classList.contains("resolved"));
}

function resolve() {
  const aimed = aim();
  const isDone = !aimed.isMany && isResolved(aimed.number);
  return change(aimed, { verb: isDone ? "DELETE" : "PUT", path: "resolution", values: {} }, { do: "resolve" });
}

function resolveNext() {
  const aimed = aim();
  if (aimed.isMany) return resolve();
  const all = links();
  const here = all.findIndex((link) => link.closest(".row").dataset.number === aimed.number);
  const next = all.slice(here + 1).find((link) => !link.closest(".row").matches(".gone, .resolved"));
  const done = isResolved(aimed.number) ? null : change(aimed, { verb: "PUT", path: "resolution", values: {} }, null);
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  if (openNumber() && next) go(next.href);
  else if (openNumber()) goBack();
  return done;
}

// The composer belongs to the open case: another one in focus is opened first.
// An answer goes to everybody on the case, so that "to all" is what Reply is.
function write(kind) {
  const number = focused()?.dataset.number ?? openNumber();
  if (!number || number === openNumber()) { openComposer(kind); return; }
  const opened = (event) => {
    if (event.detail.target?.id !== "case") return;
    document.removeEventListener("htmx:afterSwap", opened);
    if (openNumber() === number) setTimeout(() => openComposer(kind));
  };
  document.addEventListener("htmx:afterSwap", opened);
  go(`/conversations/${number}`);
}

async function unread() {
  const aimed = aim();
  if (aimed.view) { say(words("oneOnly")); return; }
  for (const number of aimed.numbers) {
    rowOf(number)?.classList.add("unread");
    await window.htmx.ajax("PUT", `/conversations/${number}/unread`, { source: document.getElementById("heard"), target: "#heard", swap: "none" });
  }
  if (aimed.isMany) chooseNone();
}

function copy(parts) {
  const lines = aim().numbers.map((number) => {
    const title = openNumber() === number ? header()?.querySelector("h1 bdi")?.textContent : rowOf(number)?.querySelector(".subject")?.textContent;
    return [`#${number}`, title?.trim() ?? "", new URL(`/conversations/${number}`, location.href).href].slice(0, parts).join(" ");
  });
  navigator.clipboard?.writeText(lines.join("\n")).then(() => say(words("copied").replace("%", lines[0])), () => say(words("notCopied")));
}

// What was done last has most of its time left, wherever it stands; what is still on its way to the server is waited for.
async function undo() {
  await latest;
  const left = (button) => Number(button.closest(".toast")?.dataset.seconds ?? button.closest(".delivery").querySelector("[data-countdown]")?.dataset.countdown ?? 0);
  const button = [...document.querySelectorAll("[data-toast-undo], .delivery [data-key='z']")].sort((one, other) => left(one) - left(other)).at(-1);
  if (!button) { say(words("nothingToUndo")); return; }
  window.htmx.process(button); // it may have come a moment ago
  button.click();
}

function merge() {
  const aimed = aim();
  if (aimed.isMany) go(`/merges/new?numbers=${aimed.numbers.join(",")}`); else choose("merge");
}

// What was chosen select.js has let go of already; then out of a field, then out of a case that covers the list.
function back() {
  const typed = document.activeElement;
  if (typed?.matches?.("input, textarea, select, [contenteditable='true']")) { typed.blur(); return; }
  const list = document.getElementById("list");
  if (openNumber() && list && !list.checkVisibility()) goBack();
  else current()?.focus();
}

function searchView() {
  const field = document.querySelector("[data-search]");
  if (field) { field.focus(); field.select(); } else go("/search");
}

// Opened at once, so that what is typed next falls into it; what fills it comes a moment later.
function open(id, module, begin) {
  const dialog = document.getElementById(id);
  // as long as the focus is where it was
  const here = { aimed: aim(), possible: shortcuts().filter(isPossible) };
  giveBack(dialog, focused()?.dataset.number);
  dialog.showModal();
  dialog.querySelector("input")?.focus();
  import(module).then((found) => found[begin](dialog, here), () => { dialog.close(); say(document.getElementById("toasts").dataset.failed); });
}

// The browser gives the focus back to what had it, but a row may be drawn anew meanwhile: then to the row that stands for it now.
function giveBack(dialog, number) {
  if (!number) return;
  dialog.addEventListener("close", () => {
    const now = document.activeElement;
    if (!now || now === document.body || dialog.contains(now)) rowOf(number)?.querySelector(":scope > a")?.focus({ preventScroll: true });
  }, { once: true });
}

function choose(kind) {
  const dialog = document.getElementById("chooser");
  dialog.dataset.kind = kind;
  open("chooser", "./chooser.js", "begin");
}

const leads = (shortcut) => () => go(shortcut.url.startsWith("./") ? `/conversations/${focused()?.dataset.number ?? openNumber()}${shortcut.url.slice(1)}` : shortcut.url);

export const acts = {
  ...Object.fromEntries(shortcuts().filter((one) => one.url).map((one) => [one.name, leads(one)])),
  next: () => move(1),
  previous: () => move(-1),
  open: () => current()?.click(),
  choose: () => (focused() ?? current()?.closest(".row"))?.querySelector("[data-pick]")?.click(),
  choose_next: () => extend(1),
  choose_previous: () => extend(-1),
  choose_all: chooseAll,
  back,
  search_view: searchView,
  toggle_views: () => togglePane("views"),
  toggle_facts: () => togglePane("facts"),
  take: () => change(aim(), { verb: "PUT", path: "assignee", values: { agent: "me" } }, { do: "assign", agent: "me" }),
  ...Object.fromEntries(["assign", "team", "tags", "status", "priority", "snooze", "junk"].map((kind) => [kind, () => choose(kind)])),
  complain: () => change(aim(), { verb: "POST", path: "complaints", values: {} }, null),
  merge,
  resolve,
  resolve_next: resolveNext,
  unread,
  copy_number: () => copy(1),
  copy_title: () => copy(2),
  copy_link: () => copy(3),
  reply: () => write("reply"),
  reply_all: () => write("reply"),
  forward: () => write("forward"),
  note: () => write("note"),
  run_macro: offerMacros,
  palette: () => open("palette", "./palette.js", "begin"),
  undo,
  sheet: () => open("keys", "./keysheet.js", "begin"),
};
