// The panes: widths by drag and by arrow keys, remembered in this browser; what can be put out of sight, and back.
const page = document.documentElement;
const STEP = 16;
const LEAST = { views: 144, list: 256, facts: 208, below: 128 };
const paneOf = { views: "#views", list: "#list", facts: "#facts", below: "#list" };

// below the list lies the case where somebody wants it so: then the same border moves up and down
const nameOf = (border) => (border.dataset.splitter === "list" && page.dataset.reading === "bottom" ? "below" : border.dataset.splitter);
const isUpright = (border) => nameOf(border) !== "below";
const sizeOf = (name) => {
  const box = document.querySelector(paneOf[name])?.getBoundingClientRect();
  return Math.round((name === "below" ? box?.height : box?.width) ?? 0);
};

function most(name) {
  if (name === "below") return Math.round(innerHeight * 0.75);
  return Math.round(innerWidth * (name === "list" ? 0.6 : 0.3));
}

function set(border, wanted) {
  const name = nameOf(border);
  const size = Math.min(Math.max(Math.round(wanted), LEAST[name]), most(name));
  page.style.setProperty(`--pane-${name}`, `${size}px`);
  try { localStorage.setItem(`pane-${name}`, size); } catch { /* lasts as long as the page */ }
  tell(border);
}

function tell(border) {
  const name = nameOf(border);
  border.setAttribute("aria-orientation", isUpright(border) ? "vertical" : "horizontal");
  border.setAttribute("aria-valuemin", LEAST[name]);
  border.setAttribute("aria-valuemax", most(name));
  border.setAttribute("aria-valuenow", sizeOf(name));
}

function forget(border) {
  const name = nameOf(border);
  page.style.removeProperty(`--pane-${name}`);
  try { localStorage.removeItem(`pane-${name}`); } catch { /* nothing was kept */ }
  tell(border);
}

// +1 where a growing coordinate widens the pane: the facts stand at the other end, and right-to-left turns it round
function direction(border) {
  if (!isUpright(border)) return 1;
  return (border.dataset.splitter === "facts" ? -1 : 1) * (document.dir === "rtl" ? -1 : 1);
}

document.addEventListener("pointerdown", (event) => {
  const border = event.target.closest?.("[data-splitter]");
  if (!border || event.button) return;
  event.preventDefault();
  border.focus({ preventScroll: true });
  border.setPointerCapture(event.pointerId);
  const along = (moved) => (isUpright(border) ? moved.clientX : moved.clientY);
  const [from, size] = [along(event), sizeOf(nameOf(border))];
  const drag = (moved) => set(border, size + (along(moved) - from) * direction(border));
  page.dataset.dragging = isUpright(border) ? "sideways" : "upright";
  border.addEventListener("pointermove", drag);
  border.addEventListener("lostpointercapture", () => { border.removeEventListener("pointermove", drag); delete page.dataset.dragging; }, { once: true });
});
document.addEventListener("dblclick", (event) => { const border = event.target.closest?.("[data-splitter]"); if (border) forget(border); });
document.addEventListener("keydown", (event) => {
  const border = event.target.closest?.("[data-splitter]");
  if (!border || event.ctrlKey || event.metaKey || event.altKey) return;
  const name = nameOf(border);
  const arrows = isUpright(border) ? { ArrowRight: 1, ArrowLeft: -1 } : { ArrowDown: 1, ArrowUp: -1 };
  if (arrows[event.key]) set(border, sizeOf(name) + arrows[event.key] * STEP * direction(border) * (event.shiftKey ? 4 : 1));
  else if (event.key === "Home") set(border, LEAST[name]);
  else if (event.key === "End") set(border, most(name));
  else if (event.key === "Enter") forget(border);
  else return;
  event.preventDefault();
});
document.addEventListener("focusin", (event) => { if (event.target.matches?.("[data-splitter]")) tell(event.target); });

export function togglePane(name) {
  const facts = document.getElementById("facts");
  // where there is no room beside the case, the facts open over it
  if (name === "facts" && facts && getComputedStyle(facts).position === "fixed") { facts.togglePopover(); return; }
  document.querySelector(`[data-look="${name}"]`)?.click();
}

const tellAll = () => { for (const border of document.querySelectorAll("[data-splitter]")) tell(border); };
document.addEventListener("careline:look", tellAll);
document.addEventListener("htmx:afterSwap", tellAll);
tellAll();
