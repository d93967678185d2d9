// Where keys are changed: "Change" waits for a key, or a few after one another, and the server says whether it can be had.
import { strokeToKeep } from "./keymap.js";

const PAUSE = 800;
const MOST = 3;
let waiting = null;

function begin(button) {
  stop();
  const table = button.closest("#key-table");
  waiting = { button, words: button.textContent, strokes: [], timer: 0 };
  button.textContent = table.dataset.press;
  button.setAttribute("aria-pressed", "true");
  document.getElementById("heard").textContent = table.dataset.how;
}

function stop() {
  if (!waiting) return;
  clearTimeout(waiting.timer);
  waiting.button.textContent = waiting.words;
  waiting.button.removeAttribute("aria-pressed");
  waiting = null;
}

function heard(event) {
  if (!waiting || ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead"].includes(event.key)) return;
  if (event.key === "Tab") { stop(); return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key === "Escape") { stop(); return; }
  const stroke = strokeToKeep(event) || event.key;
  waiting.strokes.push(stroke);
  waiting.button.textContent = waiting.strokes.join(" ");
  clearTimeout(waiting.timer);
  if (waiting.strokes.length === MOST) keep(); else waiting.timer = setTimeout(keep, PAUSE);
}

async function keep() {
  const { button, strokes } = waiting;
  const name = button.dataset.setKey;
  stop();
  await window.htmx.ajax("PUT", `/settings/keys/${name}`, { target: "#key-table", swap: "outerHTML", values: { key: strokes.join(" ") } });
  document.querySelector(`[data-set-key="${name}"]`)?.focus();
}

document.addEventListener("keydown", heard, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-set-key]");
  if (button && button === waiting?.button) stop();
  else if (button) begin(button);
  else stop();
});
