// The sheet behind `?`: every shortcut as this person has it, by groups, to be searched.
import { rank } from "./fuzzy.js";
import { drawn, shortcuts } from "./keymap.js";

const words = (name, what) => document.getElementById("finder-words").dataset[name].replace("%", what);

export function begin(dialog) {
  const field = dialog.querySelector("input[type='search']");
  field.value = "";
  show(dialog, "");
  if (dialog.dataset.listens) return;
  dialog.dataset.listens = "1";
  field.addEventListener("input", () => show(dialog, field.value.trim()));
  document.addEventListener("careline:keys", () => show(dialog, field.value.trim()));
}

function show(dialog, typed) {
  const all = shortcuts().filter((one) => one.keys.length || one.also.length);
  const fit = typed ? all.filter((one) => [...one.keys, ...one.also].includes(typed) || rank(typed, [one]).length) : all;
  const groups = Map.groupBy ? Map.groupBy(fit, (one) => one.group) : fit.reduce((made, one) => made.set(one.group, [...(made.get(one.group) ?? []), one]), new Map());
  dialog.querySelector("[data-groups]").replaceChildren(...[...groups].map(([name, members]) => section(name, members)));
  dialog.querySelector("[data-count]").textContent = typed ? words("found", fit.length) : "";
}

function section(name, members) {
  const box = document.createElement("section");
  const title = document.createElement("h3");
  title.textContent = name;
  const list = document.createElement("ul");
  list.className = "keys";
  list.append(...members.map(line));
  box.append(title, list);
  return box;
}

function line(one) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = one.label;
  const keys = document.createElement("span");
  keys.className = "keys-of";
  [...one.keys, ...one.also].forEach((key, n) => { if (n) keys.append(" · "); keys.append(...drawn(key)); });
  item.append(label, keys);
  return item;
}
