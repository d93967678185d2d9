// Articles in an answer: `??words` puts a link in, `???words` the article's own words.
import { offer } from "./markers.js";
import { writingOf } from "./writing.js";
import { say } from "./toast.js";

const place = (composer) => `${composer.dataset.draft.replace(/\/drafts$/, "")}/articles`;
const token = () => ({ "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content, "HX-Request": "true" });

async function asked(url, options = {}) {
  try { return await fetch(url, { ...options, headers: token() }); } catch { return null; }
}

async function parsed(answer) {
  const holder = document.createElement("template");
  holder.innerHTML = answer ? await answer.text() : "";
  return holder.content;
}

function source(name, how, sign) {
  offer({
    name,
    find: (composer, before) => { const found = composer.dataset.draft && before.match(sign); return found && { query: found[1].trim(), length: found[0].length }; },
    options: async (composer, query) => {
      const answer = await asked(`${place(composer)}?${new URLSearchParams({ q: query })}`);
      return answer?.ok ? [...(await parsed(answer)).children] : [];
    },
    async take(composer, option, length) {
      const answer = await asked(`${place(composer)}/${option.dataset.id}`, { method: "POST", body: new URLSearchParams({ how }) });
      if (answer?.ok) { writingOf(composer).put(await answer.json(), length); return; }
      const told = (await parsed(answer)).querySelector(".toast .grow, [data-words]")?.textContent.trim();
      if (told) say(told);
    },
  });
}

source("articles", "link", /(?<!\?)\?\?(?!\?)([^?]{0,60})$/);
source("article-words", "text", /(?<!\?)\?\?\?([^?]{0,60})$/);
