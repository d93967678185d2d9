// The button that is always there, its count of news, and what the site says first by itself.
import { chat, unread } from "./chat.js";
import { keep, kept } from "./keep.js";
import { button, icon, make } from "./make.js";
import { later, never } from "./taken.js";
import { say } from "./words.js";

export function launcher(opened) {
  const badge = make("span.badge", { hidden: true, "aria-hidden": "true" });
  const element = make("button.launch", { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", on: { click: opened } }, icon("chat"), icon("down"), badge);
  const said = make("p.hidden", { role: "status" });
  let before = 0;
  function draw() {
    const n = chat.isOpen ? 0 : unread();
    badge.hidden = !n;
    badge.textContent = n > 9 ? "9+" : String(n);
    element.setAttribute("aria-label", say(chat.isOpen ? "close" : "chat_with", { name: chat.site.name }) + (n ? `, ${say("news", { n })}` : ""));
    element.setAttribute("aria-expanded", String(chat.isOpen));
    if (n > before) said.textContent = say("news", { n });
    before = n;
  }
  return { element, said, draw };
}

// Shows the first invitation that fits, once; dismissed stays dismissed, and nobody who talks already is invited.
export function invitations(opened) {
  const words = make("p", { dir: "auto" });
  const element = make("section.invite", { hidden: true, "aria-label": say("invitation"), role: "status" }, button("icon-only.quiet", say("dismiss"), () => away(), icon("close")), words, button("second", say("answer"), () => { away(); opened(); }));
  let shown = "", due = [];
  const isWanted = (one) => location.href.includes(one.path_contains ?? "") && !(kept("dismissed") ?? []).includes(one.id);
  const away = () => { if (shown) keep("dismissed", [...(kept("dismissed") ?? []), shown].slice(-50)); shown = ""; element.hidden = true; };
  function show(one) {
    if (chat.isOpen || chat.state !== "none" || chat.messages.length || shown || !chat.site.is_open || !isWanted(one)) return;
    shown = one.id;
    element.hidden = false;
    words.textContent = one.text;
  }
  function plan() {
    due.forEach((one) => never(one));
    due = (chat.site.invitations ?? []).filter(isWanted).map((one) => later(() => show(one), Math.max(0, one.after_seconds) * 1000));
  }
  return { element, plan, away, hide: () => { element.hidden = true; } };
}
