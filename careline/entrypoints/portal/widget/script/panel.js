// The window of the chat: its head, the questions before, the thread, where one writes, and the end.
import { chat, end, seen, start, visit, write } from "./chat.js";
import { ending, transcript } from "./ending.js";
import { field } from "./fields.js";
import { keep, kept } from "./keep.js";
import { log } from "./log.js";
import { button, icon, make } from "./make.js";
import { flush, waiting } from "./outbox.js";
import { suggestions } from "./suggest.js";
import { later, never } from "./taken.js";
import { lasting, moment, say } from "./words.js";
import { dropping, writing } from "./writing.js";

const SHOWN_FOR = 7000;

export function panel(closed) {
  const title = make("h2", { id: "careline-title" }, chat.site.name);
  const status = make("p.status");
  const toastPlace = make("p.toast", { role: "alert", hidden: true });
  const notice = make("div.notice", { role: "status" });
  const body = make("div.body");
  const element = make("section.panel", { role: "dialog", "aria-labelledby": "careline-title", hidden: true });
  let mode = "", due = 0, parts = {};
  const toast = (words) => { never(due); toastPlace.textContent = words; toastPlace.hidden = false; due = later(() => { toastPlace.hidden = true; }, SHOWN_FOR); };
  const choices = menu(toast);
  element.append(make("header", {}, make("div.names", {}, title, status), choices.element, button("icon-only", say("close"), closed, icon("down"))), notice, body, toastPlace);
  dropping(element, () => mode === "thread", (files) => parts.write.add(files));

  function draw() {
    const wanted = chat.messages.length || waiting().length ? (chat.state === "ended" && !waiting().length ? "ended" : "thread") : "start";
    if (wanted !== mode) { show(wanted); mode = wanted; }
    parts.log?.draw();
    status.textContent = statusWords();
    const words = noticeWords();
    if (notice.textContent !== words) notice.textContent = words;
    notice.classList.toggle("lost", !chat.isOnline);
    choices.element.hidden = mode !== "thread" || !chat.messages.length;
    if (chat.isOpen && mode !== "start" && !document.hidden) seen();
  }

  function show(wanted) {
    const hadFocus = element.contains(element.getRootNode().activeElement);
    const keeps = parts.log && wanted !== "start" ? parts.log : null;
    parts = {};
    if (wanted === "start") parts.start = starting();
    else {
      parts.log = keeps ?? log(toast);
      if (wanted === "thread") parts.write = writing((text, files) => { if (chat.state === "none" && !waiting().length) start(text, {}, files); else write(text, files); later(parts.log.toEnd, 0); }, toast);
    }
    body.replaceChildren(...(parts.start ? [parts.start.element] : [parts.log.element, parts.write ? parts.write.element : ending(toast)]));
    if (chat.isOpen && hadFocus) focus();
    later(() => { parts.write?.fit(); parts.log?.toEnd(); }, 0);
  }

  function focus() { if (parts.start) parts.start.focus(); else if (parts.write) parts.write.focus(); else element.querySelector(".ending input, .ending button")?.focus(); }
  function opened() {
    element.hidden = false;
    draw();
    focus();
    later(() => { parts.write?.fit(); parts.log?.toEnd(); }, 0);
    if (!chat.visitor) visit().catch(() => {});
    flush();
  }
  return { element, draw, opened, toast };
}

function statusWords() {
  if (chat.agent && chat.state === "open") return say("is_here", { name: chat.agent.name });
  if (!chat.site.is_open) return chat.site.opens_at ? say("back_at", { when: moment(chat.site.opens_at) }) : say("closed");
  if (chat.state === "ended") return "";
  return chat.site.expected_wait_seconds && !chat.queue ? say("answers_in", { time: lasting(chat.site.expected_wait_seconds) }) : say("open");
}

function noticeWords() {
  const stuck = waiting().some((one) => !one.refused && Date.now() - one.at > 4000);
  if (!chat.isOnline || stuck) return say("lost");
  if (chat.state === "waiting" && chat.queue?.position) return say("queue", { n: chat.queue.position }) + (chat.queue.wait_seconds ? ` ${say("wait", { time: lasting(chat.queue.wait_seconds) })}` : "");
  if (chat.state === "waiting" && !chat.site.is_open) return say("by_mail");
  return chat.state === "waiting" ? say("soon") : "";
}

// What can be done with a running chat: the conversation by mail, and its end, which is asked once more.
function menu(toast) {
  const sure = make("div.sure", { hidden: true }, make("p", {}, say("end_sure")), button("second", say("end_yes"), async () => { try { await end(); } catch (wrong) { toast(wrong.told || say("unreachable")); } open(false); }), button("link", say("end_no"), () => open(false)));
  const list = make("div.choices", { hidden: true }, transcript(toast), button("link.leave", say("end"), () => { sure.hidden = false; sure.querySelector("button").focus(); }), sure);
  const toggle = button("icon-only", say("more"), () => open(list.hidden), icon("more"));
  toggle.setAttribute("aria-expanded", "false");
  const open = (isOpen) => { list.hidden = !isOpen; sure.hidden = true; toggle.setAttribute("aria-expanded", String(isOpen)); if (!isOpen) toggle.focus(); };
  const element = make("div.menu", { hidden: true, on: { keydown: (event) => { if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); open(false); } } } }, toggle, list);
  return { element };
}

// Before the first message: who writes, as far as the site asks for it, and what about.
function starting() {
  const isOpen = chat.site.is_open, before = kept("fields") ?? {};
  const asked = (isOpen ? chat.site.pre_chat : chat.site.offline_form) ?? [];
  const fields = asked.filter((one) => !(chat.isIdentified && (one.key === "name" || one.key === "email"))).map((one) => field(one, before[one.key]));
  const message = field({ key: "text", label: say("your_message"), kind: "long", is_required: true }, kept("draft"));
  message.input.setAttribute("dir", "auto");
  message.input.addEventListener("input", () => keep("draft", message.value() || null));
  const go = (event) => {
    event.preventDefault();
    const wrong = [...fields, message].filter((one) => !one.check());
    if (wrong.length) { wrong[0].input.focus(); return; }
    keep("draft", null);
    const given = Object.fromEntries(fields.map((one) => [one.key, one.value()]));
    keep("fields", { ...before, ...given });
    start(message.value(), given, []);
  };
  message.input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !fields.length) go(event); });
  const greeting = isOpen ? chat.site.greeting || say("greeting") : say("leave_us");
  const element = make("form.start", { novalidate: true, on: { submit: go } }, make("p.greeting", { dir: "auto" }, greeting), fields.map((one) => one.element), message.element, suggestions(message.input),
    make("button.main", { type: "submit" }, say(isOpen ? "start" : "leave")));
  return { element, focus: () => (fields.find((one) => !one.value()) ?? message).input.focus() };
}
