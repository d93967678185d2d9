// Files of a message: chosen, dropped or pasted, uploaded at once with progress, so that sending takes no time and loses none.
import { say } from "./toast.js";
import { composerOf, tellChanged, writingOf } from "./writing.js";

const underway = new WeakMap(); // a file's place in the list → its request
const listOf = (composer) => composer.querySelector("[data-files]");
const sizeOf = (bytes) => (bytes >= 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`);

export const hasFiles = (composer) => !!listOf(composer).querySelector("[data-file]");
export const isUploading = (composer) => !!listOf(composer).querySelector("[data-state='going']");
export function clearFiles(composer) { listOf(composer).replaceChildren(); }
// What is finished stands in the draft it was written for; what is still going comes along.
export function bringFiles(from, to) { listOf(to).append(...listOf(from).querySelectorAll("[data-state='going']")); }

export function addFiles(composer, files, { inText = false } = {}) {
  const words = listOf(composer).dataset;
  for (const file of files) {
    if (file.size > Number(words.largest)) say(words.wordsLarge.replace("%", file.name));
    else send(composer, file, entry(composer, file), inText);
  }
  composer.querySelector("[data-attached-warning]")?.setAttribute("hidden", "");
}

function entry(composer, file) {
  const item = document.createElement("li");
  item.className = "chip";
  item.dataset.file = "";
  item.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-attachment"></use></svg><a target="_blank" rel="noopener"></a><span class="faint"></span><progress max="100" value="0"></progress>';
  item.querySelector("a").textContent = file.name;
  item.querySelector("span").textContent = sizeOf(file.size);
  item.querySelector("progress").setAttribute("aria-label", file.name);
  item.append(button("remove", "close", listOf(composer).dataset.wordsRemove.replace("%", file.name)));
  listOf(composer).append(item);
  return item;
}

function button(act, symbol, label) {
  const one = document.createElement("button");
  one.type = "button";
  one.dataset[act === "remove" ? "fileRemove" : "fileRetry"] = "";
  one.setAttribute("aria-label", label);
  one.title = label;
  one.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#icon-${symbol}"></use></svg>`;
  return one;
}

function send(composer, file, item, inText) {
  const request = new XMLHttpRequest();
  underway.set(item, request);
  item.dataset.state = "going";
  const body = new FormData();
  body.append("file", file);
  request.open("POST", composer.dataset.uploads);
  request.setRequestHeader("X-CSRFToken", document.querySelector("meta[name='csrf-token']").content);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) item.querySelector("progress").value = (event.loaded / event.total) * 100; });
  request.addEventListener("load", () => (request.status === 201 ? done(item, JSON.parse(request.responseText), inText) : failed(file, item, inText, request)));
  for (const end of ["error", "timeout"]) request.addEventListener(end, () => failed(file, item, inText, request));
  request.send(body);
}

function done(item, told, inText) {
  delete item.dataset.state;
  const composer = composerOf(item);
  if (!composer) return; // its case was left meanwhile
  item.querySelector("progress").remove();
  item.querySelector("a").href = told.url;
  item.querySelector("span").textContent = told.size;
  item.append(Object.assign(document.createElement("input"), { type: "hidden", name: "uploaded", value: told.id }));
  const writing = writingOf(composer);
  if (inText && told.picture && writing.isRich) {
    item.dataset.cid = told.cid;
    item.hidden = true;
    item.append(Object.assign(document.createElement("input"), { type: "hidden", name: "pictured", value: told.cid }));
    writing.picture({ src: told.url, cid: told.cid, alt: told.name });
  }
  tellChanged(composer);
  if (!isUploading(composer)) composer.dispatchEvent(new CustomEvent("careline:uploaded", { bubbles: true }));
}

function failed(file, item, inText, request) {
  item.dataset.state = "failed";
  const composer = composerOf(item);
  if (!composer) return;
  const words = listOf(composer).dataset;
  const page = new DOMParser().parseFromString(request.responseText ?? "", "text/html");
  const told = page.querySelector(".toast .grow")?.textContent.trim();
  if (told) { say(told); item.remove(); } else {
    item.querySelector("span").textContent = words.wordsFailed;
    item.querySelector("progress").hidden = true;
    const again = button("retry", "reopen", words.wordsRetry);
    again.addEventListener("click", () => { again.remove(); item.querySelector("progress").hidden = false; item.querySelector("span").textContent = sizeOf(file.size); send(composer, file, item, inText); });
    item.querySelector("[data-file-remove]").before(again);
  }
  if (!isUploading(composer)) composer.dispatchEvent(new CustomEvent("careline:uploaded", { bubbles: true }));
}

function remove(item) {
  const composer = composerOf(item);
  underway.get(item)?.abort();
  item.remove();
  tellChanged(composer);
}

function placeOf(target) {
  const composer = composerOf(target) ?? target.closest?.("[data-case]")?.querySelector("[data-composer]");
  return composer && listOf(composer) ? composer : null;
}

document.addEventListener("change", (event) => {
  const composer = event.target.matches?.("[data-file-input]") && composerOf(event.target);
  if (!composer || !event.target.files.length) return;
  addFiles(composer, [...event.target.files]);
  event.target.value = "";
});
document.addEventListener("click", (event) => {
  const item = event.target.closest("[data-composer] [data-file-remove]")?.closest("[data-file]");
  if (item) remove(item);
});
document.addEventListener("paste", (event) => {
  const composer = placeOf(event.target);
  // office programs put a picture of the text beside the text: the text is meant
  if (!composer || !event.clipboardData?.files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  event.stopPropagation();
  addFiles(composer, [...event.clipboardData.files], { inText: !!event.target.closest("[data-writing]") });
}, true);
const areFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
document.addEventListener("dragover", (event) => {
  const composer = areFiles(event) && placeOf(event.target);
  document.querySelector(".composer.dropping")?.classList.toggle("dropping", false);
  if (!composer) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  composer.classList.add("dropping");
}, true);
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.querySelector(".composer.dropping")?.classList.remove("dropping"); });
document.addEventListener("drop", (event) => {
  const composer = areFiles(event) && placeOf(event.target);
  if (!composer) return;
  event.preventDefault();
  event.stopPropagation();
  composer.classList.remove("dropping");
  delete composer.dataset.state;
  addFiles(composer, [...event.dataTransfer.files], { inText: !!event.target.closest("[data-writing]") });
}, true);
