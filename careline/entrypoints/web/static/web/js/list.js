// The list: one tab stop, moved by arrows and j/k; the open case stays marked; menus close as menus do.
export function links() { return [...document.querySelectorAll("[data-list] .row > a")]; }

export function current() {
  return document.activeElement?.closest?.(".row > a") || document.querySelector(".row > a[aria-current='true']") || document.querySelector(".row > a[tabindex='0']");
}

const beside = (row, step) => {
  do row = step > 0 ? row?.nextElementSibling : row?.previousElementSibling; while (row && !row.matches(".row"));
  return row;
};

export function move(step) {
  // from where the focus or the open case is; else to the first
  const from = document.activeElement?.closest?.(".row") || document.querySelector(".row:has(> a[aria-current='true'])");
  let row = from ?? document.querySelector("[data-list] .row");
  for (let n = Math.abs(step); from && n > 0; n -= 1) row = beside(row, step) ?? row;
  const link = row?.querySelector(":scope > a");
  if (!link) return;
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "nearest" });
}

let stop = null;
export function rove() {
  const next = current() || document.querySelector("[data-list] .row > a");
  if (stop?.isConnected && stop !== next) stop.tabIndex = -1;
  // writing it again would cost a layout
  if (next && next.tabIndex !== 0) next.tabIndex = 0;
  stop = next;
}

export function markOpen() {
  const number = document.querySelector("[data-case]")?.dataset.case;
  for (const link of document.querySelectorAll(".row > a[aria-current='true'], .slip[aria-current='true']")) if (link.closest("[data-number]").dataset.number !== number) link.removeAttribute("aria-current");
  const row = number && document.getElementById(`row-${number}`);
  if (row) { (row.matches(".slip") ? row : row.querySelector("a")).setAttribute("aria-current", "true"); row.classList.remove("unread", "changed"); }
  rove();
}

// Rows that left the view stay, dimmed, as long as somebody may be looking at them; they go when the next case is opened.
export function sweepGone(but = "") {
  const pane = document.getElementById("rows");
  const anchor = pane && [...pane.querySelectorAll(".row:not(.gone)")].find((row) => row.getBoundingClientRect().bottom > pane.getBoundingClientRect().top);
  const before = anchor?.getBoundingClientRect().top;
  for (const row of document.querySelectorAll(".row.gone, .slip.gone")) if (row.dataset.number !== but && !row.contains(document.activeElement)) row.remove();
  if (anchor) pane.scrollTop += anchor.getBoundingClientRect().top - before;
}

export function showThreadEnd() {
  const thread = document.getElementById("thread");
  const unread = document.getElementById("unread-line");
  if (unread) unread.scrollIntoView({ block: "start" });
  else if (thread && !location.hash) thread.scrollTop = thread.scrollHeight;
}

document.addEventListener("focusin", (event) => { if (event.target.matches?.(".row > a")) rove(); });
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.shiftKey || !event.target.closest?.("[data-list]")) return;
  if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
  if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
});
document.addEventListener("click", (event) => {
  const picked = event.target.closest('.menu-sheet > button.item[type="button"]:not([data-look])');
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (picked || !menu.contains(event.target)) menu.open = false;
  if (picked) picked.closest("details")?.querySelector("summary").focus();
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(new URL(copy.dataset.copy, location.href).href);
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
// From the words that are searched to what they found: Enter goes there when it is found, the arrow down at once. And whoever
// stands on a row keeps it when what is found is drawn anew.
let standing = "";
document.addEventListener("keydown", (event) => {
  if (event.isComposing || !event.target.matches?.("[data-search]") || !["ArrowDown", "Enter"].includes(event.key)) return;
  if (event.key === "Enter") { standing = "first"; return; }
  event.preventDefault();
  links()[0]?.focus();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "rows") standing = document.activeElement?.closest?.("#rows .row")?.dataset.number || standing;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "rows") return;
  if (standing && document.activeElement?.matches("body, [data-search]")) (document.querySelector(`#row-${standing} > a`) ?? links()[0])?.focus({ preventScroll: true });
  standing = "";
});

document.addEventListener("htmx:afterSwap", (event) => {
  const { id } = event.detail.target;
  if (id === "case") { markOpen(); showThreadEnd(); }
  else if (id === "thread-end") showThreadEnd();
  else if (id === "list") markOpen();
  else if (event.detail.target.closest?.("#list")) rove();
});
markOpen();
rove();
showThreadEnd();
