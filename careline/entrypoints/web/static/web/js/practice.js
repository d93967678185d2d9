// Practice: the keys on made-up cases. What is pressed stays here as long as there are steps; palette and sheet open for real.
import { drawn, shortcuts, strokesOf } from "./keymap.js";

const page = document.querySelector("[data-practice]");
const part = (name) => page.querySelector(`[data-${name}]`);
const steps = [...page.querySelectorAll("[data-step]")];
const rows = () => [...page.querySelectorAll(".practice-row:not([hidden])")];
const here = () => page.querySelector("[data-here]");
const REAL = ["palette", "sheet"];
const FREE = ["next", "previous"];
let at = 0;
let strokes = [];
let gone = [];

const DOES = {
  next: () => go(1), previous: () => go(-1), open: () => show(here()), take: () => mark(page.dataset.mine, "open"), tags: () => mark(page.dataset.tag, ""),
  reply: () => { part("writing").hidden = false; part("writing").querySelector("textarea").focus(); },
  send: () => { const field = part("writing").querySelector("textarea"); part("answer").textContent = field.value; part("answer").hidden = false; part("writing").hidden = true; field.blur(); },
  resolve: () => leave(), snooze: () => leave(), choose: () => here().toggleAttribute("data-chosen"),
  choose_next: () => { here().toggleAttribute("data-chosen", true); go(1); here().toggleAttribute("data-chosen", true); },
  undo: () => { for (const row of gone) row.hidden = false; put(gone[0]); gone = []; }, palette: () => {}, sheet: () => {},
};

const put = (row) => { here()?.removeAttribute("data-here"); row?.setAttribute("data-here", ""); row?.scrollIntoView({ block: "nearest" }); };
const go = (by) => put(rows()[Math.max(0, Math.min(rows().length - 1, rows().indexOf(here()) + by))]);
function leave() {
  const chosen = rows().filter((row) => row.hasAttribute("data-chosen"));
  gone = chosen.length ? chosen : [here()];
  const after = rows().find((row) => !gone.includes(row) && row.compareDocumentPosition(gone[0]) & Node.DOCUMENT_POSITION_PRECEDING) ?? rows().find((row) => !gone.includes(row));
  for (const row of gone) { row.hidden = true; row.removeAttribute("data-chosen"); }
  page.querySelector(".practice-case").hidden = true;
  put(after);
}
function mark(words, kind) {
  const chip = Object.assign(document.createElement("span"), { className: `chip ${kind}`, textContent: words });
  here().querySelector("[data-marks]").append(chip);
}
function show(row) {
  part("subject").textContent = row.querySelector(".small").textContent;
  part("text").textContent = row.querySelector(".practice-text").textContent;
  for (const name of ["answer", "writing"]) part(name).hidden = true;
  page.querySelector(".practice-case").hidden = false;
}

function ask() {
  for (const [n, step] of steps.entries()) { step.toggleAttribute("aria-current", n === at); if (n === at) step.setAttribute("aria-current", "step"); step.querySelector(".done").hidden = n >= at; }
  page.querySelector("progress").value = at;
  const step = steps[at];
  if (!step) { page.querySelector(".practice-now .card-body").replaceWith(part("end").content.cloneNode(true)); return; }
  const wanted = shortcuts().find((one) => one.name === step.dataset.step);
  part("keys").replaceChildren(...drawn([...wanted.keys, ...wanted.also][0] ?? ""));
  part("label").textContent = wanted.label;
  part("why").textContent = step.dataset.why;
}
function done(name) {
  DOES[name]();
  if (steps[at].dataset.step === name) { at += 1; part("said").textContent = ""; ask(); }
}

document.addEventListener("keydown", (event) => {
  if (at >= steps.length || document.querySelector("dialog[open]")) return;
  const [typed] = strokesOf(event);
  const isField = event.target.matches("textarea");
  if (!typed || (isField && !typed.startsWith("Mod+")) || (event.target.closest("a, button, summary") && typed === "Enter")) return;
  const row = [...strokes, typed].join(" ");
  const found = shortcuts().find((one) => [...one.keys, ...one.also].includes(row) && (isField ? one.where === "writing" : DOES[one.name] || one.where !== "writing"));
  strokes = !found && shortcuts().some((one) => one.keys.some((key) => key.startsWith(`${row} `))) ? [...strokes, typed] : [];
  if (typed === "Escape" || (typed.startsWith("Mod+") && !DOES[found?.name])) return;
  const name = found?.name ?? "";
  if (!REAL.includes(name) || steps[at].dataset.step !== name) { event.preventDefault(); event.stopImmediatePropagation(); }
  if (name === steps[at].dataset.step || FREE.includes(name)) done(name);
  else if (!strokes.length) part("said").textContent = found ? page.dataset.other.replace("%", found.label) : page.dataset.none;
}, true);
part("do").addEventListener("click", () => done(steps[at].dataset.step));
document.addEventListener("careline:keys", () => { if (at < steps.length) ask(); });
ask();
