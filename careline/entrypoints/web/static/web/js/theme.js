// Runs before the first paint, so that no page flashes in the wrong theme. A classic script on purpose: modules come later.
(() => {
  const page = document.documentElement;
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: lasts as long as the page */ } };

  const showTheme = (choice) => {
    if (choice === "light" || choice === "dark") page.dataset.theme = choice;
    else delete page.dataset.theme;
    mark(choice || "system");
  };
  const mark = (choice) => {
    for (const button of document.querySelectorAll("[data-theme-choice]")) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  };
  document.addEventListener("DOMContentLoaded", () => mark(kept("theme") || "system"));
  if (kept("theme")) showTheme(kept("theme"));
  page.dataset.density = kept("density") || "cosy";

  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-choice]");
    if (theme) { keep("theme", theme.dataset.themeChoice); showTheme(theme.dataset.themeChoice); }
    if (event.target.closest("[data-density]:not(html)")) {
      page.dataset.density = page.dataset.density === "compact" ? "cosy" : "compact";
      keep("density", page.dataset.density);
    }
  });
  window.addEventListener("storage", (event) => {
    if (event.key === "theme") showTheme(event.newValue);
    if (event.key === "density") page.dataset.density = event.newValue || "cosy";
  });
})();
