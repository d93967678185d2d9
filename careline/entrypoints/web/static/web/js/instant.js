// Acts on a case are painted at once, on its cover and its row, and put back where the server refuses; Undo is the toast's.
import { say } from "./toast.js";

const ACT = /^\/conversations\/(\d+)\/(assignee|team|priority|resolution|snooze|status|tags|spam)(?:\/(.+))?$/;
const before = new WeakMap(); // request's element -> what was painted over
const toasts = () => document.getElementById("toasts");
const me = () => ({ name: document.body.dataset.me ?? "", initials: document.body.dataset.initials ?? "", tint: document.body.dataset.tint ?? "" });

// The same for whoever has no button of it: keys and cards. `what` is the last part of the address, `verb` PUT, POST or DELETE.
export function act(number, what, { verb = "PUT", values = {}, element = null } = {}) {
  const isOpen = document.querySelector(`[data-case="${number}"]`);
  return window.htmx.ajax(verb, `/conversations/${number}/${what}`, { source: element ?? document.getElementById("heard"), target: isOpen ? "#case-header" : "#heard", swap: isOpen ? "outerHTML" : "none", values });
}

function paint(number, what, verb, values, button) {
  const header = document.querySelector(`[data-case="${number}"] #case-header`);
  const row = document.getElementById(`row-${number}`);
  const old = { header: header?.cloneNode(true), row: row?.cloneNode(true), number, words: "" };
  const put = { assignee: paintAssignee, priority: paintPriority, resolution: paintResolution, snooze: paintSnooze, tags: paintTags, spam: paintGone, status: paintStatus, team: paintTeam }[what];
  put({ header, row, verb, values, button });
  return old;
}

function face({ name, initials, tint }) {
  const mark = document.createElement("span");
  mark.className = `avatar little ${name ? tint : "nobody"}`;
  mark.textContent = initials;
  mark.title = name;
  return mark;
}

function paintAssignee({ header, row, verb, values, button }) {
  const chosen = button?.querySelector?.(".avatar");
  const who = verb === "delete" ? { name: "", initials: "", tint: "" } : values.agent === "me" || !chosen ? me() : { name: button.textContent.trim().replace(chosen.textContent, "").trim(), initials: chosen.textContent, tint: [...chosen.classList].find((one) => one.startsWith("tint")) };
  row?.querySelector(".facts > .avatar:not(.watcher)")?.replaceWith(face(who));
  const fact = header?.querySelector("[data-fact='assignee']");
  if (fact) fact.replaceChildren(face(who), who.name || fact.dataset.nobody);
  if (values.agent === "me") header?.querySelector("[data-key='i']")?.setAttribute("hidden", "");
}

function paintTeam({ header, button }) {
  const fact = header?.querySelector("[data-fact='team']");
  if (fact && button) fact.lastChild.textContent = button.textContent.trim();
}

function paintPriority({ header, row, values }) {
  const level = values.priority;
  const fact = header?.querySelector("[data-fact='priority'] > span");
  const words = header?.querySelector(`[hx-vals*='"${CSS.escape(level)}"']`)?.textContent.trim();
  if (fact && words) { fact.textContent = words; fact.classList.toggle("heard", level === "normal"); }
  const mark = row?.querySelector(".mark:is(.urgent, .high)");
  if (!["urgent", "high"].includes(level)) mark?.remove();
  else if (mark) mark.className = `mark ${level}`;
  else row?.querySelector(".when")?.prepend(flag(level));
}

function flag(level) {
  const mark = document.createElement("span");
  mark.className = `mark ${level}`;
  mark.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-priority"></use></svg>';
  return mark;
}

function paintResolution({ header, row, verb }) {
  const isDone = verb === "put";
  row?.classList.toggle("resolved", isDone);
  row?.classList.toggle("gone", isDone && leaves("resolved"));
  const chip = header?.querySelector(".case-facts > .bare-chip > .chip:is(.open, .waiting, .resolved)");
  if (chip) { chip.classList.remove("open", "waiting", "resolved"); chip.classList.add(isDone ? "resolved" : "open"); chip.lastChild.textContent = isDone ? header.dataset.resolved : header.dataset.open; }
}

function paintStatus({ header, values, button }) {
  const chip = header?.querySelector(".case-facts > .bare-chip > .chip:is(.open, .waiting, .resolved)");
  const words = button?.querySelector?.(`option[value="${CSS.escape(values.status ?? "")}"]`)?.textContent;
  if (chip && words) chip.lastChild.textContent = words;
}

function paintSnooze({ row, verb }) { row?.classList.toggle("gone", verb === "put" && leaves("snoozed")); }
function paintGone({ row, verb }) { row?.classList.toggle("gone", verb === "put"); }

function paintTags({ header, row, verb, values, button }) {
  if (verb === "delete") {
    const chip = button?.closest?.(".chip");
    const name = chip?.textContent.trim();
    chip?.remove();
    for (const tag of row?.querySelectorAll(".chip.tag") ?? []) if (tag.textContent === name) tag.remove();
    return;
  }
  const name = String(values.name ?? "").trim().slice(0, 40);
  if (!name) return;
  const chip = document.createElement("span");
  chip.className = "chip tag";
  chip.textContent = name;
  header?.querySelector("[data-new-tag]")?.before(chip.cloneNode(true));
  row?.querySelector(".when")?.prepend(chip);
}

// Whether what became of a case puts it out of the view that is shown.
function leaves(become) {
  const view = document.getElementById("rows")?.dataset.view ?? "";
  return !["all", "followed", "mentions", become].includes(view);
}

function putBack(old) {
  if (!old) return;
  const header = document.querySelector(`[data-case="${old.number}"] #case-header`);
  const row = document.getElementById(`row-${old.number}`);
  if (header && old.header) { header.replaceWith(old.header); window.htmx.process(old.header); }
  if (row && old.row) { const hadFocus = row.contains(document.activeElement); row.replaceWith(old.row); if (hadFocus) old.row.querySelector("a")?.focus({ preventScroll: true }); }
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { requestConfig, elt } = event.detail;
  if (requestConfig.verb === "get") return;
  if (!navigator.onLine) { event.preventDefault(); say(toasts().dataset.offline); return; }
  const found = ACT.exec(requestConfig.path);
  if (found) before.set(elt, paint(found[1], found[2], requestConfig.verb, Object.fromEntries(requestConfig.formData ?? []), requestConfig.triggeringEvent?.submitter ?? elt));
});
for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(failed, (event) => { const elt = event.detail.elt; putBack(before.get(elt)); before.delete(elt); });
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, requestConfig } = event.detail;
  const found = ACT.exec(requestConfig?.path ?? "");
  if (!successful || !found) return;
  before.delete(elt);
  document.dispatchEvent(new CustomEvent("careline:acted", { detail: { number: found[1], what: found[2], verb: requestConfig.verb } }));
});
// An Undo may be pressed when another case is open, or none: the cover it brings belongs to neither.
document.addEventListener("click", (event) => {
  const undo = event.target.closest?.("[data-toast-undo][hx-delete^='/conversations/']");
  const number = /\/conversations\/(\d+)\//.exec(undo?.getAttribute("hx-delete") ?? "")?.[1];
  if (!number || undo.getAttribute("hx-target") !== "#case-header") return;
  document.getElementById(`row-${number}`)?.classList.remove("gone");
  if (!document.querySelector(`[data-case="${number}"] #case-header`)) { undo.setAttribute("hx-target", "#heard"); undo.setAttribute("hx-swap", "none"); }
}, true);
// The same for the answer to an act that comes after somebody went on to the next case.
document.addEventListener("htmx:beforeSwap", (event) => {
  const number = /^\/conversations\/(\d+)\//.exec(event.detail.requestConfig?.path ?? "")?.[1];
  if (number && event.detail.target?.id === "case-header" && document.querySelector("[data-case]")?.dataset.case !== number) event.detail.swapOverride = "none";
});
