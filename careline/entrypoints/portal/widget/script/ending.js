// When a chat is over: how it was, the conversation by mail, and a new one.
import { anew, chat, rate, sendTranscript } from "./chat.js";
import { field, looksLikeMail } from "./fields.js";
import { button, icon, make } from "./make.js";
import { kept } from "./keep.js";
import { newId } from "./taken.js";
import { say } from "./words.js";

export function ending(toast) {
  const stars = rating(toast);
  return make("section.ending", { "aria-label": say("ended") }, make("p", {}, make("b", {}, say("ended"))), stars, transcript(toast), button("main", say("new"), anew));
}

function rating(toast) {
  const thanks = () => make("p.thanks", { role: "status", tabindex: "-1" }, say("thanks"));
  if (chat.rating) return thanks();
  const name = `r${newId().slice(0, 8)}`;
  const words = make("p.soft.score", { "aria-hidden": "true" });
  const comment = field({ key: "comment", label: say("comment"), kind: "long" });
  const send = button("second", say("send_rating"), async () => {
    try { await rate(Number(form.querySelector("input:checked").value), comment.value()); } catch (wrong) { toast(wrong.told || say("unreachable")); return; }
    const said = thanks();
    form.replaceWith(said);
    said.focus();
  });
  const more = make("div.more", { hidden: true }, comment.element, send);
  const choose = (score) => { words.textContent = say(`score${score}`); more.hidden = false; form.dataset.score = score; };
  const one = (score) => make("label", {}, make("input", { type: "radio", name, value: score, "aria-label": say(`score${score}`), on: { change: () => choose(score) } }), icon("star"));
  const form = make("form.rating", { on: { submit: (event) => event.preventDefault() } }, make("fieldset", {}, make("legend", {}, say("rate")), make("div.stars", {}, [1, 2, 3, 4, 5].map(one))), words, more);
  return form;
}

export function transcript(toast) {
  const known = (kept("fields") ?? {}).email ?? "";
  const mail = field({ key: "email", label: say("mail"), kind: "email", is_required: true }, known);
  const form = make("form.transcript", { hidden: true, novalidate: true, on: { submit: async (event) => {
    event.preventDefault();
    if (!mail.check() || !looksLikeMail(mail.value())) { mail.input.focus(); return; }
    try { await sendTranscript(mail.value()); } catch (wrong) { mail.tell(wrong.told || say("unreachable")); mail.input.focus(); return; }
    const said = make("p.thanks", { role: "status", tabindex: "-1" }, say("transcript_sent", { mail: mail.value() }));
    form.replaceWith(said);
    said.focus();
  } } }, mail.element, make("button.second", { type: "submit" }, say("send")));
  const open = button("link", say("transcript"), () => { open.hidden = true; form.hidden = false; mail.input.focus(); });
  return make("div", {}, open, form);
}
