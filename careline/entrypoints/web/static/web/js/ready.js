// Canned replies (`::` and `;word`) and macros (`+` at the beginning of a line), and what must be filled in before it leaves.
import { openComposer } from "./composer.js";
import { close as closeList, offer, openList } from "./markers.js";
import { composerOf, writingOf } from "./writing.js";
import { say } from "./toast.js";

const PLACEHOLDER = /\{\{\s*(?:customer|case|agent|team|company|brand|order|today)\b[^{}]*\}\}/g;
let words = null;
let steps = null; // {box, composer, macro}

const caseUrl = (composer) => composer.dataset.draft.replace(/\/drafts$/, "");
const token = () => ({ "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content, "HX-Request": "true" });

async function asked(url, options = {}) {
  try { return await fetch(url, { ...options, headers: token() }); } catch { return null; }
}

async function listed(composer, kind, query) {
  const answer = await asked(`${caseUrl(composer)}/${kind}?${new URLSearchParams({ q: query })}`);
  const holder = document.createElement("template");
  if (answer?.ok) holder.innerHTML = await answer.text();
  return [...holder.content.children];
}

async function takeReply(composer, option, length) {
  const answer = await asked(`${caseUrl(composer)}/replies/${option.dataset.id}`, { method: "POST" });
  if (answer?.ok) await put(composer, await answer.json(), length); else await refused(answer);
}

// ?? is kept for articles of the knowledge base.
offer({
  name: "replies",
  find: (composer, before) => { const found = before.match(/::([^:]{0,40})$/); return found && { query: found[1].trim(), length: found[0].length }; },
  options: (composer, query) => listed(composer, "replies", query),
  take: takeReply,
});
offer({
  name: "abbreviations",
  find: (composer, before) => { const found = abbreviation(before); return found && { query: found.word, length: found.word.length + 1 }; },
  // only those that begin so: any other word behind a semicolon is just a word
  options: async (composer, query) => (await listed(composer, "replies", query)).filter((one) => one.querySelector("kbd")?.textContent.toLowerCase().startsWith(`;${query.toLowerCase()}`)),
  take: takeReply,
});
offer({
  name: "macros",
  find: (composer, before) => { const found = before.match(/^\+([^+]{0,30})$/); return found && { query: found[1].trim(), length: found[0].length }; },
  options: (composer, query) => listed(composer, "macros", query),
  async take(composer, option, length) {
    if (length) writingOf(composer).put({ text: "" }, length);
    await offerMacro(option.dataset.id, composer);
  },
});

// What a macro would do here, before it is run; the palette asks for it too.
export async function offerMacro(id, composer = document.querySelector("[data-composer][data-draft]")) {
  const answer = await asked(`${caseUrl(composer)}/macros/${id}`);
  if (answer?.ok) showSteps(composer, await answer.text(), id); else await refused(answer);
}

// By a key of the keyboard map, from anywhere on an open case.
export function offerMacros() {
  const composer = document.querySelector("[data-composer][data-draft]");
  if (!composer) return;
  openComposer(composer.dataset.kind);
  openList(composer, "macros");
}

function abbreviation(before) {
  const found = before.match(/(?:^|[\s(]);([\p{L}\p{N}][\p{L}\p{N}_-]{0,29})$/u);
  return found ? { word: found[1] } : null;
}

async function known() {
  if (!words) {
    const answer = await asked("/replies/abbreviations");
    words = new Set(answer?.ok ? await answer.json() : []);
  }
  return words;
}

async function expand(composer, word) {
  closeList();
  const answer = await asked(`${caseUrl(composer)}/replies`, { method: "POST", body: new URLSearchParams({ abbreviation: word }) });
  if (answer?.ok) await put(composer, await answer.json(), word.length + 1);
}

// The words go where the caret is; it ends up at the reply's own {{cursor}}.
async function put(composer, said, back) {
  const writing = writingOf(composer);
  writing.put(said, back);
  warn(composer);
  if (said.unfilled.length && said.cursor === null) writing.select(said.unfilled[0]);
  if (!said.files.length) return;
  const { addFiles } = await import("./files.js");
  const files = [];
  for (const { url, name, type } of said.files) {
    const answer = await asked(url);
    if (answer?.ok) files.push(new File([await answer.blob()], name, { type }));
  }
  addFiles(composer, files);
}

function showSteps(composer, html, macro) {
  steps?.box.remove();
  const box = composer.querySelector("[data-steps-template]").content.cloneNode(true).firstElementChild;
  box.innerHTML = html;
  composer.append(box);
  const card = composer.querySelector(".composer-card").getBoundingClientRect();
  box.style.left = `${Math.max(8, card.left + 8)}px`;
  box.style.bottom = `${Math.max(8, innerHeight - card.bottom + 48)}px`;
  steps = { box, composer, macro };
  (box.querySelector("[data-picker-run]") ?? box.querySelector("[data-picker-back]")).focus();
}

function closeSteps({ toList = false } = {}) {
  const { box, composer } = steps;
  box.remove();
  steps = null;
  if (toList) openList(composer, "macros"); else writingOf(composer).focus();
}

async function run(button) {
  button.disabled = true;
  const { composer, macro } = steps;
  const body = new URLSearchParams({ seen: composer.querySelector("[name='seen']")?.value ?? "" });
  const answer = await asked(`${caseUrl(composer)}/macros/${macro}`, { method: "POST", body });
  if (answer?.status === 409 && steps) { showSteps(composer, await answer.text(), macro); return; }
  closeSteps();
  if (!answer?.ok) { await refused(answer); return; }
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  say(holder.content.querySelector("[data-words]")?.textContent.trim() ?? holder.content.textContent.trim());
  window.htmx.ajax("GET", caseUrl(composer), { target: "#case", swap: "innerHTML show:none" });
}

async function refused(answer) {
  const holder = document.createElement("template");
  holder.innerHTML = answer ? await answer.text() : "";
  const told = holder.content.querySelector(".toast .grow, [data-words]")?.textContent.trim();
  if (told) say(told);
}

const unfilled = (composer) => [...new Set(writingOf(composer).text().match(PLACEHOLDER) ?? [])];

function warn(composer) {
  const names = unfilled(composer);
  const old = composer.querySelector("[data-unfilled]");
  if (!names.length) { old?.remove(); return; }
  const banner = old ?? composer.querySelector("[data-unfilled-template]").content.cloneNode(true).firstElementChild;
  banner.querySelector("[data-names]").textContent = names.join(", ");
  if (!old) composer.querySelector("#composer-guard").before(banner);
}

document.addEventListener("input", (event) => {
  const composer = event.target.matches?.("[data-writing] textarea") && composerOf(event.target);
  if (!composer || !composer.dataset.draft) return;
  if (writingOf(composer).before().endsWith(";")) known();
  if (composer.querySelector("[data-unfilled]")) warn(composer);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (steps && event.key === "Escape") { event.preventDefault(); event.stopPropagation(); closeSteps({ toList: true }); return; }
  const composer = event.target.closest?.("[data-writing]") && composerOf(event.target);
  const short = composer && composer.dataset.draft && (event.key === " " || event.key === "Tab") && abbreviation(writingOf(composer).before());
  if (short && words?.has(short.word.toLowerCase())) { event.preventDefault(); event.stopImmediatePropagation(); expand(composer, short.word); return; }
}, true);
document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (pick) { openList(composerOf(pick), pick.dataset.pick); return; }
  if (!steps) return;
  if (event.target.closest("[data-picker-back]")) closeSteps({ toList: true });
  else if (event.target.closest("[data-picker-run]")) run(event.target.closest("[data-picker-run]"));
  else if (!steps.box.contains(event.target)) closeSteps();
});
// Nothing leaves with a variable in it that nobody filled in.
document.addEventListener("submit", (event) => {
  const composer = composerOf(event.target);
  const names = composer && composer.dataset.draft ? unfilled(composer) : [];
  if (!names.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  warn(composer);
  writingOf(composer).select(names[0]);
}, true);
