// The composer: chips of recipients, files, the warning about a forgotten attachment, drafts that are kept, Ctrl+Enter.
const DRAFT_PAUSE = 900;
const drafts = new WeakMap();

function composerOf(node) { return node?.closest?.("[data-composer]"); }

export function openComposer(kind) {
  const composer = document.querySelector("[data-composer]");
  if (!composer) return;
  delete composer.dataset.state;
  const tab = composer.querySelector(`[name="kind"][value="${kind}"]`);
  if (tab && !tab.checked) { tab.checked = true; tab.dispatchEvent(new Event("change", { bubbles: true })); }
  composer.querySelector("textarea").focus();
}

function addChip(input, typed) {
  const address = typed.trim().replace(/[,;]+$/, "");
  if (!address) return;
  const chip = composerOf(input).querySelector("[data-chip-template]").content.cloneNode(true).firstElementChild;
  const bare = address.match(/<([^>]+)>/)?.[1] ?? address;
  chip.querySelector("[data-name]").textContent = address.replace(/\s*<[^>]+>/, "") || bare;
  chip.title = bare;
  chip.classList.toggle("bad", !/^[^\s@]+@[^\s@]+$/.test(bare));
  const hidden = chip.querySelector("input");
  hidden.name = input.closest("[data-recipients]").dataset.recipients;
  hidden.value = address;
  input.before(chip);
  input.value = "";
}

function removeChip(button) {
  const line = button.closest("[data-recipients]");
  button.closest(".chip").remove();
  line.querySelector("[data-chip-input]").focus();
}

function showLine(composer, button) {
  const line = composer.querySelector(`[data-recipients="${button.dataset.showLine}"]`);
  line.hidden = false;
  button.hidden = true;
  line.querySelector("[data-chip-input]").focus();
}

function showFiles(input) {
  const list = composerOf(input).querySelector("[data-files]");
  if (input.files.length) composerOf(input).querySelector("[data-attached-warning]").hidden = true;
  list.replaceChildren(...[...input.files].map((file, index) => {
    const item = document.createElement("li");
    item.className = "chip";
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.dataset.fileRemove = index;
    remove.setAttribute("aria-label", file.name);
    item.append(`${file.name} · ${Math.max(1, Math.round(file.size / 1024))} KB `, remove);
    return item;
  }));
}

function setFiles(input, files) {
  const bag = new DataTransfer();
  for (const file of files) bag.items.add(file);
  input.files = bag.files;
  showFiles(input);
}

function lacksAttachment(composer) {
  const words = new RegExp(composer.dataset.attachedWords, "i");
  return words.test(composer.querySelector("textarea").value) && !composer.querySelector("[data-file-input]").files.length && !composer.querySelector("[name='kept']");
}

function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.blockSize = "auto"; // set through the DOM: the policy forbids style attributes in markup only
  area.style.blockSize = `${area.scrollHeight}px`;
}

function written(composer) {
  const body = new FormData(composer);
  body.delete("files");
  return new URLSearchParams(body);
}

async function putDraft(composer, kind, body) {
  const headers = { "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content };
  try { return (await fetch(`${composer.dataset.draft}/${kind}`, { method: "PUT", body, headers })).ok; } catch { return false; }
}

async function keepDraft(composer) {
  const state = composer.querySelector("[data-draft-state]");
  const kept = await putDraft(composer, composer.dataset.kind, written(composer));
  state.textContent = kept ? state.dataset.saved : state.dataset.unsaved;
}

// Each kind has a draft and recipients of its own: a forward must never inherit those of the reply.
async function switchKind(composer, kind) {
  const area = composer.querySelector("textarea");
  const was = { kind: composer.dataset.kind, text: area.value, body: written(composer) };
  if (was.kind === kind || composer.dataset.switching) { checkKind(composer, was.kind); return; }
  composer.dataset.switching = "1";
  clearTimeout(drafts.get(composer));
  area.value = ""; // what is typed from here on belongs to the new kind
  const fresh = (await putDraft(composer, was.kind, was.body)) && (await composerFor(composer, kind));
  delete composer.dataset.switching;
  if (fresh) { replaceComposer(composer, fresh); return; }
  area.value = was.text + area.value;
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
  const area = fresh.querySelector("textarea");
  area.value += composer.querySelector("textarea").value;
  fresh.querySelector("#seen").value = composer.querySelector("#seen").value;
  const focus = document.activeElement;
  composer.replaceWith(fresh);
  window.htmx?.process(fresh);
  settle(fresh);
  delete fresh.dataset.state;
  const files = composer.querySelector("[data-file-input]").files;
  if (files.length) setFiles(fresh.querySelector("[data-file-input]"), files);
  if (focus?.name === "kind") fresh.querySelector("[name='kind']:checked").focus();
  else { area.focus(); area.setSelectionRange(area.value.length, area.value.length); }
}

document.addEventListener("input", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  if (event.target.matches("textarea")) grow(event.target);
  composer.querySelector("[data-draft-state]").textContent = "";
  clearTimeout(drafts.get(composer));
  if (event.target.name === "kind" || composer.dataset.switching) return;
  drafts.set(composer, setTimeout(() => keepDraft(composer), DRAFT_PAUSE));
});
document.addEventListener("change", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  if (event.target.name === "kind") { switchKind(composer, event.target.value); return; }
  if (event.target.matches("[data-file-input]")) showFiles(event.target);
  if (event.target.dataset.shows) composer.querySelector(`[data-preview="${event.target.dataset.shows}"]`).hidden = !event.target.checked;
  if (event.target.matches("[data-chip-input]")) addChip(event.target, event.target.value);
});
document.addEventListener("keydown", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const then = event.shiftKey ? "[name='then'][value='resolve']" : "[data-send]";
    composer.requestSubmit(composer.querySelector(then));
  }
  const input = event.target.matches("[data-chip-input]") && event.target;
  if (input && ["Enter", ",", ";"].includes(event.key) && !event.ctrlKey && !event.metaKey) { event.preventDefault(); addChip(input, input.value); }
  if (input && event.key === "Backspace" && !input.value) input.previousElementSibling?.querySelector?.("[data-chip-remove]")?.click();
});
document.addEventListener("click", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  const chip = event.target.closest("[data-chip-remove]");
  if (chip) removeChip(chip);
  const line = event.target.matches(".who-line") && event.target;
  if (line) line.querySelector("[data-chip-input]").focus();
  event.target.closest("[data-kept-remove]")?.closest("li").remove();
  const shows = event.target.closest("[data-show-line]");
  if (shows) showLine(composer, shows);
  const file = event.target.closest("[data-file-remove]");
  if (file) { const input = composer.querySelector("[data-file-input]"); setFiles(input, [...input.files].filter((_, i) => i !== Number(file.dataset.fileRemove))); }
  if (event.target.closest("[data-send-anyway]")) { composer.dataset.sure = "1"; composer.requestSubmit(composer.querySelector("[data-send]")); }
  // a pointer chose the kind: whoever types next means the text (arrow keys between the kinds have no detail)
  if (event.target.closest(".composer-tabs label") && event.detail) {
    delete composer.dataset.state;
    setTimeout(() => composer.querySelector("textarea").focus());
  }
});
document.addEventListener("submit", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  for (const input of composer.querySelectorAll("[data-chip-input]")) addChip(input, input.value);
  const warning = composer.querySelector("[data-attached-warning]");
  if (composer.querySelector("[name='kind']:checked").value !== "note" && !composer.dataset.sure && lacksAttachment(composer)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    warning.hidden = false;
    warning.querySelector("button").focus();
  }
}, true);
document.addEventListener("paste", (event) => {
  const composer = composerOf(event.target);
  if (!composer || !event.clipboardData.files.length) return;
  const input = composer.querySelector("[data-file-input]");
  setFiles(input, [...input.files, ...event.clipboardData.files]);
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
  clearTimeout(drafts.get(composer));
  composer.querySelector("textarea").value = "";
  setFiles(composer.querySelector("[data-file-input]"), []);
  for (const kept of composer.querySelectorAll("[name='kept']")) kept.closest("li").remove();
  // the next forward goes to somebody else: an address that was left there would get it too
  if (composer.dataset.kind === "forward") for (const chip of composer.querySelectorAll("[data-recipients] .chip")) chip.remove();
  composer.querySelector("#composer-guard").replaceChildren();
  composer.querySelector("[data-attached-warning]").hidden = true;
  composer.querySelector("[data-draft-state]").textContent = "";
  delete composer.dataset.sure;
});

function settle(composer) {
  if (!composer || composer.dataset.settled) return;
  composer.dataset.settled = "1";
  composer.dataset.kind = composer.querySelector("[name='kind']:checked").value;
  if (matchMedia("(max-width: 47.99rem)").matches && !composer.querySelector("textarea").value) composer.dataset.state = "closed";
  if (/Mac|iPhone|iPad/.test(navigator.platform)) composer.querySelector("[data-send-key]").textContent = "⌘ ↵";
}
const settleNow = () => settle(document.querySelector("[data-composer]"));
document.addEventListener("htmx:afterSwap", settleNow);
document.addEventListener("htmx:oobAfterSwap", settleNow);
settleNow();
