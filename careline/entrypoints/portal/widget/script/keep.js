// What is remembered between pages: in the browser's storage, and where that is refused in memory. A key each, so that two tabs never overwrite each other.
import { Keep, read, written } from "./taken.js";

const memory = new Keep();
let prefix = "careline.";
let storage = null, isOver = false;

export function keepFor(site) {
  prefix = `careline.${site}.`;
  try {
    storage = window.localStorage;
    storage.setItem(`${prefix}can`, "1");
    storage.removeItem(`${prefix}can`);
  } catch { storage = null; }
}

export function kept(name) {
  try {
    const text = storage ? storage.getItem(prefix + name) : memory.get(name);
    return text ? read(text) : null;
  } catch { return null; }
}

export function keep(name, value) {
  if (value === null) { memory.delete(name); try { storage?.removeItem(prefix + name); } catch { /* memory has forgotten it */ } return; }
  if (isOver) return;
  const text = written(value);
  try { if (storage) { storage.setItem(prefix + name, text); return; } } catch { storage = null; }
  memory.set(name, text);
}

// Names that begin so, in order.
export function keptNames(start) {
  const names = [];
  if (!storage) names.push(...memory.keys());
  else for (let at = 0; at < storage.length; at += 1) {
    const key = storage.key(at);
    if (key?.startsWith(prefix)) names.push(key.slice(prefix.length));
  }
  return names.filter((name) => name.startsWith(start)).sort();
}

// All of it goes, also what an answer on its way would have left.
export function keepNoMore() {
  isOver = true;
  for (const name of keptNames("")) keep(name, null);
}

// Calls back when another tab changed something of ours.
export const onOtherTab = (told) => window.addEventListener("storage", (event) => { if (event.key?.startsWith(prefix)) told(event.key.slice(prefix.length)); });
