// The bell: counts by what the server says, opens with the panel, shows one small toast at a time, badges the app; push for
// this browser, and the button that installs us. It never takes the focus.
import { say } from "./toast.js";

const PAUSE = 400;
const bell = document.getElementById("bell");
const badge = document.querySelector('[data-count="notices"]');
const link = document.querySelector("#bell > summary");
let shown = null; // the newest that was known, so that only news makes a toast
let timer = 0;

async function count() {
  timer = 0;
  const answer = await fetch("/notifications/count", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const told = await answer.json();
  const open = document.querySelector("[data-case]")?.dataset.case;
  // a case that is being looked at needs no bell
  if (open && document.hasFocus() && told.cases.includes(Number(open))) {
    if ((await put(`/conversations/${open}/notifications/seen`))?.ok) { soon(); return; }
  }
  show(told.count);
  const key = told.newest?.key ?? "";
  if (shown !== null && key && key !== shown && told.count && !told.is_quiet && !document.hidden && !bell.open) {
    for (const old of document.querySelectorAll(".toast[data-told]")) old.remove();
    say(told.newest.words);
    document.querySelector("#toasts .toast:last-child")?.setAttribute("data-told", "");
    if (told.sound) sound();
  }
  shown = key;
  if (bell.open && !document.getElementById("notices").contains(document.activeElement)) refresh();
}

function show(number) {
  badge.textContent = number || "";
  link.setAttribute("aria-label", number ? link.dataset.some.replace("%", number) : link.dataset.none);
  document.title = `${number ? `(${number}) ` : ""}${document.title.replace(/^\(\d+\+?\) /, "")}`;
  if (number) navigator.setAppBadge?.(Number.parseInt(number, 10)).catch(() => {}); else navigator.clearAppBadge?.().catch(() => {});
}

const put = (url) => fetch(url, { method: "PUT", headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content } }).catch(() => null);
const refresh = () => window.htmx.ajax("GET", "/notifications", { target: "#notices", swap: "innerHTML" });
function soon() { timer ||= setTimeout(count, PAUSE); }

function sound() {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.04, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.35);
  tone.connect(volume).connect(context.destination);
  tone.frequency.value = 660;
  tone.start();
  tone.stop(context.currentTime + 0.36);
}

if (bell) {
  bell.addEventListener("toggle", () => { if (bell.open) refresh(); });
  document.addEventListener("careline:told", soon);
  bell.addEventListener("click", (event) => { if (event.target.closest(".told-link")) bell.open = false; });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  count();
}

// Push and the app. Without https (or on an old browser) there is neither, and nothing here says so until it is asked for.
const ready = "serviceWorker" in navigator ? navigator.serviceWorker.register("/sw.js").catch(() => null) : Promise.resolve(null);
navigator.serviceWorker?.addEventListener("message", (event) => { if (event.data?.open) location.assign(event.data.open); });
const bytes = (words) => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function subscription() {
  const worker = await ready;
  return worker?.pushManager ? worker.pushManager.getSubscription() : undefined;
}

async function subscribe(place) {
  const worker = await ready;
  const old = await worker.pushManager.getSubscription();
  if (old && words(old.options.applicationServerKey ?? new ArrayBuffer(0)) !== place.dataset.key) await old.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(place.dataset.key) });
  const body = new URLSearchParams({ endpoint: made.endpoint, p256dh: words(made.getKey("p256dh")), auth: words(made.getKey("auth")) });
  const answer = await fetch("/devices", { method: "POST", body, headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content } });
  if (!answer.ok) throw new Error(String(answer.status));
}

async function showPush(place, state) {
  const told = place.querySelector("[data-push-words]");
  const found = state ? null : await subscription();
  const now = state ?? (found === undefined || !("Notification" in window) ? "none" : Notification.permission === "denied" ? "denied" : found ? "on" : "off");
  told.textContent = told.dataset[now];
  place.querySelector("[data-push-on]").hidden = now !== "off" && now !== "failed";
  place.querySelector("[data-push-off]").hidden = now !== "on";
}

const place = document.querySelector("[data-push]");
if (place) {
  showPush(place);
  place.querySelector("[data-push-on]").addEventListener("click", async () => {
    try { await subscribe(place); location.reload(); } catch { showPush(place, Notification.permission === "denied" ? "denied" : "failed"); }
  });
  place.querySelector("[data-push-off]").addEventListener("click", async () => { await (await subscription())?.unsubscribe(); showPush(place); });
}
// Whoever leaves takes their notifications along: the next one at this browser is not told of them.
document.addEventListener("submit", (event) => { if (event.target.getAttribute("action") === "/logout") subscription().then((one) => one?.unsubscribe()); }, true);

addEventListener("beforeinstallprompt", (event) => {
  const offer = document.querySelector("[data-install]");
  if (!offer) return;
  event.preventDefault();
  offer.hidden = false;
  offer.querySelector("[data-install-now]").addEventListener("click", async () => { await event.prompt(); offer.hidden = true; }, { once: true });
});
