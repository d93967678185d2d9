// Who receives it: chips that are added, changed and removed, by hand and by keyboard.
import { composerOf } from "./writing.js";

const bareOf = (address) => address.match(/<([^>]+)>/)?.[1] ?? address;

export function addChip(input, typed) {
  const address = typed.trim().replace(/[,;]+$/, "");
  if (!address) return;
  const chip = composerOf(input).querySelector("[data-chip-template]").content.cloneNode(true).firstElementChild;
  const bare = bareOf(address);
  chip.querySelector("[data-chip-edit]").textContent = address.replace(/\s*<[^>]+>/, "").replaceAll('"', "") || bare;
  chip.title = bare;
  chip.classList.toggle("bad", !/^[^\s@]+@[^\s@]+$/.test(bare));
  const hidden = chip.querySelector("input");
  hidden.name = input.closest("[data-recipients]").dataset.recipients;
  hidden.value = address;
  input.before(chip);
  input.value = "";
}

export function addTyped(composer) { for (const input of composer.querySelectorAll("[data-chip-input]")) addChip(input, input.value); }

function addPasted(input, text) {
  for (const one of text.split(/[\n;]+|,(?=[^"]*(?:"[^"]*"[^"]*)*$)/)) addChip(input, one);
}

function removeChip(button) {
  const line = button.closest("[data-recipients]");
  button.closest(".chip").remove();
  line.querySelector("[data-chip-input]").focus();
}

function editChip(button) {
  const input = button.closest("[data-recipients]").querySelector("[data-chip-input]");
  addChip(input, input.value);
  const chip = button.closest(".chip");
  input.value = chip.querySelector("input").value;
  chip.remove();
  input.focus();
  input.select();
}

function showLine(composer, button) {
  const line = composer.querySelector(`[data-recipients="${button.dataset.showLine}"]`);
  line.hidden = false;
  button.hidden = true;
  line.querySelector("[data-chip-input]").focus();
}

function step(from, forward) {
  const all = [...from.closest("[data-recipients]").querySelectorAll("[data-chip-edit], [data-chip-input]")];
  all[all.indexOf(from) + (forward ? 1 : -1)]?.focus();
}

document.addEventListener("change", (event) => { if (event.target.matches?.("[data-composer] [data-chip-input]")) addChip(event.target, event.target.value); });
document.addEventListener("paste", (event) => {
  const input = event.target.matches?.("[data-composer] [data-chip-input]") && event.target;
  const text = input && event.clipboardData.getData("text/plain");
  if (!text || !/[\n;,]/.test(text)) return;
  event.preventDefault();
  addPasted(input, text);
});
document.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("[data-composer] [data-recipients]") || event.ctrlKey || event.metaKey) return;
  const input = event.target.matches("[data-chip-input]") && event.target;
  const atStart = input && input.selectionStart === 0 && input.selectionEnd === 0;
  const isRtl = document.documentElement.dir === "rtl";
  if (input && ["Enter", ",", ";"].includes(event.key)) { event.preventDefault(); addChip(input, input.value); }
  if (input && event.key === "Backspace" && !input.value) { const last = input.previousElementSibling; if (last?.matches?.(".chip")) last.remove(); }
  if (event.key === (isRtl ? "ArrowRight" : "ArrowLeft") && (!input || atStart)) { event.preventDefault(); step(event.target.closest(".chip")?.querySelector("[data-chip-edit]") ?? event.target, false); }
  if (event.key === (isRtl ? "ArrowLeft" : "ArrowRight") && !input) { event.preventDefault(); step(event.target.closest(".chip").querySelector("[data-chip-edit]"), true); }
  if (!input && ["Backspace", "Delete"].includes(event.key) && event.target.closest(".chip")) { event.preventDefault(); removeChip(event.target); }
});
document.addEventListener("click", (event) => {
  const composer = composerOf(event.target);
  if (!composer) return;
  const remove = event.target.closest("[data-chip-remove]");
  if (remove) removeChip(remove);
  const edit = event.target.closest("[data-chip-edit]");
  if (edit) editChip(edit);
  if (event.target.matches(".who-line")) event.target.querySelector("[data-chip-input]").focus();
  const shows = event.target.closest("[data-show-line]");
  if (shows) showLine(composer, shows);
});
