// The list: one tab stop, moved by arrows and j/k; the open case stays marked; menus close as menus do.
export function links() { return [...document.querySelectorAll("[data-list] .row > a")]; }

export function current() {
  return document.activeElement?.closest?.(".row > a") || document.querySelector(".row > a[aria-current='true']");
}

export function move(step) {
  const all = links();
  if (!all.length) return;
  const from = all.indexOf(current());
  const next = all[Math.min(Math.max(from + step, 0), all.length - 1)];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

export function rove() {
  const all = links();
  const stop = current() || all[0];
  for (const link of all) link.tabIndex = link === stop ? 0 : -1;
}

function markOpen() {
  const number = document.querySelector("[data-case]")?.dataset.case;
  for (const row of document.querySelectorAll("[data-list] .row")) {
    const link = row.querySelector("a");
    if (row.dataset.number === number) { link.setAttribute("aria-current", "true"); row.classList.remove("unread", "changed"); } else link.removeAttribute("aria-current");
  }
  rove();
}

function closeCase(event) {
  // on a phone the list lies behind the case, where it was left: no need to ask the server again
  event.preventDefault();
  history.pushState(null, "", event.target.closest("[data-back]").href);
  const number = document.querySelector("[data-case]").dataset.case;
  document.getElementById("case").replaceChildren();
  document.querySelector(`#row-${number} > a`)?.focus({ preventScroll: true });
  markOpen();
}

function showThreadEnd() {
  const thread = document.getElementById("thread");
  const unread = document.getElementById("unread-line");
  if (unread) unread.scrollIntoView({ block: "start" });
  else if (thread) thread.scrollTop = thread.scrollHeight;
}

document.addEventListener("focusin", (event) => { if (event.target.matches?.(".row > a")) rove(); });
document.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("[data-list]")) return;
  if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
  if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
});
document.addEventListener("click", (event) => {
  const picked = event.target.closest('.menu-sheet > button.item[type="button"]');
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (picked || !menu.contains(event.target)) menu.open = false;
  if (picked) picked.closest("details").querySelector("summary").focus();
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(new URL(copy.dataset.copy, location.href).href);
  if (event.target.closest("[data-back]") && document.getElementById("row-list")) closeCase(event);
  if (event.target.closest("[data-to-end]")) { showThreadEnd(); event.target.closest("[data-to-end]").hidden = true; }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); event.stopPropagation(); }
});
document.addEventListener("toggle", (event) => {
  // the mail as the sender made it is fetched only when somebody asks for it
  const place = event.target;
  if (!place.matches?.("[data-frame]") || !place.open || place.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.className = "message-frame";
  frame.setAttribute("sandbox", "allow-popups");
  frame.title = place.querySelector("summary").textContent.trim();
  frame.src = place.dataset.frame;
  place.append(frame);
}, true);
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "case") { markOpen(); showThreadEnd(); }
  if (event.detail.target.id === "thread-end") showThreadEnd();
  rove();
});
markOpen();
rove();
showThreadEnd();
