// Toasts and every countdown on the page: one timer for all of them, held still while somebody reads or aims at Undo.
const toasts = document.getElementById("toasts");

export function say(words) {
  const toast = document.getElementById("toast-template").content.cloneNode(true).firstElementChild;
  toast.querySelector("[data-words]").textContent = words;
  toast.dataset.seconds = 6;
  toasts.append(toast);
}

function isHeld(toast) {
  // an Undo has its own end on the server: holding it here would promise what is no longer possible
  return !toast.querySelector("[data-toast-undo]") && (toast.matches(":hover") || toast.contains(document.activeElement));
}

function tick() {
  for (const toast of toasts.querySelectorAll(".toast[data-seconds]")) {
    if (isHeld(toast)) continue;
    const left = Number(toast.dataset.seconds) - 1;
    toast.dataset.seconds = left;
    const shown = toast.querySelector("[data-left]");
    if (shown) shown.textContent = Math.max(left, 0);
    if (left < 0) toast.remove();
  }
  for (const clock of document.querySelectorAll("[data-countdown]")) {
    const left = Math.max(Number(clock.dataset.countdown) - 1, 0);
    clock.dataset.countdown = left;
    clock.textContent = "minutes" in clock.dataset ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : left;
  }
}

toasts?.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast-close]")) event.target.closest(".toast").remove();
});
toasts?.addEventListener("htmx:afterRequest", (event) => event.target.closest(".toast:not([data-keeps])")?.remove());
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 409) return;
  // a refusal brings its reasons as a toast of its own
  const holder = document.createElement("template");
  holder.innerHTML = event.detail.xhr.responseText;
  const toast = holder.content.querySelector(".toast");
  if (toast) toasts.append(toast); else say(toasts.dataset.failed);
});
// What the page fetches by itself it fetches again when the connection is back, and a line says that it is gone: only an act is told of.
document.addEventListener("htmx:sendError", ({ detail: { requestConfig } }) => {
  if (requestConfig.verb === "get" && !requestConfig.triggeringEvent?.isTrusted) return;
  say(navigator.onLine ? toasts.dataset.failed : toasts.dataset.offline);
});
setInterval(tick, 1000);
