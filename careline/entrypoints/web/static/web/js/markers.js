// One list for all that is begun by a sign while typing (`::`, `;`, `+`, `@`): the focus stays in the text, arrows choose,
// Enter or Tab takes, Escape closes it and leaves the text as it is.
import { composerOf, writingOf } from "./writing.js";

const sources = [];
let open = null; // {composer, source, length, box, list, place, coming}
let dismissed = null;
let typing = 0;

// A source: {name, find(composer, before) → {query, length} or null, options(composer, query) → nodes of role option, take(composer, option, length)}
export function offer(source) { sources.push(source); }

// Opened by a button or a key: what is typed from here on is what is looked for.
export function openList(composer, name) {
  const writing = writingOf(composer);
  writing.focus();
  const source = sources.find((one) => one.name === name);
  show(composer, { ...source, find: anchored(writing.before()) }, { query: "", length: 0 }, true);
}

function anchored(start) {
  return (composer, before) => (before.startsWith(start) ? { query: before.slice(start.length), length: before.length - start.length } : null);
}

function show(composer, source, hit, isAsked = false) {
  if (open?.source !== source) {
    close();
    const box = composer.querySelector("[data-marker-template]").content.cloneNode(true).firstElementChild;
    box.hidden = true;
    composer.append(box);
    open = { composer, source, box, list: box.querySelector("[role='listbox']"), place: 0, isAsked };
  }
  open.length = hit.length;
  clearTimeout(typing);
  const here = open;
  here.isComing = true;
  open.coming = new Promise((ready) => { typing = setTimeout(() => fill(here, hit.query).then(ready), open.isAsked || open.list.children.length ? 90 : 0); });
}

async function fill(here, query) {
  const found = await here.source.options(here.composer, query);
  if (open !== here) return;
  here.isComing = false;
  here.list.replaceChildren(...found.filter((one) => one.matches("[role='option']")));
  const any = here.list.children.length > 0;
  here.list.hidden = !any;
  here.box.querySelector("[data-nothing]").replaceChildren(...(any ? [] : found.flatMap((one) => [...one.childNodes])));
  here.box.hidden = !any && !here.isAsked;
  if (!here.box.hidden) { place(); mark(0); } else describe(null);
}

function place() {
  const card = open.composer.querySelector(".composer-card, .card-body").getBoundingClientRect();
  const { box } = open;
  const height = Math.min(box.scrollHeight, 320);
  box.style.inlineSize = `${Math.min(544, card.width - 16)}px`;
  box.style.left = `${Math.max(8, document.documentElement.dir === "rtl" ? card.right - Math.min(544, card.width - 16) - 8 : card.left + 8)}px`;
  // above the text, never over it; where there is no room, at its foot
  if (card.top > height + 8) { box.style.bottom = `${innerHeight - card.top + 6}px`; box.style.top = ""; } else { box.style.top = `${Math.max(8, card.bottom - height - 56)}px`; box.style.bottom = ""; }
}

const options = () => [...open.list.querySelectorAll("[role='option']")];

function mark(index) {
  const all = options();
  open.place = all.length ? (index + all.length) % all.length : 0;
  all.forEach((one, n) => one.setAttribute("aria-selected", String(n === open.place)));
  all[open.place]?.scrollIntoView({ block: "nearest" });
  describe(all[open.place]);
}

// What screen readers are told: the text stays what is in focus, the marked line is named beside it.
function describe(option) {
  const { element } = writingOf(open.composer);
  element.setAttribute("aria-haspopup", "listbox");
  element.setAttribute("aria-autocomplete", "list");
  if (!option) { element.removeAttribute("aria-activedescendant"); element.removeAttribute("aria-controls"); return; }
  element.setAttribute("aria-controls", open.list.id);
  element.setAttribute("aria-activedescendant", option.id);
}

export function close() {
  clearTimeout(typing);
  if (!open) return;
  describe(null);
  open.box.remove();
  open = null;
}

async function take(instead = "") {
  const here = open;
  await here.coming;
  if (open !== here) return;
  const option = options()[open.place];
  // nothing was found by then: the key means what it always means
  if (!option) { close(); if (instead) writingOf(here.composer).put({ text: instead }); return; }
  close();
  await here.source.take(here.composer, option, here.length);
}

function follow(composer) {
  const before = writingOf(composer).before();
  if (open?.isAsked) {
    const hit = open.source.find(composer, before);
    if (hit && hit.query.length < 60) show(composer, open.source, hit, true); else close();
    return;
  }
  for (const source of sources) {
    const hit = source.find(composer, before);
    if (!hit) continue;
    const start = before.length - hit.length;
    if (dismissed?.source !== source || dismissed.start !== start) show(composer, source, hit);
    if (open) open.start = start;
    return;
  }
  dismissed = null;
  close();
}

document.addEventListener("input", (event) => {
  const composer = event.target.matches?.("[data-writing] textarea") && composerOf(event.target);
  if (composer && composer.querySelector("[data-marker-template]")) follow(composer);
});
document.addEventListener("keydown", (event) => {
  if (!open || event.isComposing || !event.target.closest?.("[data-writing]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isThere = !open.box.hidden || open.isAsked;
  if (open.isComing && !event.shiftKey && ["Enter", "Tab"].includes(event.key)) take(event.key === "Enter" && !open.isAsked ? "\n" : "");
  else if (event.key === "Escape" && isThere) { dismissed = open; close(); } else if (!options().length && (open.box.hidden || !["Enter", "Tab"].includes(event.key))) return;
  else if (step) mark(open.place + step);
  else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") take();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
document.addEventListener("mousedown", (event) => {
  if (!open) return;
  const option = event.target.closest?.(".marker-list [role='option']");
  if (!option) { if (!open.box.contains(event.target)) close(); return; }
  event.preventDefault(); // the text keeps the focus
  mark(options().indexOf(option));
  take();
});
document.addEventListener("focusout", (event) => { if (open && event.target === writingOf(open.composer).element && !document.hidden) close(); });
document.addEventListener("htmx:beforeSwap", () => { if (open && !open.composer.isConnected) close(); });
