// Single keys. Off while typing, and off altogether for those who switch them off.
import { current, move } from "./list.js";
import { openComposer } from "./composer.js";

const PLACES = { i: "/inbox", c: "/customers", o: "/outbox", s: "/search", m: "/views/mine", u: "/views/unassigned" };
const sheet = document.getElementById("keys");
let awaitsPlace = 0;

const press = (selector) => document.querySelector(selector)?.click();
const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current()?.click(),
  r: () => openComposer("reply"),
  n: () => openComposer("note"),
  f: () => openComposer("forward"),
  e: () => press("#case-header > .line > [data-key='e']"),
  i: () => press("#case-header [data-key='i']"),
  z: () => press("[data-toast-undo], .delivery [data-key='z']"),
  "/": () => { const field = document.querySelector("[data-search]"); if (field) field.focus(); else location.assign("/search"); },
  "?": () => sheet.showModal(),
};

function isOff() {
  try { return localStorage.getItem("keys") === "off"; } catch { return false; }
}

function isTyping(target) {
  return target.isContentEditable || target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open], [data-composer]");
}

function back() {
  const typed = document.activeElement;
  if (isTyping(typed)) { typed.blur(); return; }
  if (matchMedia("(max-width: 47.99rem)").matches) press("[data-back]");
  else current()?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !document.querySelector("dialog[open], :popover-open")) { back(); return; }
  if (isOff() || isTyping(event.target)) return;
  if (Date.now() < awaitsPlace && PLACES[event.key]) { awaitsPlace = 0; location.assign(PLACES[event.key]); return; }
  if (event.key === "g") { awaitsPlace = Date.now() + 1500; return; }
  const act = ACTS[event.key];
  if (act) { event.preventDefault(); act(); }
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-sheet]")) sheet.showModal();
  if (event.target === sheet) sheet.close();
});
for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = !isOff();
  box.addEventListener("change", () => { try { localStorage.setItem("keys", box.checked ? "on" : "off"); } catch { /* lasts as long as the page */ } });
}
