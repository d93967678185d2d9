// Runs before the first paint, so that no page flashes in the wrong look. A classic script on purpose: modules come later.
(() => {
  const page = document.documentElement;
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: lasts as long as the page */ } };
  // what can be chosen, what it is where nothing was chosen; the theme of the device is no attribute at all
  const LOOKS = { theme: "system", contrast: "system", density: "cosy", reading: "right", views: "on", facts: "on" };
  const PANES = ["views", "list", "facts", "below"];

  function look(name, value) {
    if (value === "system") delete page.dataset[name]; else page.dataset[name] = value;
    for (const button of document.querySelectorAll(`[data-look^="${name}:"]`)) button.setAttribute("aria-pressed", String(button.dataset.look === `${name}:${value}`));
    if (name === "theme") for (const button of document.querySelectorAll("[data-theme-choice]")) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === value));
  }
  const size = (name) => {
    const width = Number(kept(`pane-${name}`));
    if (width) page.style.setProperty(`--pane-${name}`, `${width}px`); else page.style.removeProperty(`--pane-${name}`);
  };
  const current = (name) => { const value = kept(name); return value && value !== "null" ? value : LOOKS[name]; };
  const showAll = () => { for (const name of Object.keys(LOOKS)) look(name, current(name)); PANES.forEach(size); };

  showAll();
  document.addEventListener("DOMContentLoaded", showAll);
  // lists and cases come later than the page: their buttons are marked too
  document.addEventListener("htmx:afterSwap", () => { for (const name of Object.keys(LOOKS)) look(name, page.dataset[name] ?? "system"); });
  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-choice]")?.dataset.themeChoice;
    const lines = event.target.closest("[data-density]:not(html)") && (page.dataset.density === "compact" ? "cosy" : "compact");
    const chosen = theme ? ["theme", theme] : lines ? ["density", lines] : event.target.closest("[data-look]")?.dataset.look.split(":");
    if (!chosen) return;
    const [name, value] = chosen[1] ? chosen : [chosen[0], page.dataset[chosen[0]] === "off" ? "on" : "off"];
    keep(name, value);
    look(name, value);
    document.dispatchEvent(new CustomEvent("careline:look", { detail: { name, value } }));
  });
  window.addEventListener("storage", (event) => {
    if (LOOKS[event.key]) look(event.key, event.newValue || LOOKS[event.key]);
    if (event.key?.startsWith("pane-")) size(event.key.slice(5));
  });
})();
