// What we know: the site, the visitor, the thread. It changes here, and whoever shows it is told.
import { keep, keepFor, keepNoMore, kept } from "./keep.js";
import { flush, put, waiting, watchOutbox } from "./outbox.js";
import { Keep, later, never } from "./taken.js";
import { language, speak } from "./words.js";
import { call, connect, listen, speakAs, wakeAll } from "./wire.js";

const TYPES_FOR = 8000;
const TOLD_EVERY = 2000;
const STILL = 4000;
export const chat = {
  home: "", site: null, token: "", identity: "", visitor: "", isIdentified: false, isOpen: false, isOnline: true,
  state: "none", messages: [], queue: null, agent: null, readByAgent: null, rating: null, hasMore: false, typing: "",
};
const known = new Keep();
let cursor = "", shows = () => {}, isFetching = false, isMissed = false, isListening = false, visiting = null, typingEnds = 0, typedAt = 0, answeredAt = 0, toldTyping = false;

export const watch = (show) => { shows = show; };
const changed = (what) => shows(what);
const isLater = (one, other) => one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);

// Asks for the site; false where there is none.
export async function meet({ home, token, identity, wished }) {
  Object.assign(chat, { home, token, identity });
  keepFor(token);
  connect(home, wished.slice(0, 6).join(", ") || "en");
  chat.site = await call("GET", `sites/${token}`);
  connect(home, speak(wished, chat.site.languages));
  chat.visitor = kept("visitor") ?? "";
  speakAs(chat.visitor);
  watchOutbox({ changed: () => changed("outbox"), taken: confirmed, renew: (isNew) => visit(isNew), isReady: () => Boolean(chat.visitor) && !isUnknown });
  if (chat.visitor || identity) visit().then(flush, () => {});
}

// Says that somebody is here: the same visitor as before, or with `isNew` another one.
let isUnknown = false;
export function visit(isNew = false) {
  visiting ??= begun(isNew).finally(() => { visiting = null; });
  return visiting;
}

async function begun(isNew) {
  if (isNew) { chat.visitor = ""; speakAs(""); }
  const page = { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) };
  const asked = { page, referrer: document.referrer.slice(0, 2000), visitor: chat.visitor || undefined, identity: chat.identity || undefined };
  let told;
  try { told = await call("POST", `sites/${chat.token}/visits`, asked); }
  catch (wrong) {
    // A forged or outdated identity: the visitor goes on unnamed.
    if (wrong.status === 401 && chat.identity) { chat.identity = ""; told = await call("POST", `sites/${chat.token}/visits`, { ...asked, identity: undefined }); }
    else if ((wrong.status === 401 || wrong.status === 404) && asked.visitor) { chat.visitor = ""; speakAs(""); told = await call("POST", `sites/${chat.token}/visits`, { ...asked, visitor: undefined }); }
    else throw wrong;
  }
  if (told.visitor !== chat.visitor) keep("visitor", told.visitor);
  Object.assign(chat, { visitor: told.visitor, isIdentified: Boolean(told.is_identified) });
  isUnknown = false;
  speakAs(chat.visitor);
  if (told.thread) take(told.thread, true);
  changed("visit");
}

// Whoever sat here has signed out of the site: the next one at this browser is somebody else, from the next page on.
export function forget() {
  keepNoMore();
  Object.assign(chat, { visitor: "", identity: "", state: "none", messages: [] });
  speakAs("");
  wakeAll();
}

// What the server says of the thread; `isWhole`: its newest messages, else those after the cursor.
function take(thread, isWhole) {
  if (thread.state === "ended" && kept("left") === lastOf(thread)) return;
  add(thread.messages ?? []);
  if (thread.next_n && !waiting().length) keep("n", thread.next_n - 1);
  const last = thread.messages?.at(-1)?.id;
  if (last && isLater(last, cursor) > 0) cursor = last;
  if (isWhole) chat.hasMore = Boolean(thread.has_more);
  for (const [ours, theirs] of [["state", "state"], ["queue", "queue"], ["agent", "agent"], ["readByAgent", "read_by_agent"], ["rating", "rating"]]) if (theirs in thread) chat[ours] = thread[theirs];
  if (isListened()) hear(); else chat.typing = "";
  changed("thread");
}

const lastOf = (thread) => thread.messages?.at(-1)?.id ?? "";
const isListened = () => chat.state === "open" || chat.state === "waiting";

function add(messages) {
  const news = messages.filter((one) => !known.has(one.id));
  for (const one of messages) { known.set(one.id, one); known.delete(`kept ${one.client_id}`); }
  if (!news.length) return;
  resort();
  if (news.some((one) => one.from === "agent" || one.from === "bot")) { answeredAt = Date.now(); chat.typing = ""; }
}

const resort = () => { chat.messages = [...known.values()].sort((one, other) => isLater(one.id, other.id)); };

// What was taken without a message of its own yet (staff must place it first) stands as sent all the same.
function confirmed(entry, answer) {
  if (answer?.messages) { keep("fields", { ...kept("fields"), ...entry.fields }); take(answer, true); return; }
  if (answer?.id) add([answer]);
  else { known.set(`kept ${entry.client_id}`, { ...entry, id: chat.messages.at(-1)?.id ?? "0", from: "visitor", files: [] }); resort(); }
  changed("thread");
}

export async function catchUp(missing = "") {
  if (isFetching) { isMissed = true; return; }
  isFetching = true;
  try {
    do { isMissed = false; const thread = await call("GET", cursor ? `thread?after=${cursor}` : "thread"); take(thread, !cursor); isMissed ||= (thread.messages?.length ?? 0) >= 100; } while (isMissed);
    if (missing && !known.has(missing)) take(await call("GET", "thread"), true);
  } catch { /* the next event, or the next opening of the line, asks again */ } finally { isFetching = false; }
}

export async function earlier() {
  const first = chat.messages[0]?.id;
  if (!first || !chat.hasMore) return;
  const thread = await call("GET", `thread?before=${first}`);
  add(thread.messages);
  chat.hasMore = Boolean(thread.has_more);
  changed("thread");
}

async function hear() {
  if (isListening) return;
  isListening = true;
  await listen({
    wanted: isListened,
    state: (isOpen) => { if (isOpen) { catchUp(); wakeAll(); flush(); } chat.isOnline = isOpen; changed("line"); },
    heard: (name, data) => {
      if (name === "message") catchUp(String(data.id ?? ""));
      else if (name === "typing") types(data.is_typing === false ? "" : data.name || chat.agent?.name || " ");
      else if (name === "read") { chat.readByAgent = data.message ?? chat.readByAgent; changed("read"); }
      else if (name === "unknown") { isUnknown = true; visit(true).then(flush, () => {}); }
      else if (name === "state" || name === "queue") catchUp();
    },
  });
  isListening = false;
}

// What is heard of their writing just after an answer is of that answer still.
function types(name) {
  if (Date.now() - answeredAt < STILL) return;
  never(typingEnds);
  if (name) typingEnds = later(() => types(""), TYPES_FOR);
  if (chat.typing !== name) { chat.typing = name; changed("typing"); }
}

export function start(text, fields, files) {
  chat.state = chat.state === "ended" ? "none" : chat.state;
  put("start", { text, fields, files, language: language() });
}

export const write = (text, files) => { toldTyping = false; put("message", { text, files }); };

export function typed(text) {
  const now = Date.now();
  if (!isListened() || (!text && !toldTyping) || (text && now - typedAt < TOLD_EVERY)) return;
  typedAt = text ? now : 0;
  toldTyping = Boolean(text);
  const body = !text ? { is_over: true } : chat.site.has_preview ? { text: text.slice(0, 2000) } : {};
  call("POST", "thread/typing", body).catch(() => {});
}

export const unread = () => { const seen = kept("seen") ?? ""; return chat.messages.filter((one) => (one.from === "agent" || one.from === "bot") && isLater(one.id, seen) > 0).length; };

export function seen() {
  const last = chat.messages.at(-1)?.id;
  if (!last || isLater(last, kept("seen") ?? "") <= 0) return;
  keep("seen", last);
  call("PUT", "thread/read", { message: last }).catch(() => {});
  changed("seen");
}

export const moved = () => { if (chat.visitor && isListened()) call("POST", "thread/pages", { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) }).catch(() => {}); };
export async function end() { await call("POST", "thread/end", {}); await catchUp(); }
export async function rate(score, comment) { await call("PUT", "thread/rating", { score, comment }); chat.rating = { score }; changed("thread"); }
export const sendTranscript = (mail) => call("PUT", "thread/transcript", { mail });

// The ended thread is put away; the next words open a new one.
export function anew() {
  keep("left", chat.messages.at(-1)?.id ?? "");
  known.clear();
  cursor = "";
  Object.assign(chat, { state: "none", messages: [], queue: null, agent: null, readByAgent: null, rating: null, hasMore: false, typing: "" });
  changed("thread");
}
