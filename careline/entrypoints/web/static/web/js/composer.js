// The composer: what is written, as what, and how it leaves. Recipients, files, drafts and formatting have files of their own.
import { bringFiles, clearFiles, hasFiles, isUploading } from "./files.js";
import { dropDraft, formOf, keepNoMore, keepSoon, putDraft } from "./drafts.js";
import { addTyped } from "./recipients.js";
import { areaOf, composerOf, writingOf } from "./writing.js";
import { say } from "./toast.js";

let editor = null; // the module of the formatting editor, once it was needed
const waiting = new WeakMap(); // a composer → the button that sends it when its files are here

export function openComposer(kind) {
  const composer = document.querySelector("[data-composer]");
  if (!composer) return;
  delete composer.dataset.state;
  const tab = composer.querySelector(`[name="kind"][value="${kind}"]`);
  if (tab && !tab.checked) { tab.checked = true; tab.dispatchEvent(new Event("change", { bubbles: true })); }
  writingOf(composer).focus();
}

async function format(composer, options) {
  if (!composer.dataset.editor || composer.dataset.rich) return;
  if (editor) { editor.begin(composer, options); return; }
  try { editor = await import("./editor.js"); } catch { return; } // the plain field stays
  if (composer.isConnected) editor.begin(composer, options);
}

// People say that a file is with it in their own words, quoted ones of others do not count.
function lacksAttachment(composer) {
  const own = writingOf(composer).text().split("\n").filter((line) => !line.startsWith(">")).join("\n");
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${composer.dataset.attachedWords.replaceAll("\\w", "\\p{L}")})(?![\\p{L}\\p{N}])`, "iu").test(own) && !hasFiles(composer);
}

function grow(area) {
  if (CSS.supports("field-sizing", "content") || area.hidden) return;
  area.style.blockSize = "auto"; // set through the DOM: the policy forbids style attributes in markup only
  area.style.blockSize = `${area.scrollHeight}px`;
}

function count(composer) {
  const shown = composer.querySelector("[data-count]");
  if (!shown) return;
  const most = Number(shown.dataset.most);
  const signs = [...writingOf(composer).text()].length;
  shown.textContent = `${signs} / ${most}`;
  shown.classList.toggle("bad", signs > most);
}

// Each kind has a draft and recipients of its own: a forward must never inherit those of the reply.
async function switchKind(composer, kind) {
  const writing = writingOf(composer);
  const was = { kind: composer.dataset.kind, text: writing.text(), html: writing.html(), body: formOf(composer) };
  if (was.kind === kind || composer.dataset.switching) { checkKind(composer, was.kind); return; }
  was.body.set("kind", was.kind);
  composer.dataset.switching = "1";
  keepNoMore(composer);
  writing.clear(); // what is typed from here on belongs to the new kind
  const fresh = (await putDraft(composer, was.kind, was.body)) && (await composerFor(composer, kind));
  delete composer.dataset.switching;
  const { sends } = composer.dataset;
  delete composer.dataset.sends;
  if (fresh && composer.isConnected) {
    replaceComposer(composer, fresh);
    const by = waiting.get(composer);
    const same = by && fresh.querySelector(`button[name="${by.name}"][value="${by.value}"]`);
    if (sends) fresh.requestSubmit(same || fresh.querySelector("[data-send]"));
    return;
  }
  const typed = { text: writingOf(composer).text(), html: writingOf(composer).html() };
  writingOf(composer).clear();
  for (const one of [was, typed]) writingOf(composer).add(one);
  checkKind(composer, was.kind);
  composer.querySelector("[data-draft-state]").textContent = composer.querySelector("[data-draft-state]").dataset.unsaved;
}

function checkKind(composer, kind) { composer.querySelector(`[name="kind"][value="${kind}"]`).checked = true; }

async function composerFor(composer, kind) {
  try {
    const answer = await fetch(`${composer.dataset.draft.replace(/drafts$/, "composer")}?kind=${kind}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return null;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    return holder.content.querySelector("[data-composer]");
  } catch { return null; }
}

function replaceComposer(composer, fresh) {
  const typed = { text: writingOf(composer).text(), html: writingOf(composer).html() };
  fresh.querySelector("#seen").value = composer.querySelector("#seen").value;
  const focus = document.activeElement;
  const atKind = focus?.name === "kind";
  const inText = !!focus?.closest?.("[data-writing]") || !composer.contains(focus);
  if (composer.classList.contains("full")) fresh.classList.add("full");
  bringFiles(composer, fresh);
  composer.replaceWith(fresh);
  window.htmx?.process(fresh);
  settle(fresh);
  delete fresh.dataset.state;
  if (composer.dataset.rich === "1") format(fresh);
  writingOf(fresh).add(typed);
  if (atKind) fresh.querySelector("[name='kind']:checked").focus();
  else if (inText) { writingOf(fresh).focus(); if (!writingOf(fresh).isRich) areaOf(fresh).setSelectionRange(areaOf(fresh).value.length, areaOf(fresh).value.length); }
  if (typed.text.trim()) keepSoon(fresh);
}

function toggleFull(composer, on) {
  composer.classList.toggle("full", on);
  const button = composer.querySelector("[data-full]");
  button.setAttribute("aria-pressed", String(on));
  button.querySelector("use").setAttribute("href", on ? "#icon-merge" : "#icon-split");
  try { localStorage.setItem("composer", on ? "full" : ""); } catch { /* lasts as long as the page */ }
}

function wasFull() {
  try { return localStorage.getItem("composer") === "full"; } catch { return false; }
}

document.addEventListener("focusin", (event) => {
  const composer = composerOf(event.target);
  if (!composer || event.target.name === "kind") return;
  format(composer);
  if (event.target.closest("[data-writing]") && composer.querySelector("[data-full]") && wasFull() && !composer.classList.contains("full")) toggleFull(composer, true);
});
document.addEventListener("compositionstart", (event) => { if (event.target.matches?.("[data-writing] textarea")) event.target.dataset.composes = "1"; });
document.addEventListener("compositionend", (event) => { if (event.target.matches?.("[data-writing] textarea")) delete event.target.dataset.composes; });
document.addEventListener("input", (event) => {
  const composer = composerOf(event.target);
  if (!composer || event.target.isContentEditable || event.target.type === "file" || event.target.closest("[data-link-field]")) return;
  if (event.target.matches("[data-writing] textarea")) {
    grow(event.target);
    count(composer);
    // formatting that was kept does not fit the words any more
    if (!writingOf(composer).isRich) { composer.querySelector("[name='html']")?.remove(); delete event.target.dataset.html; }
  }
  if (event.target.name === "kind" || composer.dataset.switching || event.target.hasAttribute("data-share")) return;
  keepSoon(composer);
});
document.addEventListener("change", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  if (event.target.name === "kind" && composer.dataset.draft) { switchKind(composer, event.target.value); return; }
  if (event.target.dataset.shows) composer.querySelector(`[data-preview="${event.target.dataset.shows}"]`).hidden = !event.target.checked;
});
document.addEventListener("keydown", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  if (event.key === "Escape" && !composer.querySelector(".picker:not([hidden]), details[data-menu][open]")) {
    // the editor keeps Escape to itself, so that leaving the text is told from here
    const leaves = composer.classList.contains("full") ? () => toggleFull(composer, false) : event.target.isContentEditable ? () => event.target.blur() : null;
    if (leaves) { event.preventDefault(); event.stopPropagation(); leaves(); }
    return;
  }
  if (event.key !== "Enter") return;
  const send = (event.ctrlKey || event.metaKey) && composer.querySelector(event.shiftKey && composer.dataset.kind !== "note" ? "[name='then'][value='resolve']" : "[data-send]");
  const moment = event.target.matches("[data-send-at]") && composer.querySelector("[name='later'][value='own']");
  if (!send && !moment) return;
  event.preventDefault();
  event.stopPropagation(); // the editor would break the line
  composer.requestSubmit(moment || send);
}, true);
document.addEventListener("click", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  if (event.target.closest("[data-full]")) { toggleFull(composer, !composer.classList.contains("full")); writingOf(composer).focus(); }
  if (event.target.closest("[data-send-anyway]")) { composer.dataset.sure = "1"; composer.requestSubmit(waiting.get(composer) ?? composer.querySelector("[data-send]")); }
  // a pointer chose the kind: whoever types next means the text (arrow keys between the kinds have no detail)
  if (event.target.closest(".composer-tabs label") && event.detail) {
    delete composer.dataset.state;
    setTimeout(() => writingOf(document.querySelector("[data-composer]")).focus());
  }
});
document.addEventListener("submit", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  // it leaves as what was chosen, to whom that goes
  if (composer.dataset.switching) { composer.dataset.sends = "1"; stop(event, composer); return; }
  addTyped(composer);
  // a moment in the field counts only where its own button was pressed
  const moment = composer.querySelector("[data-send-at]");
  if (moment && event.submitter?.value !== "own") moment.value = "";
  const isNote = (composer.dataset.kind ?? "reply") === "note";
  const warning = composer.querySelector("[data-attached-warning]");
  if (!isNote && warning && !composer.dataset.sure && lacksAttachment(composer)) {
    stop(event, composer);
    warning.hidden = false;
    warning.querySelector("button").focus();
  } else if (isUploading(composer)) {
    stop(event, composer);
    composer.dataset.waits = "1";
    say(composer.querySelector("[data-files]").dataset.wordsWaits);
  }
}, true);

function stop(event, composer) {
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.set(composer, event.submitter);
}

document.addEventListener("careline:uploaded", (event) => {
  const composer = composerOf(event.target);
  if (!composer.dataset.waits) return;
  delete composer.dataset.waits;
  // one that failed is not left out silently: somebody decides
  if (!composer.querySelector("[data-state='failed']")) composer.requestSubmit(waiting.get(composer) ?? undefined);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // somebody wrote meanwhile: the warning goes beside the text, which stays
  if (event.detail.xhr.status !== 409 || !composerOf(event.detail.requestConfig.elt)) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  event.detail.target = document.getElementById("composer-guard");
  event.detail.swapOverride = "innerHTML";
});
document.addEventListener("htmx:afterRequest", (event) => {
  const composer = event.detail.elt.matches?.("[data-composer]") && event.detail.elt;
  if (!composer || !event.detail.successful || event.detail.xhr.status === 409) return;
  writingOf(composer).clear();
  composer.querySelector("[name='html']")?.setAttribute("value", "");
  clearFiles(composer);
  dropDraft(composer, composer.dataset.kind);
  // the next forward goes to somebody else: an address that was left there would get it too
  if (composer.dataset.kind === "forward") for (const chip of composer.querySelectorAll("[data-recipients] .chip")) chip.remove();
  composer.querySelector("#composer-guard").replaceChildren();
  for (const told of composer.querySelectorAll("[data-attached-warning], [data-language-hint]")) told.hidden = true;
  composer.querySelector("[data-draft-state]").textContent = "";
  for (const box of composer.querySelectorAll("[data-share]")) box.checked = false;
  delete composer.dataset.sure;
  if (composer.classList.contains("full")) composer.classList.remove("full");
});

// A text that grows never hides the last message: the thread keeps its end in sight.
const growing = new ResizeObserver(([{ target }]) => {
  const thread = document.getElementById("thread");
  if (thread && target.dataset.atEnd) thread.scrollTop = thread.scrollHeight;
});
document.addEventListener("scroll", (event) => {
  const composer = event.target.id === "thread" && document.getElementById("composer");
  if (composer) composer.dataset.atEnd = event.target.scrollHeight - event.target.scrollTop - event.target.clientHeight < 60 ? "1" : "";
}, true);

function settle(composer) {
  if (!composer || composer.dataset.settled) return;
  composer.dataset.settled = "1";
  composer.dataset.kind = composer.querySelector("[name='kind']:checked")?.value ?? "reply";
  const area = areaOf(composer);
  if (area.dataset.html) composer.append(Object.assign(document.createElement("input"), { type: "hidden", name: "html", value: area.dataset.html }));
  if (area.dataset.html && editor) format(composer);
  for (const item of composer.querySelectorAll("[data-file][data-cid]")) {
    // a picture in the text is not listed beside it as well
    if (!area.dataset.html?.includes(item.dataset.cid)) continue;
    item.hidden = true;
    item.append(Object.assign(document.createElement("input"), { type: "hidden", name: "pictured", value: item.dataset.cid }));
  }
  if (!composer.dataset.draft) return;
  composer.dataset.atEnd = "1";
  growing.observe(composer);
  if (matchMedia("(max-width: 47.99rem)").matches && !area.value) composer.dataset.state = "closed";
  if (/Mac|iPhone|iPad/.test(navigator.platform)) composer.querySelector("[data-send-key]").textContent = "⌘ ↵";
}
const settleNow = () => settle(document.querySelector("[data-composer]"));
document.addEventListener("htmx:afterSwap", settleNow);
document.addEventListener("htmx:oobAfterSwap", settleNow);
settleNow();
