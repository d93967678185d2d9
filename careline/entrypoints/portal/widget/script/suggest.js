// Articles that may answer what is being written: shown where the help centre answers, and silently absent where it does not.
import { chat } from "./chat.js";
import { icon, make } from "./make.js";
import { link } from "./rich.js";
import { Address, later, never } from "./taken.js";
import { call } from "./wire.js";
import { language, say } from "./words.js";

const AFTER = 350;
const LEAST_LETTERS = 4;

export function suggestions(input) {
  const list = make("ul");
  const box = make("section.help", { hidden: true, "aria-label": say("help") }, make("h3", {}, say("help")), list);
  const said = make("p.hidden", { role: "status" });
  let due = 0, asked = "", refused = 0;
  const look = async () => {
    const q = input.value.trim().replace(/\s+/g, " ").slice(0, 300);
    if (q.length < LEAST_LETTERS) { box.hidden = true; asked = ""; return; }
    if (q === asked || Date.now() < refused) return;
    asked = q;
    const site = chat.site.help_site ? `&site=${encodeURIComponent(chat.site.help_site)}` : "";
    let items = [];
    try { items = (await call("GET", `/help/suggestions?q=${encodeURIComponent(q)}&lang=${language()}${site}`))?.items ?? []; }
    catch (wrong) { refused = Date.now() + (wrong.status === 404 ? 600000 : 1000 * (wrong.after || 5)); }
    if (asked === q) show(items.slice(0, 3));
  };
  const show = (items) => {
    list.replaceChildren(...items.map((one) => make("li", {}, link(new Address(one.url, chat.home).href, icon("book"), make("span", {}, make("b", {}, one.title), one.snippet ? make("small", {}, one.snippet) : null)))));
    if (items.length && box.hidden) said.textContent = say("help");
    box.hidden = !items.length;
  };
  input.addEventListener("input", () => { never(due); due = later(look, AFTER); });
  return make("div", {}, box, said);
}
