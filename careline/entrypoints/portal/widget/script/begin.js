// Where all begins: the element, its closed inside, and what the page does around it.
import { chat, forget, meet, moved, typed, watch } from "./chat.js";
import { shades } from "./colours.js";
import { kept, keep } from "./keep.js";
import { invitations, launcher } from "./launcher.js";
import { make } from "./make.js";
import { panel } from "./panel.js";
import { Address, element as fresh, later } from "./taken.js";
import { direction, language, say } from "./words.js";

const NAME = "careline-chat";
const isPhone = () => window.innerWidth <= 480 || window.innerHeight <= 480;

function inside(root) {
  const shell = make("div.root", { lang: language(), dir: direction() });
  const colour = shades(chat.site.colour);
  for (const name of Object.keys(colour)) shell.style.setProperty(`--brand-${name}`, colour[name]);
  dress(root);
  const open = () => turn(true), close = () => turn(false);
  const launch = launcher(() => turn(!chat.isOpen)), invite = invitations(open);
  let seat = null, isDue = false, page = "";
  function turn(isOpen) {
    if (chat.isOpen === isOpen) return;
    chat.isOpen = isOpen;
    keep("open", isOpen || null);
    shell.classList.toggle("open", isOpen);
    if (isOpen) {
      invite.away();
      if (!seat) { seat = panel(close); shell.insertBefore(seat.element, launch.element); }
      seat.element.setAttribute("aria-modal", String(isPhone()));
      seat.opened();
    } else { typed(""); seat.element.hidden = true; launch.element.focus(); }
    launch.draw();
  }
  function draw() { isDue = false; seat?.draw(); launch.draw(); }
  watch(() => { if (!isDue) { isDue = true; later(draw, 0); } });
  shell.append(invite.element, launch.element, launch.said);
  shell.addEventListener("keydown", (event) => { if (event.key === "Escape" && chat.isOpen) close(); else if (event.key === "Tab" && chat.isOpen && isPhone()) round(event, seat.element, root); });
  // The page's own keys are not for what is written here.
  for (const name of ["keydown", "keyup", "keypress", "paste", "copy", "cut"]) shell.addEventListener(name, (event) => event.stopPropagation());
  root.append(shell);
  launch.draw();
  const turned = () => { if (page !== location.href) { page = location.href; moved(); invite.hide(); invite.plan(); } };
  turned();
  (window.navigation?.addEventListener ? window.navigation : window).addEventListener(window.navigation?.addEventListener ? "navigatesuccess" : "popstate", () => later(turned, 50));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) seat?.draw(); });
  if (kept("open") && !isPhone() && chat.visitor) later(() => { turn(true); }, 0);
  return { open, close };
}

// A sheet of its own needs no leave of the page's policy; older browsers get an element. A page may have hidden its maker.
function dress(root) {
  for (const Sheet of [window.CSSStyleSheet, document.styleSheets[0]?.constructor]) {
    try { const sheet = new Sheet(); sheet.replaceSync(STYLES); root.adoptedStyleSheets = [sheet]; return; } catch { /* the next way */ }
  }
  const style = fresh("style");
  style.textContent = STYLES;
  root.append(style);
}

// On a phone the window is all there is: the focus goes round in it.
function round(event, place, root) {
  const stops = [...place.querySelectorAll("button, input, textarea, select, a[href], [tabindex='0']")].filter((one) => one.checkVisibility?.() ?? one.offsetParent);
  const [first, last] = [stops[0], stops.at(-1)];
  if (event.shiftKey ? root.activeElement === first : root.activeElement === last) { event.preventDefault(); (event.shiftKey ? last : first).focus(); }
}

async function appear(script) {
  const { site, identity, language: wish } = script?.dataset ?? {};
  if (!site || document.querySelector(NAME)) return;
  const own = new Address(script.src).origin;
  const holder = fresh(NAME);
  document.documentElement.append(holder);
  const root = holder.attachShadow({ mode: "closed" });
  const wished = [wish, document.documentElement.lang, ...(navigator.languages ?? [])].filter((one) => /^[a-z-]{2,20}$/i.test(one ?? ""));
  try { await meet({ home: own, token: site, identity, wished }); } catch (wrong) { holder.remove(); if (wrong?.status) console.warn(`Careline: ${wrong.told || wrong.status}`); else throw wrong; return; }
  const acts = inside(root);
  Object.defineProperties(holder, { open: { value: acts.open }, close: { value: acts.close }, forget: { value: () => { forget(); holder.remove(); } } });
}

appear(document.currentScript ?? document.querySelector('script[data-site][src*="/chat/widget"]'));
