// The editor of articles (Tiptap), laid over the field that holds their HTML; where it can't come, the field itself is written in.
const place = document.querySelector("[data-article-editor]");
const area = place.querySelector("textarea");
const bar = place.querySelector("[data-article-bar]");
const told = place.querySelector("[data-picture-told]");
const linkField = bar.querySelector("[data-link-field]");
const altField = bar.querySelector("[data-alt-field]");
const file = bar.querySelector("[data-picture-file]");
let editor = null;

const ACTS = {
  h2: (to) => to.toggleHeading({ level: 2 }), h3: (to) => to.toggleHeading({ level: 3 }), bold: (to) => to.toggleBold(), italic: (to) => to.toggleItalic(),
  bulletList: (to) => to.toggleBulletList(), orderedList: (to) => to.toggleOrderedList(), blockquote: (to) => to.toggleBlockquote(),
  codeBlock: (to) => to.toggleCodeBlock(), table: (to) => to.insertTable({ rows: 3, cols: 2, withHeaderRow: true }),
};
const LEVELS = { h2: 2, h3: 3 };

async function begin() {
  let kit;
  try { kit = await import(place.dataset.articleEditor); } catch { return; } // the plain field stays
  if (!place.isConnected) return;
  const mount = document.createElement("div");
  mount.className = "rich";
  area.before(mount);
  editor = new kit.Editor({
    element: mount, injectCSS: false, extensions: known(kit), content: area.value,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": place.dataset.label, dir: "auto" },
      handlePaste: (_view, event) => taken(event.clipboardData?.files),
      handleDrop: (_view, event) => taken(event.dataTransfer?.files),
    },
    onUpdate: mirror,
    onTransaction: showMarks,
  });
  area.hidden = true;
  bar.hidden = false;
}

function known(kit) {
  const { Blockquote, Bold, BulletList, Code, CodeBlock, Document, HardBreak, Heading, History, HorizontalRule, Italic, Link, ListItem, Node, OrderedList, Paragraph, Strike, Table, TableCell, TableHeader, TableRow, Text, Underline } = kit;
  const Picture = Node.create({
    name: "picture", group: "block", draggable: true,
    addAttributes: () => ({ src: { default: "" }, alt: { default: "" } }),
    parseHTML: () => [{ tag: "img[src^='/articles/pictures/']" }],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  });
  const Address = Link.configure({ openOnClick: false, autolink: true, linkOnPaste: true, protocols: ["mailto", "tel"], isAllowedUri: (url) => /^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(url), HTMLAttributes: { target: null, rel: null, class: null } });
  return [Document, Paragraph, Text, HardBreak, Heading.configure({ levels: [2, 3, 4] }), Bold, Italic, Strike, Underline, Code, CodeBlock, BulletList, OrderedList, ListItem, Blockquote, HorizontalRule, Table, TableRow, TableHeader, TableCell, Address, Picture, History];
}

function mirror() { area.value = editor.isEmpty ? "" : editor.getHTML(); }

function showMarks() {
  for (const button of editor ? bar.querySelectorAll("[data-act]") : []) {
    const act = button.dataset.act;
    button.setAttribute("aria-pressed", String(LEVELS[act] ? editor.isActive("heading", { level: LEVELS[act] }) : editor.isActive(act)));
  }
}

function taken(files) {
  const pictures = [...(files ?? [])].filter((one) => one.type.startsWith("image/"));
  pictures.forEach(store);
  return pictures.length > 0;
}

async function store(picture) {
  tell("");
  if (!place.dataset.pictures) { tell(told.dataset.first); return; }
  const body = new FormData();
  body.set("picture", picture);
  const token = document.querySelector("meta[name='csrf-token']").content;
  let answer = null;
  try { answer = await fetch(place.dataset.pictures, { method: "POST", body, headers: { "X-CSRFToken": token, "HX-Request": "true", Accept: "application/json" } }); } catch { /* told below */ }
  if (!answer?.ok) { tell((answer && new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim()) || told.dataset.failed); return; }
  const { address } = await answer.json();
  editor.chain().focus().insertContent({ type: "picture", attrs: { src: address, alt: "" } }).run();
  ask(altField, "");
}

function tell(words) { told.textContent = words; told.hidden = !words; }

function ask(field, value) {
  for (const one of [linkField, altField]) one.hidden = one !== field;
  field.querySelector("input").value = value;
  field.querySelector("input").focus();
}

function setLink() {
  const typed = linkField.querySelector("input").value.trim();
  const href = /^([a-z]+:|\/|#)/i.test(typed) ? typed : typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;
  linkField.hidden = true;
  const to = editor.chain().focus().extendMarkRange("link");
  if (!typed) to.unsetLink().run();
  else if (editor.state.selection.empty && !editor.isActive("link")) to.insertContent({ type: "text", text: typed, marks: [{ type: "link", attrs: { href } }] }).run();
  else to.setLink({ href }).run();
}

function setAlt() {
  const alt = altField.querySelector("input").value.trim();
  altField.hidden = true;
  let at = -1;
  editor.state.doc.descendants((node, position) => { if (node.type.name === "picture" && (editor.isActive("picture") ? position === editor.state.selection.from : !node.attrs.alt)) at = position; });
  if (at >= 0) editor.chain().setNodeSelection(at).updateAttributes("picture", { alt }).focus().run();
}

bar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
bar.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act === "link") ask(linkField, editor.getAttributes("link").href ?? "");
  else if (act === "picture" && editor.isActive("picture")) ask(altField, editor.getAttributes("picture").alt);
  else if (act === "picture") file.click();
  else if (act) ACTS[act](editor.chain().focus()).run();
  if (event.target.closest("[data-link-set]")) setLink();
  if (event.target.closest("[data-alt-set]")) setAlt();
});
bar.addEventListener("keydown", (event) => {
  if (event.target.matches("input")) {
    if (event.key === "Enter") { event.preventDefault(); (linkField.contains(event.target) ? setLink : setAlt)(); }
    if (event.key === "Escape") { event.preventDefault(); linkField.hidden = altField.hidden = true; editor.commands.focus(); }
    return;
  }
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...bar.querySelectorAll("[data-act]")];
  const next = all[(all.indexOf(event.target) + (document.documentElement.dir === "rtl" ? -step : step) + all.length) % all.length];
  all.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
  next.focus();
});
file.addEventListener("change", () => { taken(file.files); file.value = ""; });
begin();
