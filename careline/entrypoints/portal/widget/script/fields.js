// The questions before a chat: each with its label, and what is wrong said beside it.
import { make } from "./make.js";
import { newId } from "./taken.js";
import { say } from "./words.js";

export const looksLikeMail = (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

// {element, value(), check()}: check says whether it may go, and shows what is wrong.
export function field({ key, label, kind, is_required, options = [] }, given) {
  const id = `f${newId().slice(0, 8)}`;
  const input = control(kind, { id, name: key, required: is_required, "aria-required": is_required ? "true" : null }, options);
  const wrong = make("p.wrong", { id: `${id}w`, hidden: true });
  if (kind === "check") input.checked = given === true || given === "true"; else if (given) input.value = given;
  if (kind === "email" || key === "email") input.setAttribute("autocomplete", "email");
  else if (key === "name") input.setAttribute("autocomplete", "name");
  const optional = is_required || kind === "check" ? null : make("span.soft", {}, ` (${say("optional")})`);
  const name = make("label", { for: id }, label, optional);
  const value = () => (kind === "check" ? input.checked : input.value.trim());
  const tell = (words) => {
    wrong.hidden = !words;
    wrong.textContent = words;
    if (words) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", wrong.id); }
    else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
    return !words;
  };
  input.addEventListener("input", () => tell(""));
  const check = () => tell(is_required && !value() ? say("required") : kind === "email" && value() && !looksLikeMail(value()) ? say("bad_mail") : "");
  return { key, element: make(`div.field${kind === "check" ? ".check" : ""}`, {}, ...(kind === "check" ? [input, name] : [name, input]), wrong), input, value, check, tell };
}

function control(kind, traits, options) {
  if (kind === "long") return make("textarea", { ...traits, rows: 2, maxlength: 20000 });
  if (kind === "check") return make("input", { ...traits, type: "checkbox" });
  if (kind === "choice") return make("select", traits, make("option", { value: "" }, say("choose")), options.map((one) => make("option", { value: one.value }, one.label)));
  return make("input", { ...traits, type: kind === "email" ? "email" : "text", maxlength: 300, ...(kind === "email" ? { dir: "ltr", inputmode: "email" } : {}) });
}
