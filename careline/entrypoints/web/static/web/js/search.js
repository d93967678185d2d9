// Search: suggestions are walked by arrows and go on typing where they are not finished; a hit opens its case at its message.
const field = document.querySelector("[data-search-form] [data-search]");
const place = document.getElementById("suggestions");
const offered = () => [...place.querySelectorAll("a")];

function fill(words) {
  field.value = /[:\s]$/.test(words) ? words : `${words} `;
  place.replaceChildren();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !offered().length) return;
  event.preventDefault();
  const all = [field, ...offered()];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
}

if (field) {
  field.form.addEventListener("keydown", (event) => {
    walk(event);
    if (event.key === "Escape" && place.children.length) { event.stopPropagation(); place.replaceChildren(); field.focus(); }
  });
  place.addEventListener("click", (event) => {
    const link = event.target.closest("[data-fill]");
    if (link) { event.preventDefault(); fill(link.dataset.fill); }
  });
}

function showTarget(tries) {
  const wanted = /^#message-\d+$/.exec(location.hash)?.[0];
  if (!wanted || !document.getElementById("thread")) return;
  const message = document.querySelector(wanted);
  if (message) { message.classList.add("found"); message.scrollIntoView({ block: "center" }); return; }
  // it may stand before what is shown: the thread is read backwards until it comes
  const earlier = document.querySelector(".earlier button");
  if (!earlier || tries === 0) return;
  document.addEventListener("htmx:afterSettle", () => showTarget(tries - 1), { once: true });
  earlier.click();
}
addEventListener("load", () => showTarget(50));
