// A form of the customers' pages with a little more comfort; without it the same form works in two steps.
// Questions come and go with the answers they hang on; a little work in the background stands for the plain question;
// articles that may help are shown while somebody writes; and a second click sends nothing twice.

const LARGEST = 10 << 20, ALL = 20 << 20;

for (const form of document.querySelectorAll("[data-form]")) begin(form);

function begin(form) {
  const pages = [...form.querySelectorAll("template[data-when]")];
  const follow = () => pages.forEach((page) => ask(form, page));
  form.addEventListener("change", follow);
  follow();
  const worked = standForQuestion(form);
  offerArticles(form);
  let sent = false;
  form.addEventListener("submit", async (event) => {
    if (sent) return event.preventDefault();
    if (tooLarge(form)) {
      event.preventDefault();
      return tell(form, form.dataset.large);
    }
    if (worked && !form.elements.worked.value) {
      event.preventDefault();
      await worked;
      return form.requestSubmit();
    }
    sent = true;
    setTimeout(() => { sent = false; }, 8000);
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

// The field behind a template stands right after it while one of its answers is given; what was written there is kept.
function ask(form, page) {
  const wanted = page.dataset.is.split(" "), given = new FormData(form).getAll(page.dataset.when);
  const shown = form.querySelector(`[data-field="${CSS.escape(page.content.querySelector("[data-field]").dataset.field)}"]`);
  const isAsked = given.some((code) => wanted.includes(code)) || (wanted.includes("no") && isUnticked(form, page.dataset.when));
  if (isAsked && !shown) page.after(page.kept ?? page.content.cloneNode(true));
  if (!isAsked && shown) {
    page.kept = shown;
    shown.remove();
  }
}

function isUnticked(form, name) {
  const box = form.querySelector(`[type="checkbox"][name="${CSS.escape(name)}"]`);
  return box !== null && box.value === "yes" && !box.checked;
}

// A number whose digest begins with zeros: nothing for somebody who types, dear for who sends thousands.
function standForQuestion(form) {
  const question = form.querySelector("[data-question]");
  if (!crypto.subtle || "asked" in question.dataset) return null;
  question.hidden = true;
  return work(form.dataset.submission, Number(form.dataset.work)).then((number) => { form.elements.worked.value = number; });
}

async function work(submission, bits) {
  const words = new TextEncoder();
  for (let number = 0; ; number += 1) {
    const digest = new DataView(await crypto.subtle.digest("SHA-256", words.encode(`${submission}:${number}`)));
    if (digest.getUint32(0) >>> (32 - bits) === 0) return String(number);
    if (number % 200 === 199) await new Promise((go) => { setTimeout(go, 4); });
  }
}

function offerArticles(form) {
  const text = form.querySelector("[data-asks]"), place = form.querySelector("[data-offers]"), from = form.dataset.suggests;
  if (!text || !place) return;
  let wait = 0, asked = "", found = "";
  // Only who says so has found their answer; who sends the form has not.
  const tell = (what) => { if (found) navigator.sendBeacon(`${from}/${found}/${what}`); };
  form.addEventListener("submit", () => tell("not_solved"));
  place.querySelector("[data-solved]").addEventListener("click", () => {
    tell("solved");
    found = "";
    place.replaceChildren(Object.assign(document.createElement("p"), { textContent: place.dataset.thanks }));
  });
  text.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const words = text.value.trim().slice(-300);
      if (words.length < 12 || words === asked) return;
      asked = words;
      try {
        const said = { q: words, lang: document.documentElement.lang, site: form.dataset.site };
        const answer = await fetch(`${from}?${new URLSearchParams(said)}`);
        const { items = [], token = "" } = answer.ok ? await answer.json() : {};
        if (!place.querySelector("ul")) return;
        found = items.length ? token : "";
        show(place, items.slice(0, 3));
      } catch { /* a form is no worse without them */ }
    }, 600);
  });
}

function show(place, items) {
  place.hidden = items.length === 0;
  place.querySelector("ul").replaceChildren(...items.map(({ title, url }) => {
    const line = document.createElement("li"), link = document.createElement("a");
    Object.assign(link, { href: url, textContent: title, target: "_blank", rel: "noopener" });
    line.append(link);
    return line;
  }));
}

function tooLarge(form) {
  const sizes = [...form.querySelectorAll('[type="file"]')].flatMap((one) => [...one.files]).map((file) => file.size);
  return sizes.some((size) => size > LARGEST) || sizes.reduce((sum, size) => sum + size, 0) > ALL;
}

function tell(form, words) {
  const line = form.querySelector("[data-told]") ?? form.insertBefore(document.createElement("p"), form.firstChild);
  Object.assign(line, { className: "banner bad", textContent: words });
  line.dataset.told = "";
  line.setAttribute("role", "alert");
  line.scrollIntoView({ block: "center" });
}
