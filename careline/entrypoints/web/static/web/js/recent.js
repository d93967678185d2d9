// What somebody used last in this browser: numbers of cases and names of commands, never a word of a case; gone at sign-out.
import { mine } from "./keymap.js";

const MOST = 8;
const place = () => `recent-${mine.who}`;

export function recent() {
  try { return { cases: [], used: [], ...JSON.parse(localStorage.getItem(place()) ?? "{}") }; } catch { return { cases: [], used: [] }; }
}

function keep(kind, value) {
  const kept = recent();
  if (kept[kind][0] === value) return;
  kept[kind] = [value, ...kept[kind].filter((one) => one !== value)].slice(0, MOST);
  try { localStorage.setItem(place(), JSON.stringify(kept)); } catch { /* private window: nothing is kept */ }
}

export const noteUsed = (name) => keep("used", name);
export function noteOpened() {
  const number = document.querySelector("[data-case]")?.dataset.case;
  if (number) keep("cases", Number(number));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("[action='/logout']")) return;
  try { localStorage.removeItem(place()); } catch { /* nothing was kept */ }
});
