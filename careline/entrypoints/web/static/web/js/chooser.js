// Short lists that open by a key: whom to assign it to, which status, which tags … each option acts as the menus of the case do.
import { change } from "./acts.js";
import { own, redraw } from "./finder.js";
import { rank } from "./fuzzy.js";
import { go } from "./journey.js";
import { say } from "./toast.js";

const PAUSE = 150;
const words = (name, what = "") => document.getElementById("finder-words").dataset[name].replace("%", what);
let timer = 0;

export async function begin(dialog, { aimed }) {
  const kind = dialog.dataset.kind;
  const title = dialog.querySelector("[data-title]");
  title.hidden = true;
  own(dialog, { listing: () => [], pick: () => {} });
  dialog.querySelector("[data-empty]").hidden = true;
  const offered = await fetched(kind, aimed);
  if (!dialog.open || dialog.dataset.kind !== kind) return;
  if (!offered) { dialog.close(); say(document.getElementById("toasts").dataset.failed); return; }
  const now = { ...offered };
  title.hidden = false;
  title.textContent = onWhat(aimed, offered.title);
  dialog.querySelector("input").setAttribute("aria-label", title.textContent);
  own(dialog, { hint: offered.hint, listing: (typed) => { if (now.searches) look(dialog, kind, aimed, now, typed); return listed(now, typed, aimed); }, pick: (item) => take(dialog, item, aimed, now) });
}

const onWhat = (aimed, title) => (aimed?.isMany ? `${title} · ${aimed.view ? words("onView") : words("onChosen", aimed.count)}` : title);

async function fetched(kind, aimed, typed = "") {
  const query = new URLSearchParams({ ...(aimed?.isMany ? {} : { number: aimed?.number ?? "" }), ...(typed ? { q: typed } : {}) });
  try {
    const answer = await fetch(`/choices/${kind}?${query}`, { headers: { "HX-Request": "true" } });
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

function listed(now, typed, aimed) {
  const options = now.options.filter((one) => !aimed?.isMany || one.many).map((one) => ({ ...one, isSet: one.is_set }));
  const fit = now.searches ? options : rank(typed, options);
  const isNew = now.free && typed && !options.some((one) => one.label.toLowerCase() === typed.toLowerCase());
  if (!isNew) return fit;
  const named = (values) => ({ ...values, [now.free.field]: typed });
  return [...fit, { label: now.free.label.replace("%(words)s", typed), symbol: "plus", one: { ...now.free.one, values: named(now.free.one.values) }, many: named(now.free.many) }];
}

function look(dialog, kind, aimed, now, typed) {
  clearTimeout(timer);
  if (typed === (now.typed ?? "")) return;
  timer = setTimeout(async () => {
    const fresh = await fetched(kind, aimed, typed);
    if (!fresh || !dialog.open || dialog.querySelector("input").value.trim() !== typed) return;
    Object.assign(now, fresh, { typed });
    redraw(dialog);
  }, PAUSE);
}

async function take(dialog, item, aimed, now) {
  if (!now.stays || aimed?.isMany) dialog.close();
  if (item.to) { await merge(item, aimed); return; }
  await change(aimed, item.one, item.many);
  if (!now.stays || aimed?.isMany || !dialog.open) return;
  Object.assign(now, (await fetched(dialog.dataset.kind, aimed)) ?? {});
  dialog.querySelector("input").value = "";
  redraw(dialog);
}

// A merge ends in another case: that one is opened. It can be taken apart again there.
async function merge(item, aimed) {
  const headers = { "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content, "HX-Request": "true" };
  const answer = await fetch(`/conversations/${aimed.number}/merges`, { method: "POST", headers, body: new URLSearchParams(item.one.values) }).catch(() => null);
  if (answer?.ok) { say(words("merged", item.one.values.into)); go(item.to); return; }
  const holder = document.createElement("template");
  holder.innerHTML = answer ? await answer.text() : "";
  say(holder.content.querySelector(".toast span")?.textContent.trim() || document.getElementById("toasts").dataset.failed);
}
