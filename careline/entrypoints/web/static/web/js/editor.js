// The formatting editor (Tiptap), laid over the plain field once somebody writes. Its script comes with the first composer
// that is opened; until it is there, and where it can't come, the field itself is written in.
import { areaOf, layOver, tellChanged } from "./writing.js";

const HERE = "\ue000"; // marks the caret's place while words go in
let kit = null;
let extensions = null;

export async function begin(composer, { focus = false } = {}) {
  if (composer.dataset.rich) return;
  composer.dataset.rich = "coming";
  if (!kit) {
    try { kit = await import(composer.dataset.editor); } catch { delete composer.dataset.rich; return; }
  }
  const area = areaOf(composer);
  if (area.dataset.composes) { area.addEventListener("compositionend", () => setTimeout(() => lay(composer, focus)), { once: true }); return; }
  lay(composer, focus);
}

function lay(composer, focus) {
  if (!composer.isConnected || composer.dataset.rich === "1") return;
  composer.dataset.rich = "1";
  const area = areaOf(composer);
  const had = document.activeElement === area;
  const [from, to] = [area.selectionStart, area.selectionEnd];
  const kept = area.dataset.html;
  const mount = document.createElement("div");
  mount.className = "rich";
  area.before(mount);
  const editor = new kit.Editor({
    element: mount, injectCSS: false, extensions: extensions ??= known(), content: kept || undefined,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": area.getAttribute("aria-label"), dir: "auto", "data-placeholder": area.placeholder },
      transformPastedHTML: cleaned,
    },
    onUpdate: () => follow(composer, editor),
    onTransaction: () => showMarks(composer, editor),
  });
  if (!kept && area.value) write(editor, area.value);
  const { Selection } = kit.pm.state;
  editor.view.dispatch(editor.state.tr.setSelection(had && !kept ? selectionAt(editor, place(area.value, from), place(area.value, to)) : Selection.atEnd(editor.state.doc)));
  layOver(composer, over(editor));
  if (had || focus) editor.view.focus(); // at once: the next key may come before the next frame
  area.hidden = true;
  mirror(composer, editor);
  const bar = composer.querySelector("[data-format-bar]");
  if (bar) { bar.hidden = false; equip(bar, editor); }
}

function known() {
  const { Blockquote, Bold, BulletList, Code, Document, Extension, HardBreak, History, Italic, Link, ListItem, Node, OrderedList, Paragraph, Plugin, Strike, Text, Underline } = kit;
  const Line = Paragraph.extend({
    // a line is a div: mail programs put no space between divs, so Enter means the same for reader and writer
    parseHTML: () => [{ tag: "p" }, { tag: "div", getAttrs: (div) => (div.querySelector("div, p, ul, ol, blockquote, pre, table, h1, h2, h3, h4") ? false : null) }, { tag: "h1, h2, h3, h4, h5, h6" }],
    renderHTML: ({ HTMLAttributes }) => ["div", HTMLAttributes, 0],
  });
  const Picture = Node.create({
    name: "picture", group: "inline", inline: true, draggable: true,
    addAttributes: () => ({ src: { default: "" }, alt: { default: "" }, cid: { default: "", parseHTML: (img) => img.dataset.cid, renderHTML: ({ cid }) => ({ "data-cid": cid }) } }),
    parseHTML: () => [{ tag: "img[data-cid]" }],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  });
  const Break = HardBreak.extend({ addKeyboardShortcuts() { return { "Shift-Enter": () => this.editor.commands.setHardBreak() }; } });
  const Address = Link.extend({
    addKeyboardShortcuts() { return { "Mod-Shift-k": () => { askLink(this.editor); return true; } }; },
  }).configure({ openOnClick: false, autolink: true, linkOnPaste: true, protocols: ["mailto", "tel"], HTMLAttributes: { target: null, rel: null, class: null } });
  const Empty = Extension.create({
    name: "empty",
    addProseMirrorPlugins() {
      const editor = this.editor;
      return [new Plugin({ view: () => ({ update: (view) => view.dom.classList.toggle("is-empty", editor.isEmpty) }) })];
    },
  });
  return [Document, Line, Text, Break, Bold, Italic, Strike, Underline, Code, BulletList, OrderedList, ListItem, Blockquote, Address, Picture, History, Empty];
}

// Words from elsewhere keep emphasis, lists and links, and lose all look of their own.
function cleaned(html) {
  const page = new DOMParser().parseFromString(harmless(html), "text/html");
  page.querySelectorAll("style, script, meta, link, title, xml, head, template, iframe, object, embed, svg, math, form, img:not([data-cid])").forEach((one) => one.remove());
  for (const one of page.body.querySelectorAll("*")) {
    const look = (one.dataset?.look ?? "").replace(/\s/g, "").toLowerCase();
    for (const { name, value } of [...one.attributes]) if (!(name === "href" && /^(https?|mailto|tel):/i.test(value)) && !(one.tagName === "IMG" && ["src", "alt", "data-cid"].includes(name))) one.removeAttribute(name);
    if (/^(b|strong)$/i.test(one.tagName) && /font-weight:(normal|400)/.test(look)) one.replaceWith(...one.childNodes);
    else if (one.tagName === "SPAN" && /font-weight:(bold|[6-9]00)/.test(look)) wrap(one, "strong");
    else if (one.tagName === "SPAN" && /font-style:italic/.test(look)) wrap(one, "em");
  }
  return page.body.innerHTML;
}

// The page's policy would stop these anyway, and tell; here they are not even tried.
function harmless(html) {
  const bare = html.replace(/<(style|script|svg|iframe)\b[\s\S]*?(<\/\1\s*>|$)/gi, "");
  return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s/"'])(style|on[a-z]+)\s*=/gi, (_, before, name) => `${before} data-${name.toLowerCase() === "style" ? "look" : "off"}=`));
}

function wrap(node, tag) {
  const around = node.ownerDocument.createElement(tag);
  around.append(...node.childNodes);
  node.append(around);
}

function place(text, offset) { return 1 + offset + (text.slice(0, offset).match(/\n/g)?.length ?? 0); }

// Lines as paragraphs that melt into what stands around them.
function slice(editor, text) {
  const { Fragment, Slice } = kit.pm.model;
  const { schema } = editor;
  const lines = text.split("\n").map((line) => schema.nodes.paragraph.create(null, line ? schema.text(line) : null));
  return new Slice(Fragment.from(lines), 1, 1);
}

function write(editor, text) {
  const { state, view } = editor;
  view.dispatch(state.tr.replace(1, state.doc.content.size - 1, slice(editor, text)).setMeta("addToHistory", false));
}

function words(editor) {
  const { doc } = editor.state;
  return doc.textBetween(0, doc.content.size, "\n", (leaf) => (leaf.type.name === "hardBreak" ? "\n" : ""));
}

function htmlOf(editor) { return editor.isEmpty ? "" : editor.getHTML().replaceAll("<div></div>", "<div><br></div>"); }

function follow(composer, editor) {
  mirror(composer, editor);
  tellChanged(composer);
}

function mirror(composer, editor) {
  areaOf(composer).value = words(editor);
  let field = composer.querySelector("[name='html']");
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "html" });
    composer.append(field);
  }
  field.value = htmlOf(editor);
}

function over(editor) {
  return {
    element: editor.view.dom,
    isRich: true,
    text: () => words(editor),
    html: () => htmlOf(editor),
    before() {
      const { $from } = editor.state.selection;
      return $from.parent.textBetween(0, $from.parentOffset, "\n", (leaf) => (leaf.type.name === "hardBreak" ? "\n" : "\ufffc")).split("\n").at(-1);
    },
    put(said, back = 0) {
      const { from, to } = editor.state.selection;
      const text = said.cursor === null || said.cursor === undefined ? said.text : said.text.slice(0, said.cursor) + HERE + said.text.slice(said.cursor);
      const what = said.html && text === said.text ? sliceOfHtml(editor, said.html) : slice(editor, text);
      editor.view.dispatch(editor.state.tr.setSelection(selectionAt(editor, from - back, to)).replaceSelection(what).scrollIntoView());
      find(editor, HERE, (at) => { editor.view.dispatch(editor.state.tr.delete(at, at + 1)); editor.view.dispatch(editor.state.tr.setSelection(selectionAt(editor, at))); });
      editor.view.focus();
    },
    picture(attributes) { editor.chain().focus().insertContent([{ type: "picture", attrs: attributes }, { type: "text", text: " " }]).run(); },
    select(wanted) {
      find(editor, wanted, (at) => editor.commands.setTextSelection({ from: at, to: at + wanted.length }));
      editor.view.focus();
    },
    add({ text, html }) {
      if (!text && !html) return;
      const { tr, doc } = editor.state;
      editor.view.dispatch(tr.setSelection(selectionAt(editor, doc.content.size - 1)).replaceSelection(html ? sliceOfHtml(editor, html, true) : slice(editor, text)));
    },
    clear() { editor.commands.clearContent(true); },
    focus() { editor.view.focus(); },
  };
}

function selectionAt(editor, from, to = from) {
  // a selection cut to the document of the editor's newest state
  return kit.pm.state.TextSelection.create(editor.state.doc, from, to);
}

// `isOurs`: what was typed a moment ago, and may end with a space.
function sliceOfHtml(editor, html, isOurs = false) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return kit.pm.model.DOMParser.fromSchema(editor.schema).parseSlice(page.body, { preserveWhitespace: isOurs });
}

function find(editor, wanted, then) {
  let at = -1;
  editor.state.doc.descendants((node, position) => {
    if (at < 0 && node.isText && node.text.includes(wanted)) at = position + node.text.indexOf(wanted);
  });
  if (at >= 0) then(at);
}

// The bar: one stop for Tab, arrows between its buttons.
const ACTS = {
  bold: (to) => to.toggleBold(), italic: (to) => to.toggleItalic(), bulletList: (to) => to.toggleBulletList(), orderedList: (to) => to.toggleOrderedList(),
  blockquote: (to) => to.toggleBlockquote(), code: (to) => to.toggleCode(),
};
const bars = new WeakMap();

function equip(bar, editor) {
  bars.set(editor, bar);
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const field = bar.querySelector("[data-link-field]");
  for (const button of bar.querySelectorAll("[data-format]")) button.title += ` (${button.dataset.formatKeys.replace("Mod", isMac ? "⌘" : "Ctrl")})`;
  bar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  bar.addEventListener("click", (event) => {
    const act = event.target.closest("[data-format]")?.dataset.format;
    if (act === "link") askLink(editor);
    else if (act) ACTS[act](editor.chain().focus()).run();
    if (event.target.closest("[data-link-set]")) setLink(editor, field);
    if (event.target.closest("[data-link-remove]")) { field.hidden = true; editor.chain().focus().extendMarkRange("link").unsetLink().run(); }
  });
  bar.addEventListener("keydown", (event) => {
    if (field.contains(event.target)) {
      if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); event.stopPropagation(); setLink(editor, field); }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); field.hidden = true; editor.commands.focus(); }
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...bar.querySelectorAll("[data-format]")];
    const next = all[(all.indexOf(event.target) + (document.documentElement.dir === "rtl" ? -step : step) + all.length) % all.length];
    all.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
    next.focus();
  });
}

function askLink(editor) {
  const field = bars.get(editor).querySelector("[data-link-field]");
  field.hidden = false;
  field.querySelector("input").value = editor.getAttributes("link").href ?? "";
  field.querySelector("input").focus();
}

function setLink(editor, field) {
  const typed = field.querySelector("input").value.trim();
  const href = /^[a-z]+:/i.test(typed) ? typed : typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;
  field.hidden = true;
  const to = editor.chain().focus().extendMarkRange("link");
  if (!typed) to.unsetLink().run();
  else if (editor.state.selection.empty && !editor.isActive("link")) to.insertContent({ type: "text", text: typed, marks: [{ type: "link", attrs: { href } }] }).run();
  else to.setLink({ href }).run();
}

function showMarks(composer, editor) {
  for (const button of composer.querySelectorAll("[data-format]")) button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.format)));
}

