// The command palette: what can be done here, where one can go, what was opened last; cases, customers and macros from the server.
import { acts } from "./acts.js";
import { own, redraw } from "./finder.js";
import { rank } from "./fuzzy.js";
import { go, openNumber } from "./journey.js";
import { offerMacro } from "./ready.js";
import { noteUsed, recent } from "./recent.js";

const LEAST = 2;
const PAUSE = 130;
const KEPT_FOR = 60000;
const words = (name, what = "") => document.getElementById("finder-words").dataset[name].replace("%", what);
let known = { at: 0, places: [], recent: [] };
let found = { typed: "", items: [] };
let asking = null;
let timer = 0;

export function begin(dialog, here) {
  found = { typed: "", items: [] };
  const local = actionsOf(here);
  own(dialog, { listing: (typed) => { ask(dialog, typed); return listed(typed, local); }, pick: (item, event) => run(dialog, item, event), left: () => asking?.abort() });
  if (Date.now() - known.at > KEPT_FOR || !isSame(recent().cases)) learn(dialog);
}

const isSame = (numbers) => known.asked === numbers.join(",");

function actionsOf({ aimed, possible }) {
  const onWhat = !aimed ? "" : aimed.isMany ? (aimed.view ? words("onView") : words("onChosen", aimed.count)) : words("onCase", aimed.number);
  return possible.filter((one) => !["palette", "back"].includes(one.name) && isReachable(one.url)).map((one) => ({
    id: one.name, label: one.label, symbol: one.symbol, keys: [...one.keys, ...one.also], url: one.url, act: one.name, besides: one.besides,
    group: ["cases", "open"].includes(one.where) && onWhat ? onWhat : one.group, isCase: one.where === "cases",
  }));
}

// Rooms that are not in the rail are not this person's.
const isReachable = (url) => !["/customers", "/outbox", "/orders", "/handbook", "/follow-ups", "/reports"].includes(url) || document.querySelector(`.rail [href="${url}"]`);

function listed(typed, local) {
  const gone = new Map(local.filter((one) => one.url).map((one) => [one.url, one]));
  for (const place of known.places) if (gone.has(place.url) && !gone.get(place.url).besides.includes(place.label)) gone.get(place.url).besides += ` ${place.label}`;
  const places = known.places.filter((place) => !gone.has(place.url)).map((place) => ({ ...place, id: place.url }));
  const opened = known.recent.filter((one) => String(one.number) !== openNumber()).map((one) => ({ ...one, group: words("cases") }));
  if (!typed) return [...lastUsed([...local, ...places]), ...local.filter((one) => one.isCase), ...opened, ...local.filter((one) => !one.isCase), ...places];
  const number = /^#?(\d+)$/.exec(typed)?.[1];
  const fromServer = found.typed === typed ? found.items : [];
  const direct = number && !fromServer.some((one) => String(one.number) === number) ? [{ id: "", label: words("openCase", number), symbol: "case", url: `/conversations/${number}`, group: words("go") }] : [];
  const everything = { id: "", label: words("everything", typed), symbol: "search", url: `/search?q=${encodeURIComponent(typed)}`, group: words("elsewhere") };
  return [...direct, ...rank(typed, [...local, ...opened, ...places], 9), ...fromServer, everything];
}

function lastUsed(all) {
  const byName = new Map(all.map((one) => [one.id, one]));
  return recent().used.slice(0, 4).map((name) => byName.get(name)).filter(Boolean).map((one) => ({ ...one, group: words("used") }));
}

async function learn(dialog) {
  const asked = recent().cases.join(",");
  const answer = await json(`/palette?recent=${asked}`);
  if (!answer) return;
  known = { at: Date.now(), asked, ...answer };
  if (dialog.open) redraw(dialog, { keep: true });
}

function ask(dialog, typed) {
  clearTimeout(timer);
  if (found.typed === typed || (typed.length < LEAST && !/^#?\d+$/.test(typed))) return;
  timer = setTimeout(async () => {
    asking?.abort();
    asking = new AbortController();
    const beside = openNumber() ? `&case=${openNumber()}` : "";
    const answer = await json(`/palette/found?q=${encodeURIComponent(typed)}${beside}`, asking.signal);
    if (!answer || !dialog.open || dialog.querySelector("input").value.trim() !== typed) return;
    found = { typed, items: answer.found };
    redraw(dialog, { keep: true });
  }, PAUSE);
}

async function json(url, signal) {
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal });
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

function run(dialog, item, event) {
  const url = item.url?.startsWith("/") ? item.url : "";
  if (item.id) noteUsed(item.id);
  if (url && (event.ctrlKey || event.metaKey)) { window.open(url, "_blank", "noopener"); return; }
  dialog.close();
  if (item.act) acts[item.act]();
  else if (item.macro) offerMacro(item.macro);
  else go(url);
}
