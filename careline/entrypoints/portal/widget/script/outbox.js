// What the visitor wrote and the server has not confirmed: kept in storage, sent one after the other in order, again and again until it is taken.
// Each has a client_id, by which the server knows it when it comes a second time: nothing is lost, nothing doubled.
import { keep, kept, keptNames, onOtherTab } from "./keep.js";
import { newId } from "./taken.js";
import { call, patience, woken } from "./wire.js";

const out = { isSending: false, changed: () => {}, taken: () => {}, renew: async () => {}, isReady: () => false };
const nameOf = (entry) => `out.${String(entry.at).padStart(15, "0")}.${entry.client_id}`;
const entries = () => keptNames("out.").map(kept).filter(Boolean);

export const waiting = entries;
export function watchOutbox(told) {
  Object.assign(out, told);
  onOtherTab((name) => { if (name.startsWith("out.")) out.changed(); });
}

// `kind` is "start" for what opens a thread (with `fields`), else "message".
export function put(kind, words) {
  const last = entries().at(-1)?.at ?? 0;
  const entry = { kind, at: Math.max(Date.now(), last + 1), client_id: newId(), refused: "", ...words };
  keep(nameOf(entry), entry);
  out.changed();
  flush();
  return entry;
}

export function tryAgain(id) {
  const entry = entries().find((one) => one.client_id === id);
  if (entry) { keep(nameOf(entry), { ...entry, refused: "" }); out.changed(); flush(); }
}

export function discard(id) {
  const entry = entries().find((one) => one.client_id === id);
  if (entry) { keep(nameOf(entry), null); out.changed(); }
}

export async function flush() {
  if (out.isSending) return;
  out.isSending = true;
  try {
    for (let tries = 0, entry = next(); entry; entry = next()) {
      try {
        if (!out.isReady()) await out.renew(false);
        const n = (kept("n") ?? 0) + 1;
        const answer = await sent(entry, n);
        keep("n", n);
        keep(nameOf(entry), null);
        tries = 0;
        out.taken(entry, answer);
      } catch (wrong) {
        if (await settled(entry, wrong)) continue;
        await woken(patience(tries, wrong?.after));
        tries += 1;
      }
    }
  } finally { out.isSending = false; }
  out.changed();
}

const next = () => entries().find((entry) => !entry.refused);

function sent({ kind, client_id, text, files, fields, language }, n) {
  if (kind === "start") return call("POST", "threads", { client_id, fields: fields ?? {}, text, language, files });
  return call("POST", "thread/messages", { client_id, n, text, files });
}

// True where it is known at once what to do; false: wait and try again.
async function settled(entry, wrong) {
  if (wrong.status === 401) {
    try { await out.renew(true); } catch { /* tried again later */ }
    return false;
  }
  // The thread has ended, or is not there any more: what was written opens a new one.
  if (entry.kind === "message" && (wrong.status === 404 || (wrong.status === 409 && wrong.code === "ended"))) {
    keep(nameOf(entry), { ...entry, kind: "start", fields: kept("fields") ?? {} });
    return true;
  }
  if (wrong.code === "out_of_order") { keep("n", wrong.expected - 1); return true; }
  if (wrong.again) return false;
  keep(nameOf(entry), { ...entry, refused: wrong.told || "?" });
  out.changed();
  return true;
}
