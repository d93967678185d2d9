// @names in a note: colleagues; who does not see the case yet will.
import { offer } from "./markers.js";
import { writingOf } from "./writing.js";

let people = null;
let from = "";

async function colleagues(composer) {
  const url = composer.dataset.colleagues;
  if (people && from === url) return people;
  try { people = (await (await fetch(url, { headers: { Accept: "application/json" } })).json()).people; from = url; } catch { return []; }
  return people;
}

function item({ name, sees }, n, composer) {
  const one = document.createElement("li");
  one.id = `mention-${n}`;
  one.setAttribute("role", "option");
  one.dataset.name = name;
  const shown = document.createElement("bdi");
  shown.textContent = name;
  one.append(shown);
  if (!sees) {
    const more = document.createElement("span");
    more.className = "faint small";
    more.textContent = composer.dataset.seesWords;
    one.append(more);
  }
  return one;
}

offer({
  name: "mentions",
  find(composer, before) {
    const typed = composer.dataset.kind === "note" && before.match(/(?:^|[\s(])@([\p{L}\p{N}.' -]{0,30})$/u)?.[1];
    return typeof typed === "string" ? { query: typed.toLowerCase(), length: typed.length + 1 } : null;
  },
  async options(composer, query) {
    const found = (await colleagues(composer)).filter(({ name }) => name.toLowerCase().split(" ").some((word) => word.startsWith(query)) || name.toLowerCase().startsWith(query)).slice(0, 6);
    if (found.some(({ name }) => name.toLowerCase() === query.trim() && query.endsWith(" "))) return [];
    return found.map((one, n) => item(one, n, composer));
  },
  take(composer, option, length) { writingOf(composer).put({ text: `@${option.dataset.name} ` }, length); },
});
