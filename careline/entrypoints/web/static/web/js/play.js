// "One after the other": the view's first case opens by itself; when it is done with, the next one comes.
import { go, openNumber } from "./journey.js";
import { links } from "./list.js";

const isOn = () => document.getElementById("list")?.dataset.kind === "play";
const skipped = new Set();

function upNext() {
  return links().map((link) => link.closest(".row")).find((row) => !row.classList.contains("gone") && !skipped.has(row.dataset.number) && row.dataset.number !== openNumber());
}

function bar() { return document.getElementById("play-bar"); }

function left() {
  const place = bar()?.querySelector("[data-left-over]");
  const rows = links().map((link) => link.closest(".row")).filter((row) => !row.classList.contains("gone") && !skipped.has(row.dataset.number));
  if (place) place.textContent = `${rows.length}${document.querySelector(".rows-more") ? "+" : ""}`;
}

export function next() {
  const row = upNext();
  if (!row && document.querySelector(".rows-more")) { document.querySelector(".rows-more a").click(); return; }
  if (row) go(row.querySelector("a").href);
  else document.getElementById("case").innerHTML = document.getElementById("played-out").innerHTML;
  left();
}

document.addEventListener("careline:acted", (event) => {
  const { number, what, verb } = event.detail;
  const isDone = (what === "resolution" && verb === "put") || (what === "snooze" && verb === "put") || what === "spam";
  if (isOn() && isDone && number === openNumber()) { document.getElementById(`row-${number}`)?.classList.add("gone"); next(); }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, requestConfig } = event.detail;
  if (!isOn() || !successful || !elt.matches?.("[data-composer]")) return;
  if (["resolve", "wait"].includes(requestConfig.triggeringEvent?.submitter?.value) || requestConfig.formData?.get("then") === "resolve") setTimeout(() => { document.getElementById(`row-${openNumber()}`)?.classList.add("gone"); next(); });
});
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-skip]")) return;
  skipped.add(openNumber());
  next();
});
function begin() {
  skipped.clear();
  if (!isOn()) return;
  if (!openNumber()) next(); else left();
}
document.addEventListener("careline:list", begin);
document.addEventListener("careline:refreshed", () => { if (isOn()) { left(); if (!openNumber() && !document.querySelector("#case .played-out")) next(); } });
begin();
