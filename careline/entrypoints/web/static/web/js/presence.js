// Who else looks at a case or types in it: told to the server every few seconds, shown in the list and on the case.
const BEAT = 6000;
const TYPES_FOR = 7000;
const IDLE_AFTER = 120000;
const STALE = 60000;
const here = new Map();
let typedAt = 0;
let movedAt = Date.now();
let told = { number: "", doing: "" };

const openCase = () => document.querySelector("[data-case]")?.dataset.case ?? "";

function doing() {
  if (document.hidden || !openCase()) return "";
  if (Date.now() - movedAt > IDLE_AFTER) return "idle";
  if (Date.now() - typedAt > TYPES_FOR) return "view";
  return document.querySelector("[data-composer]")?.dataset.kind === "note" ? "note" : "reply";
}

function send(number, what, isLast) {
  const body = new URLSearchParams({ number, doing: what });
  if (isLast) navigator.sendBeacon("/presence", body);
  else fetch("/presence", { method: "POST", body, keepalive: true }).catch(() => {});
}

function report(isBeat) {
  const now = { number: openCase(), doing: doing() };
  if (told.number && told.number !== now.number) { send(told.number, ""); told = { number: "", doing: "" }; }
  if (now.number && (now.doing !== told.doing || (isBeat && now.doing))) send(now.number, now.doing);
  told = now.doing ? now : { number: "", doing: "" };
}

function take({ number, agent, name, doing: what }) {
  const those = here.get(String(number)) ?? new Map();
  if (what) those.set(agent, { name, doing: what, at: Date.now() }); else those.delete(agent);
  here.set(String(number), those);
  draw(String(number));
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

function face({ name, doing: what }, words) {
  const mark = document.createElement("span");
  mark.className = "avatar little watcher";
  mark.dataset.doing = what;
  mark.textContent = initials(name);
  mark.title = words.dataset[what].replace("%", name);
  return mark;
}

function draw(number) {
  const words = document.getElementById("presence-words");
  const those = [...(here.get(number)?.values() ?? [])];
  const places = [document.querySelector(`#row-${number} .facts`), document.querySelector(`[data-case="${number}"] [data-presence]`)];
  for (const place of places) {
    if (!place || !words) continue;
    place.querySelector(".watchers")?.remove();
    if (!those.length) continue;
    const faces = document.createElement("span");
    faces.className = "watchers";
    faces.append(...those.map((one) => face(one, words)));
    if (place.matches("[data-presence]")) {
      const busy = those.find((one) => ["reply", "note", "typing"].includes(one.doing)) ?? those.find((one) => one.doing === "view") ?? those[0];
      const said = document.createElement("span");
      said.className = "small soft";
      said.textContent = words.dataset[busy.doing].replace("%", busy.name);
      faces.append(said);
    }
    place.prepend(faces);
  }
  warn(number, those);
}

// Two who answer the same case know of each other beside the text itself.
function warn(number, those) {
  const told = document.querySelector(`[data-case="${number}"] [data-busy]`);
  if (!told) return;
  const other = those.find((one) => one.doing === "reply");
  told.hidden = !other;
  if (other) told.textContent = told.dataset.words.replace("%", other.name);
}

function drawAll() { for (const number of here.keys()) draw(number); }

document.addEventListener("careline:presence", (event) => {
  if (event.detail.reset) { const old = [...here.keys()]; here.clear(); old.forEach(draw); } else take(event.detail);
});
for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) {
  document.addEventListener(sign, () => {
    const was = Date.now() - movedAt > IDLE_AFTER;
    movedAt = Date.now();
    if (was) report(false);
  }, { capture: true, passive: true });
}
document.addEventListener("input", (event) => {
  if (!event.target.closest?.("[data-composer]") || !event.target.matches("textarea")) return;
  typedAt = Date.now();
  report(false);
});
document.addEventListener("htmx:afterSwap", () => { report(false); drawAll(); });
document.addEventListener("htmx:oobAfterSwap", drawAll);
document.addEventListener("careline:refreshed", drawAll);
document.addEventListener("visibilitychange", () => report(false));
addEventListener("pagehide", () => {
  if (told.number) { sessionStorage.setItem("left", told.number); send(told.number, "", true); }
  told = { number: "", doing: "" };
});
// not every browser lets the last word of a page through: the next page of this tab says it once more
const left = sessionStorage.getItem("left");
sessionStorage.removeItem("left");
if (left && left !== openCase()) send(left, "");
addEventListener("pageshow", () => report(false));
setInterval(() => report(true), BEAT);
setInterval(() => {
  // the server tells who left; this is for a stream that was lost meanwhile
  for (const [number, those] of here) {
    for (const [agent, one] of those) if (Date.now() - one.at > STALE && document.getElementById("connection")?.dataset.state === "lost") those.delete(agent);
    draw(number);
  }
}, STALE);
