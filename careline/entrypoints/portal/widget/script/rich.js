// What an agent wrote with form: elements of a short list, made one by one. The server has cleaned it; this reads it as if nobody had.
import { make } from "./make.js";

const SHOWN = { b: "b", strong: "strong", i: "i", em: "em", u: "u", s: "s", p: "p", br: "br", ul: "ul", ol: "ol", li: "li", code: "code", pre: "pre", blockquote: "blockquote", a: "a",
  h1: "p", h2: "p", h3: "p", h4: "p", div: "p", tr: "p" };
const SILENT = new Set(["script", "style", "template", "title", "head", "textarea", "iframe", "noscript", "svg", "math", "select"]);
const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const PIECE = /<!--[^]*?-->|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|([^<]+|<)/g;
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const MOST_DEEP = 20;

const decoded = (text) => text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (all, dec, hex, name) => {
  const code = dec ? Number(dec) : hex ? parseInt(hex, 16) : 0;
  if (code) return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  return Object.hasOwn(SIGNS, name ?? "") ? SIGNS[name] : all;
});

export function rich(html) {
  const top = make("div.words");
  const open = [{ tag: "", at: top }];
  let muted = "";
  for (const [, closing, name, traits, text] of html.matchAll(PIECE)) {
    const tag = name?.toLowerCase();
    if (muted) { if (closing && tag === muted) muted = ""; continue; }
    if (text) { open.at(-1).at.append(decoded(text)); continue; }
    if (!tag) continue;
    if (!closing && SILENT.has(tag)) { muted = tag; continue; }
    if (!Object.hasOwn(SHOWN, tag)) continue;
    if (closing) close(open, tag);
    else begin(open, tag, traits);
  }
  return top;
}

function begin(open, tag, traits) {
  const made = tag === "a" ? link(decoded((HREF.exec(traits) ?? []).slice(1).find(Boolean) ?? "")) : make(SHOWN[tag]);
  open.at(-1).at.append(made);
  if (tag !== "br" && open.length < MOST_DEEP) open.push({ tag, at: made });
}

function close(open, tag) {
  for (let at = open.length - 1; at > 0; at -= 1) if (open[at].tag === tag) { open.length = at; return; }
}

export const link = (href, ...inside) =>
  /^(https?:\/\/|mailto:|tel:)/i.test(href) ? make("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, ...inside) : make("span", {}, ...inside);

// Plain words: their lines, and their addresses of the web as links.
export function plain(text) {
  const made = make("div.words");
  for (const piece of text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/)) made.append(/^https?:\/\//.test(piece) ? link(piece, piece) : piece);
  return made;
}
