// Articles that may answer what is being written: shown where the help centre answers, and silently absent where it does not.
import { chat } from "./chat.js";
import { button, icon, make } from "./make.js";
import { link } from "./rich.js";
import { Address, later, never } from "./taken.js";
import { call } from "./wire.js";
import { language, say } from "./words.js";

const AFTER = 350;
const LEAST_LETTERS = 4;
const MOST_SHOWN = 3;

export function suggestions(input) {
  const list = make("ul"), judged = make("div.judged", { hidden: true });
  const box = make("section.help", { hidden: true, "aria-label": say("help") }, make("h3", {}, say("help")), list, judged);
  const said = make("p.hidden", { role: "status" });
  let due = 0, asked = "", refused = 0, token = "";
  const look = async () => {
    const q = input.value.trim().replace(/\s+/g, " ").slice(0, 300);
    if (q.length < LEAST_LETTERS) { box.hidden = true; asked = ""; return; }
    if (q === asked || Date.now() < refused) return;
    asked = q;
    const site = chat.site.help_site ? `&site=${encodeURIComponent(chat.site.help_site)}` : "";
    let told = null;
    try { told = await call("GET", `/help/suggestions?q=${encodeURIComponent(q)}&lang=${language()}${site}`); }
    catch (wrong) { refused = Date.now() + (wrong.status === 404 ? 600000 : 1000 * (wrong.after || 5)); }
    if (asked === q) show(told?.items?.slice(0, MOST_SHOWN) ?? [], told?.token ?? "");
  };
  const show = (items, found) => {
    if (!judged.hidden) return;
    token = found;
    list.replaceChildren(...items.map((one) => make("li", {}, article(one))));
    if (items.length && box.hidden) said.textContent = say("help");
    box.hidden = !items.length;
  };
  const article = (one) => {
    const made = link(new Address(one.url, chat.home).href, icon("book"), make("span", {}, make("b", {}, make("bdi", {}, one.title)), one.snippet ? make("small", {}, make("bdi", {}, one.snippet)) : null));
    made.addEventListener("click", () => { if (token && judged.hidden) judge(); });
    return made;
  };
  // Only who says so was helped; whoever writes on was not.
  const judge = () => {
    const tell = (outcome, words) => { call("POST", `/help/suggestions/${token}/${outcome}`).catch(() => {}); judged.replaceChildren(make("p", { role: "status" }, words)); };
    judged.replaceChildren(make("p", {}, say("helped")), button("second", say("yes"), () => tell("solved", say("glad"))), button("second", say("no"), () => tell("not_solved", say("then_write"))));
    judged.hidden = false;
  };
  input.addEventListener("input", () => { never(due); due = later(look, AFTER); });
  return make("div", {}, box, said);
}
