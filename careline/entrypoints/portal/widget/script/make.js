// Elements by their tag and traits; words only ever as text.
import { drawn, element } from "./taken.js";

// make("button.send", {type: "button", on: {click}}, "Send"): a trait that is false, null or undefined is left out.
export function make(what, traits = {}, ...inside) {
  const [tag, ...classes] = what.split(".");
  const made = element(tag || "div");
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(traits)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...inside.flat().filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return made;
}

const SHAPES = {
  chat: ["M4 5.5h16v11h-9.5L6 20v-3.5H4z"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  down: ["M5 9l7 7 7-7"],
  send: ["M4.5 12h14", "M12.5 5.5L19 12l-6.5 6.5"],
  clip: ["M19 11.5l-7.4 7.4a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.6 1.6 0 0 1-2.2-2.2l7-7"],
  file: ["M6 3.5h8l4 4v13H6z", "M14 3.5v4h4"],
  more: ["M5.5 12h.01", "M12 12h.01", "M18.5 12h.01"],
  star: ["M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z"],
  book: ["M5 4.5h10a3 3 0 0 1 3 3v12H8a3 3 0 0 1-3-3z", "M9 9h5", "M9 12.5h5"],
};

export function icon(name) {
  const svg = drawn("svg");
  for (const [trait, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["focusable", "false"], ["class", `icon i-${name}`]]) svg.setAttribute(trait, value);
  for (const line of SHAPES[name]) { const path = drawn("path"); path.setAttribute("d", line); svg.append(path); }
  return svg;
}

export const button = (what, words, click, ...inside) =>
  make(`button.${what}`, { type: "button", "aria-label": inside.length ? words : null, title: inside.length ? words : null, on: { click } }, ...(inside.length ? inside : [words]));
