// Where the visitor writes: words kept while they are written, files by button, drop and paste, each with how far it is.
import { chat, typed } from "./chat.js";
import { button, icon, make } from "./make.js";
import { keep, kept } from "./keep.js";
import { later, never } from "./taken.js";
import { patience, uploaded, woken } from "./wire.js";
import { say, size } from "./words.js";

const TRIES = 8;
const MOST_FILES = 10;
const LONGEST_TEXT = 20000;

export function writing(sent, toast) {
  const text = make("textarea", { rows: 1, maxlength: LONGEST_TEXT, placeholder: say("write"), "aria-label": say("write"), dir: "auto", enterkeyhint: "send" });
  const chosen = make("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true" });
  const list = make("ul.uploads", { "aria-label": say("files"), hidden: true });
  const send = button("icon-only.send", say("send"), () => go(), icon("send"));
  const attach = button("icon-only.attach", say("attach"), () => chosen.click(), icon("clip"));
  const notice = make("p.soft.preview", { hidden: !chat.site.has_preview }, chat.site.has_preview ? say("preview") : "");
  const element = make("form.writing", { on: { submit: (event) => { event.preventDefault(); go(); } } }, list, notice, make("div.line", {}, attach, text, send), chosen);
  let files = [], due = 0;

  const fit = () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
    send.classList.toggle("ready", Boolean(text.value.trim() || files.length));
  };
  function go() {
    const words = text.value.trim();
    if (files.some((one) => !one.id)) { toast(say("still_uploading")); return; }
    if (!words && !files.length) { text.focus(); return; }
    sent(words, files.map((one) => one.id));
    files = [];
    list.replaceChildren();
    list.hidden = true;
    text.value = "";
    keep("draft", null);
    fit();
    text.focus();
  }
  function add(given) {
    for (const file of given) {
      if (files.length >= MOST_FILES) { toast(say("too_many", { n: MOST_FILES })); return; }
      if (file.size > chat.site.max_file_bytes) toast(say("too_large", { name: file.name, size: size(chat.site.max_file_bytes) }));
      else if (file.size) upload(file);
    }
  }
  async function upload(file) {
    const one = { id: "", stop: () => {} };
    const bar = make("progress", { max: 1, value: 0, "aria-label": file.name });
    const part = make("li", {}, icon("file"), make("span", { dir: "auto" }, file.name || say("files")), bar, button("icon-only.quiet", say("remove", { name: file.name }), () => drop(), icon("close")));
    const drop = () => { one.isGone = true; one.stop(); files = files.filter((other) => other !== one); part.remove(); list.hidden = !files.length; fit(); text.focus(); };
    files.push(one);
    list.append(part);
    list.hidden = false;
    for (let tries = 0; !one.isGone; tries += 1) {
      try {
        const going = uploaded(file, (share) => { bar.value = share; });
        one.stop = going.stop;
        one.id = (await going.done).id;
        part.classList.add("there");
        bar.remove();
        break;
      } catch (wrong) {
        if (one.isGone) return;
        if (!wrong.again || tries >= TRIES) { drop(); toast(wrong.told || say("file_refused", { name: file.name })); return; }
        await woken(patience(tries, wrong.after));
      }
    }
    fit();
  }
  text.addEventListener("input", () => { fit(); typed(text.value); never(due); due = later(() => keep("draft", text.value || null), 300); });
  text.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); go(); } });
  text.addEventListener("paste", (event) => { const pasted = [...(event.clipboardData?.files ?? [])]; if (pasted.length) { event.preventDefault(); add(pasted); } });
  chosen.addEventListener("change", () => { add([...chosen.files]); chosen.value = ""; });
  text.value = kept("draft") ?? "";
  return { element, add, fit, focus: () => text.focus() };
}

// What is dropped anywhere on the place goes to `add`.
export function dropping(place, isWanted, add) {
  const over = make("div.over", { hidden: true, "aria-hidden": "true" }, say("drop"));
  const isFiles = (event) => isWanted() && [...(event.dataTransfer?.types ?? [])].includes("Files");
  place.addEventListener("dragover", (event) => { if (isFiles(event)) { event.preventDefault(); over.hidden = false; } });
  place.addEventListener("dragleave", (event) => { if (!place.contains(event.relatedTarget)) over.hidden = true; });
  place.addEventListener("drop", (event) => { over.hidden = true; if (isFiles(event)) { event.preventDefault(); add([...event.dataTransfer.files]); } });
  place.append(over);
}
