// The next cases, fetched before they are asked for and kept in memory: dropped when something happens there, or after a minute.
const KEPT_FOR = 60000;
const MOST = 8;
const LEFT_ALONE = 10000;
const kept = new Map(); // number -> { html, at }
const touched = new Map(); // number -> when its composer was last written in: the draft may still be on its way
const waiting = [];
let isFetching = false;

export async function fetchCase(number, { ahead = false } = {}) {
  const headers = { "HX-Request": "true", "HX-Target": "case", ...(ahead ? { Purpose: "prefetch" } : {}) };
  const answer = await fetch(`/conversations/${number}`, { headers });
  if (answer.redirected || !answer.ok) return { status: answer.status, redirect: answer.redirected ? answer.url : answer.headers.get("HX-Redirect"), html: "" };
  return { status: 200, html: await answer.text() };
}

// The case as it was fetched ahead, once; or nothing.
export function taken(number) {
  const found = kept.get(number);
  kept.delete(number);
  return found && Date.now() - found.at < KEPT_FOR ? found.html : "";
}

export function drop(number) {
  kept.delete(String(number));
  document.getElementById(`row-${number}`)?.removeAttribute("data-ahead");
}

export function ahead(numbers) {
  for (const number of numbers) if (number && !waiting.includes(number)) waiting.unshift(number);
  waiting.length = Math.min(waiting.length, 4);
  work();
}

async function work() {
  if (isFetching) return;
  isFetching = true;
  while (waiting.length) {
    const number = waiting.shift();
    const known = kept.get(number);
    if ((known && Date.now() - known.at < KEPT_FOR / 2) || document.querySelector(`[data-case="${number}"]`) || Date.now() - (touched.get(number) ?? 0) < LEFT_ALONE) continue;
    const began = Date.now();
    try {
      const { html } = await fetchCase(number, { ahead: true });
      if (html && (changed.get(number) ?? 0) < began) keep(number, html);
    } catch { waiting.length = 0; }
  }
  isFetching = false;
}

function keep(number, html) {
  kept.delete(number);
  kept.set(number, { html, at: Date.now() });
  document.getElementById(`row-${number}`)?.setAttribute("data-ahead", "");
  while (kept.size > MOST) kept.delete(kept.keys().next().value);
}

const changed = new Map();
document.addEventListener("careline:changed", (event) => {
  if (event.detail.all) { kept.clear(); return; }
  changed.set(String(event.detail.number), Date.now());
  drop(event.detail.number);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const number = /^\/conversations\/(\d+)\//.exec(event.detail.pathInfo?.requestPath ?? "")?.[1];
  if (number && event.detail.requestConfig?.verb !== "get") drop(number);
});
document.addEventListener("input", (event) => {
  const number = event.target.closest?.("[data-case]")?.dataset.case;
  if (number) { touched.set(number, Date.now()); drop(number); }
});
