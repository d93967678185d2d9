// The thread: lines of a day, messages in their order, what is still on its way at the end. A node once made stays, so that nothing is read out twice.
import { chat, earlier } from "./chat.js";
import { button, icon, make } from "./make.js";
import { discard, tryAgain, waiting } from "./outbox.js";
import { plain, rich } from "./rich.js";
import { Address, Keep, later } from "./taken.js";
import { clock, day, dayKey, say, size } from "./words.js";
import { fetched } from "./wire.js";

const TOGETHER = 5 * 60000;
const NEAR = 80;

export function log(toast) {
  const list = make("div.list", { role: "log", "aria-live": "off", "aria-label": say("thread") });
  const older = button("quiet.older", say("older"), async () => { const from = box.scrollHeight; try { await earlier(); } catch { return; } box.scrollTop += box.scrollHeight - from; });
  const dots = make("div.typing", { hidden: true }, make("span.dots", { "aria-hidden": "true" }, make("i"), make("i"), make("i")), make("span.who"));
  const box = make("div.scroll", { tabindex: "0", role: "group", "aria-label": say("thread") }, older, list, dots);
  const nodes = new Keep();
  const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  const toEnd = () => { box.scrollTop = box.scrollHeight; };

  function draw() {
    const wasAtEnd = isAtEnd();
    const rows = rowsOf(nodes, toast);
    fit(list, rows);
    for (const [key, node] of nodes) if (!rows.includes(node)) nodes.delete(key);
    older.hidden = !chat.hasMore;
    const isTyping = Boolean(chat.typing);
    if (isTyping) dots.querySelector(".who").textContent = say("typing", { name: chat.typing.trim() || chat.site.name });
    dots.hidden = !isTyping;
    list.setAttribute("aria-live", "polite");
    if (wasAtEnd) toEnd();
  }
  return { element: box, draw, toEnd };
}

// Puts the rows into the list and moves only what is not where it belongs.
function fit(list, rows) {
  let at = list.firstChild;
  for (const row of rows) { if (row === at) at = at.nextSibling; else list.insertBefore(row, at); }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
}

function rowsOf(nodes, toast) {
  const rows = [], pending = waiting();
  const confirmed = new Set(chat.messages.map((one) => one.client_id).filter(Boolean));
  const lines = [...chat.messages.map((one) => ({ ...one, key: one.client_id || one.id })),
    ...pending.filter((one) => !confirmed.has(one.client_id)).map((one) => ({ ...one, key: one.client_id, from: "visitor", isPending: true, files: (one.files ?? []).map((id) => ({ id, name: "" })) }))];
  let before = null;
  const mine = lines.filter((one) => one.from === "visitor" && !one.isPending);
  const read = mine.filter((one) => chat.readByAgent && (one.id.length < chat.readByAgent.length || (one.id.length === chat.readByAgent.length && one.id <= chat.readByAgent))).at(-1);
  for (const one of lines) {
    if (!before || dayKey(before.at) !== dayKey(one.at)) rows.push(noted(nodes, `day ${dayKey(one.at)}`, () => make("p.day", {}, make("span", {}, day(one.at)))));
    const isFirst = !before || before.from !== one.from || before.name !== one.name || new Date(one.at) - new Date(before.at) > TOGETHER || dayKey(before.at) !== dayKey(one.at);
    const node = noted(nodes, one.key, () => message(one, toast));
    node.classList.toggle("first", isFirst);
    mark(node, one, one === read);
    rows.push(node);
    before = one;
  }
  return rows;
}

function noted(nodes, key, fresh) {
  if (!nodes.has(key)) nodes.set(key, fresh());
  return nodes.get(key);
}

function message(one, toast) {
  if (one.from === "event") return make("p.event", {}, one.text);
  const isMine = one.from === "visitor";
  const who = isMine ? say("you") : one.name || chat.site.name;
  const words = one.html ? rich(one.html) : one.text ? plain(one.text) : null;
  const files = (one.files ?? []).filter((file) => file.name).map((file) => saved(file, toast));
  return make(`div.message.${isMine ? "mine" : "theirs"}`, {}, make("p.who", {}, make("span", {}, who), " ", make("time", { datetime: new Date(one.at).toISOString() }, clock(one.at))),
    make("div.bubble", { dir: "auto" }, words, files.length ? make("div.files", {}, files) : null), make("p.mark", { hidden: true }));
}

function saved(file, toast) {
  return button("file", say("save", { name: file.name }), async () => {
    try {
      const place = Address.createObjectURL(await fetched(file.url));
      const anchor = make("a", { href: place, download: file.name });
      anchor.click();
      later(() => Address.revokeObjectURL(place), 60000);
    } catch (wrong) { toast(wrong.told || say("unreachable")); }
  }, icon("file"), make("span", { dir: "auto" }, file.name, make("small", {}, file.size ? size(file.size) : "")));
}

// What became of a message of the visitor's: on its way, refused with its reason, or seen.
function mark(node, one, isRead) {
  if (one.from !== "visitor") return;
  const state = one.refused ? `refused ${one.refused}` : one.isPending ? "sending" : isRead ? "seen" : "";
  node.classList.toggle("pending", Boolean(one.isPending));
  if (node.careline === state) return;
  node.careline = state;
  const place = node.lastChild;
  place.hidden = !state;
  place.classList.toggle("wrong", Boolean(one.refused));
  if (!one.refused) place.replaceChildren(state ? say(state) : "");
  else place.replaceChildren(`${say("not_sent")}${one.refused === "?" ? "" : `: ${one.refused}`} `, button("link", say("again"), () => tryAgain(one.client_id)), " ", button("link", say("discard"), () => discard(one.client_id)));
}
