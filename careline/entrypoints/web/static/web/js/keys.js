// Keys: from a stroke to the action that it means. Single keys are off while typing, in dialogs and menus, and for those who
// switch them off; keys with Ctrl or ⌘ stay.
import { acts, isPossible } from "./acts.js";
import { meant, mine, strokesOf, take } from "./keymap.js";
import { noteOpened } from "./recent.js";
import { say } from "./toast.js";

const WAITS = { forMore: 380, forPlace: 1500 };
const REPEATS = ["next", "previous", "choose_next", "choose_previous"];
let strokes = [];
let timer = 0;

export function isTyping(target) {
  return Boolean(target.isContentEditable || target.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable='true'], [role='textbox'], [data-composer]"));
}

const isBusy = () => document.querySelector("dialog[open], .menu[open]:focus-within, .picker");
const takesEnter = (target) => target.closest?.("a[href], button, summary, input, label, [role='button']");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  const typed = strokesOf(event);
  if (!typed.length) return;
  if (typed[0] === "Escape" && !isBusy() && !document.querySelector(":popover-open")) { acts.back(); return; }
  const isSingle = !typed[0].startsWith("Mod+");
  if (isSingle && (!mine.on || isTyping(event.target))) return;
  if (!isSingle && typed[0] === "Mod+z" && isTyping(event.target)) return;
  if (isBusy() || (typed[0] === "Enter" && takesEnter(event.target))) return;
  if (["ArrowDown", "ArrowUp"].includes(typed[0]) && event.target !== document.body) return;
  follow(event, typed);
});

// The row of strokes goes on where it may; else what was typed last begins anew.
function follow(event, typed) {
  clearTimeout(timer);
  for (const before of strokes.length ? [strokes, []] : [[]]) {
    for (const stroke of typed) {
      const { exact, goesOn } = meant([...before, stroke]);
      if (!exact && !goesOn) continue;
      if (exact && !goesOn && !isPossible(exact)) { strokes = []; return; }
      event.preventDefault();
      strokes = goesOn ? [...before, stroke] : [];
      const run = () => { strokes = []; if (exact && (!event.repeat || REPEATS.includes(exact.name))) acts[exact.name](); };
      if (goesOn) timer = setTimeout(exact ? run : () => { strokes = []; }, exact ? WAITS.forMore : WAITS.forPlace);
      else run();
      return;
    }
  }
  strokes = [];
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys-sheet]")) acts.sheet();
  if (event.target.closest?.("[data-palette]")) acts.palette();
  acts[event.target.closest?.("[data-act]")?.dataset.act]?.();
  // a click beside a dialog closes it
  if (event.target.matches?.("dialog.sheet, dialog.finder")) event.target.close();
});
document.addEventListener("change", async (event) => {
  if (!event.target.matches?.("[data-keys-switch]")) return;
  const box = event.target;
  const headers = { "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content, "HX-Request": "true" };
  try {
    const answer = await fetch("/settings/keys/switch", { method: "PUT", headers, body: new URLSearchParams(box.checked ? { on: "1" } : {}) });
    if (!answer.ok) throw new Error(answer.status);
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    take(JSON.parse(holder.content.querySelector("[data-my-keys]").dataset.myKeys));
  } catch { box.checked = !box.checked; say(document.getElementById("toasts").dataset.failed); }
});
const showSwitches = () => { for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = mine.on; };
document.addEventListener("careline:keys", showSwitches);
showSwitches();
// What a page about keys brings with it counts from now on: once, for it may have been changed elsewhere when something else is swapped.
let taken = document.querySelector("[data-my-keys]");
document.addEventListener("htmx:afterSwap", () => {
  const fresh = document.querySelector("[data-my-keys]");
  if (fresh && fresh !== taken) take(JSON.parse(fresh.dataset.myKeys));
  taken = fresh;
});
for (const come of ["htmx:afterSwap", "DOMContentLoaded"]) document.addEventListener(come, noteOpened);
noteOpened();
