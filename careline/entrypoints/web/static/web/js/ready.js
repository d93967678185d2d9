// Canned replies and macros in the composer: by their buttons, by :: and ;word, by + for macros; all by keyboard.
import { say } from "./toast.js";

const PLACEHOLDER = /\{\{\s*(?:customer|case|agent|team|company|brand|order|today)\b[^{}]*\}\}/g;
let open = null;
let words = null;
let typing = 0;

const composerNow = () => document.querySelector("[data-composer]");
const caseUrl = (composer) => composer.dataset.draft.replace(/\/drafts$/, "");
const token = () => ({ "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content, "HX-Request": "true" });

async function asked(url, options = {}) {
  try { return await fetch(url, { ...options, headers: token() }); } catch { return null; }
}

function show(kind) {
  const composer = composerNow();
  if (!composer) return;
  close();
  const box = composer.querySelector("[data-picker-template]").content.cloneNode(true).firstElementChild;
  document.body.append(box);
  open = { box, composer, kind, area: composer.querySelector("textarea") };
  place();
  const find = box.querySelector("input");
  find.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(list, 120); });
  find.focus();
  list();
}

function place() {
  const card = open.composer.querySelector(".composer-card").getBoundingClientRect();
  const rtl = document.documentElement.dir === "rtl";
  open.box.style.maxInlineSize = `${Math.max(288, card.width - 16)}px`;
  open.box.style.insetBlockEnd = `${Math.max(8, window.innerHeight - card.bottom + 48)}px`;
  if (rtl) open.box.style.right = `${window.innerWidth - card.right + 8}px`;
  else open.box.style.left = `${Math.max(8, card.left + 8)}px`;
}

function close(back = false) {
  if (!open) return;
  open.box.remove();
  const { area } = open;
  open = null;
  if (back) area.focus();
}

async function list() {
  const here = open;
  if (!here) return;
  const find = here.box.querySelector("input");
  const answer = await asked(`${caseUrl(here.composer)}/${here.kind}?${new URLSearchParams({ q: find.value })}`);
  if (open !== here || !answer?.ok) return;
  here.box.querySelector("[role='listbox']").innerHTML = await answer.text();
  mark(0);
}

function options() { return [...open.box.querySelectorAll("[role='option']")]; }

function mark(index) {
  const all = options();
  all.forEach((one, n) => one.setAttribute("aria-selected", String(n === index)));
  const chosen = all[index];
  open.box.querySelector("input").setAttribute("aria-activedescendant", chosen?.id ?? "");
  chosen?.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = options();
  if (!all.length) return;
  const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  mark((now + step + all.length) % all.length);
}

async function choose(option) {
  if (!option) return;
  if (open.kind === "macros") { await preview(option.dataset.id); return; }
  const { composer, area } = open;
  const answer = await asked(`${caseUrl(composer)}/replies/${option.dataset.id}`, { method: "POST" });
  close();
  if (answer?.ok) await put(composer, area, await answer.json());
  else { area.focus(); await refused(answer); }
}

async function preview(id) {
  const here = open;
  const answer = await asked(`${caseUrl(here.composer)}/macros/${id}`);
  if (open !== here) return;
  if (!answer?.ok) { await refused(answer); return; }
  showSteps(await answer.text(), id);
}

function showSteps(html, id) {
  open.steps?.remove();
  const steps = document.createElement("div");
  steps.innerHTML = html;
  open.steps = steps;
  open.macro = id;
  for (const part of open.box.querySelectorAll(".find, [role='listbox'], .hint")) part.hidden = true;
  open.box.append(steps);
  (steps.querySelector("[data-picker-run]") ?? steps.querySelector("[data-picker-back]")).focus();
}

function backToList() {
  open.steps?.remove();
  delete open.steps;
  for (const part of open.box.querySelectorAll(".find, [role='listbox'], .hint")) part.hidden = false;
  open.box.querySelector("input").focus();
}

async function run(button) {
  button.disabled = true;
  const { composer, macro } = open;
  const body = new URLSearchParams({ seen: composer.querySelector("[name='seen']")?.value ?? "" });
  const answer = await asked(`${caseUrl(composer)}/macros/${macro}`, { method: "POST", body });
  if (answer?.status === 409 && open) { showSteps(await answer.text(), macro); return; }
  close();
  if (!answer?.ok) { await refused(answer); return; }
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  say(holder.content.querySelector("[data-words]")?.textContent.trim() ?? holder.content.textContent.trim());
  window.htmx.ajax("GET", caseUrl(composer), { target: "#case", swap: "innerHTML show:none" });
}

async function refused(answer) {
  const holder = document.createElement("template");
  holder.innerHTML = answer ? await answer.text() : "";
  const told = holder.content.querySelector("[data-words]")?.textContent.trim();
  if (told) say(told);
}

// The words go where the caret is; it ends up at the reply's own {{cursor}}.
async function put(composer, area, said, from = area.selectionStart, to = area.selectionEnd) {
  area.setRangeText(said.text, from, to, "end");
  const caret = from + (said.cursor ?? said.text.length);
  area.focus();
  area.setSelectionRange(caret, caret);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  warn(composer);
  if (said.unfilled.length && said.cursor === null) selectFirst(area, said.unfilled[0]);
  if (said.files.length) await attach(composer, said.files);
}

async function attach(composer, files) {
  const input = composer.querySelector("[data-file-input]");
  const bag = new DataTransfer();
  for (const file of input.files) bag.items.add(file);
  for (const { url, name, type } of files) {
    const answer = await asked(url);
    if (answer?.ok) bag.items.add(new File([await answer.blob()], name, { type }));
  }
  input.files = bag.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function unfilled(composer) { return [...new Set(composer.querySelector("textarea").value.match(PLACEHOLDER) ?? [])]; }

function selectFirst(area, name) {
  const at = area.value.indexOf(name);
  if (at >= 0) { area.focus(); area.setSelectionRange(at, at + name.length); }
}

function warn(composer) {
  const names = unfilled(composer);
  const old = composer.querySelector("[data-unfilled]");
  if (!names.length) { old?.remove(); return; }
  const banner = old ?? composer.querySelector("[data-unfilled-template]").content.cloneNode(true).firstElementChild;
  banner.querySelector("[data-names]").textContent = names.join(", ");
  if (!old) composer.querySelector("#composer-guard").before(banner);
}

async function known() {
  if (!words) {
    const answer = await asked("/replies/abbreviations");
    words = new Set(answer?.ok ? await answer.json() : []);
  }
  return words;
}

function abbreviation(area) {
  const found = area.value.slice(0, area.selectionStart).match(/(?:^|[\s(])(;([\p{L}\p{N}][\p{L}\p{N}_-]{0,29}))$/u);
  return found && words?.has(found[2].toLowerCase()) ? { word: found[2], from: area.selectionStart - found[1].length } : null;
}

async function expand(area, { word, from }) {
  const composer = area.closest("[data-composer]");
  const to = from + word.length + 1;
  const answer = await asked(`${caseUrl(composer)}/replies`, { method: "POST", body: new URLSearchParams({ abbreviation: word }) });
  if (answer?.ok) await put(composer, area, await answer.json(), from, to);
}

document.addEventListener("input", (event) => {
  const area = event.target.matches?.("[data-composer] textarea") && event.target;
  if (!area) return;
  const before = area.value.slice(0, area.selectionStart);
  if (event.data === ";") known();
  if (before.endsWith("::") && event.data === ":") {
    area.setRangeText("", before.length - 2, before.length, "end");
    show("replies");
  }
  if (area.closest("[data-composer]").querySelector("[data-unfilled]")) warn(area.closest("[data-composer]"));
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (open && open.box.contains(event.target)) { inPicker(event); return; }
  const area = event.target.matches?.("[data-composer] textarea") && event.target;
  const short = area && (event.key === " " || event.key === "Tab") && abbreviation(area);
  if (short) { event.preventDefault(); expand(area, short); return; }
  const isTyping = event.target.isContentEditable || event.target.closest?.("input, textarea, select, dialog[open]");
  if (event.key === "+" && !isTyping && composerNow() && !areKeysOff()) { event.preventDefault(); show("macros"); }
}, true);

function areKeysOff() {
  try { return localStorage.getItem("keys") === "off"; } catch { return false; }
}

function inPicker(event) {
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); if (open.steps) backToList(); else close(true); return; }
  if (open.steps) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
  if (event.key === "Enter" || event.key === "Tab") {
    event.preventDefault();
    choose(options().find((one) => one.getAttribute("aria-selected") === "true"));
  }
}

document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (pick) { show(pick.dataset.pick); return; }
  if (!open) return;
  const option = event.target.closest(".picker [role='option']");
  if (option) choose(option);
  else if (event.target.closest("[data-picker-back]")) backToList();
  else if (event.target.closest("[data-picker-run]")) run(event.target.closest("[data-picker-run]"));
  else if (!open.box.contains(event.target)) close();
});
// Nothing leaves with a variable in it that nobody filled in.
document.addEventListener("submit", (event) => {
  const composer = event.target.closest?.("[data-composer]");
  const names = composer ? unfilled(composer) : [];
  if (!names.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  warn(composer);
  selectFirst(composer.querySelector("textarea"), names[0]);
}, true);
