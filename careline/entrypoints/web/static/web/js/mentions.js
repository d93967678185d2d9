// @names in a note: a short list of colleagues, by arrows and Enter; who does not see the case yet will.
let people = null;
let from = "";
let place = 0;

const box = (composer) => composer.querySelector(".mention-list");

function begun(area) {
  const before = area.value.slice(0, area.selectionStart);
  return before.match(/(?:^|[\s(])@([\p{L}\p{N}.' -]{0,30})$/u)?.[1];
}

async function colleagues(composer) {
  const url = composer.dataset.colleagues;
  if (people && from === url) return people;
  try { people = (await (await fetch(url, { headers: { Accept: "application/json" } })).json()).people; from = url; } catch { return []; }
  return people;
}

function close(composer) { box(composer)?.remove(); }

function mark(list, index) {
  const items = [...list.children];
  place = (index + items.length) % items.length;
  items.forEach((item, n) => item.setAttribute("aria-selected", String(n === place)));
  list.parentElement.querySelector("textarea").setAttribute("aria-activedescendant", items[place].id);
}

function put(area, name) {
  const at = area.selectionStart;
  const start = area.value.lastIndexOf("@", at - 1);
  area.setRangeText(`@${name} `, start, at, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

async function offer(area) {
  const composer = area.closest("[data-composer]");
  const typed = composer.dataset.kind === "note" ? begun(area) : undefined;
  if (typed === undefined) { close(composer); return; }
  const wanted = typed.toLowerCase();
  const found = (await colleagues(composer)).filter(({ name }) => name.toLowerCase().split(" ").some((word) => word.startsWith(wanted)) || name.toLowerCase().startsWith(wanted)).slice(0, 6);
  close(composer);
  if (!found.length || found.some(({ name }) => name.toLowerCase() === wanted.trim() && wanted.endsWith(" "))) return;
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.setAttribute("role", "listbox");
  list.append(...found.map(({ name, sees }, n) => {
    const item = document.createElement("li");
    item.id = `mention-${n}`;
    item.setAttribute("role", "option");
    item.dataset.name = name;
    item.append(name);
    if (!sees) {
      const more = document.createElement("span");
      more.className = "faint small";
      more.textContent = composer.dataset.seesWords;
      item.append(more);
    }
    return item;
  }));
  area.closest(".composer-card").append(list);
  mark(list, 0);
}

document.addEventListener("input", (event) => { if (event.target.matches?.("[data-composer] textarea")) offer(event.target); });
document.addEventListener("keydown", (event) => {
  const list = event.target.matches?.("[data-composer] textarea") && box(event.target.closest("[data-composer]"));
  if (!list || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); mark(list, place + (event.key === "ArrowDown" ? 1 : -1)); }
  if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); put(event.target, list.children[place].dataset.name); list.remove(); }
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); list.remove(); }
}, true);
document.addEventListener("mousedown", (event) => {
  const item = event.target.closest?.(".mention-list li");
  if (!item) { document.querySelector(".mention-list")?.remove(); return; }
  event.preventDefault();
  put(item.closest(".composer-card").querySelector("textarea"), item.dataset.name);
  document.querySelector(".mention-list")?.remove();
});
