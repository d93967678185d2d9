// Drafts: kept on the server as somebody types, when they leave, and shown to colleagues when they say so.
import { composerOf, writingOf } from "./writing.js";

const PAUSE = 900;
const timers = new WeakMap();
const going = new WeakMap();
const lastShared = new WeakMap(); // what stands in a place
const token = () => ({ "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content });

export function formOf(composer) {
  const body = new FormData(composer);
  body.delete("files");
  return new URLSearchParams(body);
}

export async function putDraft(composer, kind, body, { keepalive = false } = {}) {
  const sent = fetch(`${composer.dataset.draft}/${kind}`, { method: "PUT", body, headers: token(), keepalive }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  going.set(composer, sent);
  return sent;
}

async function keep(composer) {
  timers.delete(composer);
  const told = await putDraft(composer, composer.dataset.kind, formOf(composer));
  if (timers.has(composer)) return; // somebody goes on typing
  const state = composer.querySelector("[data-draft-state]");
  state.textContent = told ? told.saved : state.dataset.unsaved;
  const hint = composer.querySelector("[data-language-hint]");
  if (told && hint) { hint.textContent = told.hint; hint.hidden = !told.hint; }
}

export function keepSoon(composer) {
  if (!composer.dataset.draft) return;
  clearTimeout(timers.get(composer));
  composer.querySelector("[data-draft-state]").textContent = "";
  timers.set(composer, setTimeout(() => keep(composer), PAUSE));
}

export function keepNoMore(composer) {
  clearTimeout(timers.get(composer));
  timers.delete(composer);
}

// It was sent: a draft that was still on its way to the server must not come back.
export async function dropDraft(composer, kind) {
  keepNoMore(composer);
  if (!going.has(composer)) return;
  await going.get(composer);
  // Taken back meanwhile: the same words stand in a composer again, and are kept as its draft.
  const now = document.querySelector("[data-composer][data-draft]");
  const isBack = now && now !== composer && now.dataset.draft === composer.dataset.draft && now.dataset.kind === kind && writingOf(now).text().trim();
  if (!timers.has(composer) && !isBack) fetch(`${composer.dataset.draft}/${kind}`, { method: "DELETE", headers: token() }).catch(() => {});
}

function keepNow() {
  for (const composer of document.querySelectorAll("[data-composer][data-draft]")) {
    if (!timers.has(composer)) continue;
    keepNoMore(composer);
    putDraft(composer, composer.dataset.kind, formOf(composer), { keepalive: true });
  }
}

async function share(box) {
  const composer = composerOf(box);
  keepNoMore(composer);
  const isKept = await putDraft(composer, composer.dataset.kind, formOf(composer));
  const url = `${composer.dataset.draft}/${composer.dataset.kind}/sharing`;
  const answer = isKept && (await fetch(url, { method: box.checked ? "PUT" : "DELETE", headers: { ...token(), "HX-Request": "true" } }).catch(() => null));
  if (!answer?.ok) box.checked = !box.checked;
  if (!answer) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const toast = holder.content.querySelector(".toast");
  if (toast) document.getElementById("toasts").append(toast);
}

async function showShared() {
  const composer = document.querySelector("[data-composer][data-draft]");
  const place = composer?.querySelector("#shared-drafts");
  if (!place || place.contains(document.activeElement)) return;
  const answer = await fetch(composer.dataset.draft, { headers: { "HX-Request": "true" } }).catch(() => null);
  const told = answer?.ok ? await answer.text() : lastShared.get(place);
  // The same again would take a button away from under the finger that presses it; so would news that came while it did.
  if (told === lastShared.get(place) || !place.isConnected || place.contains(document.activeElement)) return;
  lastShared.set(place, told);
  place.innerHTML = told;
  window.htmx?.process(place);
}

document.addEventListener("change", (event) => { if (event.target.matches?.("[data-composer] [data-share]")) share(event.target); });
let shows = 0;
document.addEventListener("careline:changed", ({ detail }) => {
  const number = document.querySelector("[data-case]")?.dataset.case;
  if (!number || (!detail.all && String(detail.number) !== number)) return;
  clearTimeout(shows);
  shows = setTimeout(showShared, 700);
});
document.addEventListener("visibilitychange", () => { if (document.hidden) keepNow(); });
addEventListener("pagehide", keepNow);
