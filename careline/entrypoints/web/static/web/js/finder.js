// A field and a list under it: walked by arrows, taken by Enter or a click, counted aloud. What stands in it is its owner's matter.
import { drawn } from "./keymap.js";

const owners = new WeakMap();
const words = (name) => document.getElementById("finder-words").dataset[name];

// owner: { listing(typed) → items, pick(item, event), left(), hint }; an item: { label, detail, symbol, group, keys, isSet }
export function own(dialog, owner) {
  const isNew = !owners.has(dialog);
  owners.set(dialog, { ...owner, items: [], at: 0 });
  if (isNew) listen(dialog);
  redraw(dialog);
}

export function redraw(dialog, { keep = false } = {}) {
  const owner = owners.get(dialog);
  const chosen = owner.items[owner.at];
  owner.items = owner.listing(dialog.querySelector("input").value.trim());
  // what somebody walked to stays marked; else the first is, also when something better was found meanwhile
  const same = keep && owner.walked && chosen ? owner.items.findIndex((item) => item.label === chosen.label && item.group === chosen.group) : -1;
  draw(dialog, owner);
  mark(dialog, same < 0 ? 0 : same);
}

let saying = 0;
function draw(dialog, owner) {
  const list = dialog.querySelector("[role='listbox']");
  const groups = new Map();
  owner.items.forEach((item, n) => {
    const name = item.group ?? "";
    if (!groups.has(name)) groups.set(name, group(list.id, name, groups.size));
    groups.get(name).append(option(item, `${list.id}-${n}`));
  });
  list.replaceChildren(...groups.values());
  list.scrollTop = 0;
  list.hidden = !owner.items.length;
  dialog.querySelector("input").setAttribute("aria-expanded", String(Boolean(owner.items.length)));
  const empty = dialog.querySelector("[data-empty]");
  empty.dataset.words ??= empty.textContent;
  empty.textContent = (!dialog.querySelector("input").value.trim() && owner.hint) || empty.dataset.words;
  empty.hidden = owner.items.length > 0;
  clearTimeout(saying);
  saying = setTimeout(() => { dialog.querySelector("[data-count]").textContent = owner.items.length ? words("found").replace("%", owner.items.length) : words("none"); }, 350);
}

function group(listId, name, n) {
  const box = document.createElement("div");
  box.setAttribute("role", "group");
  if (!name) { box.setAttribute("role", "presentation"); return box; }
  const title = document.createElement("div");
  title.className = "finder-group";
  title.id = `${listId}-group-${n}`;
  title.textContent = name;
  title.setAttribute("role", "presentation");
  box.setAttribute("aria-labelledby", title.id);
  box.append(title);
  return box;
}

function option(item, id) {
  const box = document.createElement("div");
  box.className = "finder-option";
  box.id = id;
  box.setAttribute("role", "option");
  box.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#icon-${/^[a-z_]+$/.test(item.symbol ?? "") ? item.symbol : "next"}"></use></svg>`;
  box.append(piece("bdi", "finder-label cut", item.label));
  if (item.number) box.append(piece("span", "faint", `#${item.number}`));
  if (item.detail) box.append(piece("bdi", "faint cut finder-detail", item.detail));
  if (item.isSet) box.insertAdjacentHTML("beforeend", '<svg class="icon finder-set" aria-hidden="true"><use href="#icon-check"></use></svg>');
  if (item.keys?.length) { const keys = piece("span", "finder-keys", ""); keys.setAttribute("aria-hidden", "true"); keys.append(...drawn(item.keys[0])); box.append(keys); }
  return box;
}

function piece(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function mark(dialog, wanted) {
  const owner = owners.get(dialog);
  const options = [...dialog.querySelectorAll("[role='option']")];
  // drawn in groups, they stand in another order than they were listed
  const order = options.map((one) => Number(one.id.split("-").at(-1)));
  owner.order = order;
  owner.at = owner.items.length ? wanted : 0;
  for (const one of options) one.setAttribute("aria-selected", String(Number(one.id.split("-").at(-1)) === owner.at));
  const chosen = dialog.querySelector("[aria-selected='true']");
  dialog.querySelector("input").setAttribute("aria-activedescendant", chosen?.id ?? "");
  chosen?.scrollIntoView({ block: "nearest" });
}

function walk(dialog, step) {
  const owner = owners.get(dialog);
  if (!owner.items.length) return;
  owner.walked = true;
  const here = owner.order.indexOf(owner.at);
  mark(dialog, owner.order[(here + step + owner.order.length) % owner.order.length]);
}

function listen(dialog) {
  const field = dialog.querySelector("input");
  const owner = () => owners.get(dialog);
  field.addEventListener("input", () => { owner().walked = false; redraw(dialog); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) { event.preventDefault(); walk(dialog, step); }
    if (event.key === "Enter") { event.preventDefault(); const item = owner().items[owner().at]; if (item) owner().pick(item, event); }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); dialog.close(); }
  });
  dialog.addEventListener("click", (event) => {
    const option = event.target.closest("[role='option']");
    if (option) owner().pick(owner().items[Number(option.id.split("-").at(-1))], event);
  });
  dialog.addEventListener("pointermove", (event) => {
    const option = event.target.closest?.("[role='option']");
    if (option && option.getAttribute("aria-selected") !== "true") { owner().walked = true; mark(dialog, Number(option.id.split("-").at(-1))); }
  });
  dialog.addEventListener("close", () => { field.value = ""; owner().left?.(); });
}
