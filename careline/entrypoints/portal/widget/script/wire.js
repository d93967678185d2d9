// Calls to the server: what went wrong is either worth another try (`again` is true, perhaps `after` seconds) or told to the visitor (`told`).
import { Abort, Bag, Decoder, Form, Later, Upload, later, never, pause, read, send, written } from "./taken.js";

const PATIENCE = 20000;
const SILENCE = 45000;
const LONGEST_WAIT = 15000;
const asleep = new Bag();
const wire = { home: "", visitor: "", language: "en" };

export class Failed {
  constructor(status, body, after) {
    this.status = status;
    this.code = body?.code ?? "";
    this.expected = Number(body?.expected) || 1;
    this.told = typeof body?.detail === "string" ? body.detail : "";
    this.after = after;
    this.again = status === 0 || status === 408 || status === 429 || status >= 500;
  }
}

export const connect = (home, language) => { wire.home = home; wire.language = language; };
export const speakAs = (visitor) => { wire.visitor = visitor; };
// The help centre answers everybody alike, so it is not told who asks.
const headers = (path, more) => ({ "Accept-Language": wire.language, ...(wire.visitor && !path.startsWith("/help") ? { Authorization: `Bearer ${wire.visitor}` } : {}), ...more });
const place = (path) => path.startsWith("/") ? wire.home + path : `${wire.home}/chat/v1/${path}`;

export async function call(method, path, body) {
  const stop = new Abort();
  const alarm = later(() => stop.abort(), PATIENCE);
  try {
    const answer = await send(place(path), {
      method, signal: stop.signal, credentials: "omit", mode: "cors", referrerPolicy: "strict-origin",
      headers: headers(path, body === undefined ? {} : { "Content-Type": "application/json" }), body: body === undefined ? undefined : written(body),
    });
    const text = await answer.text();
    const told = text && /json/.test(answer.headers.get("Content-Type") ?? "") ? read(text) : null;
    if (!answer.ok) throw new Failed(answer.status, told, Number(answer.headers.get("Retry-After")) || 0);
    return told;
  } catch (wrong) {
    throw wrong instanceof Failed ? wrong : new Failed(0);
  } finally { never(alarm); }
}

// A file of ours, as bytes that the browser can save.
export async function fetched(url) {
  const answer = await send(place(url.replace(/^https?:\/\/[^/]+/, "")), { credentials: "omit", headers: headers("", {}) });
  if (!answer.ok) throw new Failed(answer.status);
  return answer.blob();
}

// Sends a file; `told` hears how much has gone, from 0 to 1. What comes back: {done, stop}.
export function uploaded(file, told) {
  const asked = new Upload();
  const done = new Later((kept, lost) => {
    asked.open("POST", place("thread/files"));
    for (const [name, value] of Object.entries(headers("", {}))) asked.setRequestHeader(name, value);
    asked.upload.onprogress = (event) => { if (event.lengthComputable) told(event.loaded / event.total); };
    asked.onerror = asked.onabort = asked.ontimeout = () => lost(new Failed(0));
    asked.onload = () => {
      let body = null;
      try { body = read(asked.responseText); } catch { /* no words came */ }
      if (asked.status >= 200 && asked.status < 300 && body) kept(body);
      else lost(new Failed(asked.status, body, Number(asked.getResponseHeader("Retry-After")) || 0));
    };
    const parts = new Form();
    parts.append("file", file, file.name || "file");
    asked.send(parts);
  });
  return { done, stop: () => asked.abort() };
}

// How long to wait before the next try: doubling from half a second to a quarter of a minute, never for two tabs at once.
export function patience(tries, after = 0) {
  const doubled = Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(tries, 10));
  return Math.max(after * 1000, doubled * (0.75 + Math.random() / 2));
}

// Listens for as long as `wanted()`; `heard(name, data)` for each event, `state(isOpen)` when the line comes and goes.
export async function listen({ wanted, heard, state }) {
  let last = "", tries = 0;
  while (wanted()) {
    const stop = new Abort();
    let alarm = later(() => stop.abort(), SILENCE);
    try {
      const answer = await send(place("live"), {
        signal: stop.signal, credentials: "omit", cache: "no-store", headers: headers("live", { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) }),
      });
      if (!answer.ok) throw new Failed(answer.status, null, Number(answer.headers.get("Retry-After")) || 0);
      tries = 0;
      state(true);
      const bytes = answer.body.getReader(), decoder = new Decoder();
      for (let rest = "", part = await bytes.read(); !part.done; part = await bytes.read()) {
        never(alarm);
        alarm = later(() => stop.abort(), SILENCE);
        const events = (rest + decoder.decode(part.value, { stream: true })).replace(/\r\n?/g, "\n").split("\n\n");
        rest = events.pop();
        for (const event of events) last = heardIn(event, heard) ?? last;
        if (!wanted()) { stop.abort(); break; }
      }
      throw new Failed(0);
    } catch (wrong) {
      never(alarm);
      if (!wanted()) return;
      state(false);
      if (wrong?.status === 401 || wrong?.status === 404) { heard("unknown", null); return; }
      tries += 1;
      await woken(patience(tries - 1, wrong?.after));
    }
  }
}

function heardIn(event, heard) {
  let name = "message", data = "", id = null;
  for (const line of event.split("\n")) {
    const [, field, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    if (field === "event") name = value;
    else if (field === "data") data += value;
    else if (field === "id") id = value;
  }
  if (data) { try { heard(name, read(data)); } catch { heard(name, {}); } }
  return id;
}

// Waits, and no longer than until the network is there again.
export function woken(ms) {
  return new Later((done) => {
    const over = () => { asleep.delete(over); window.removeEventListener("online", over); done(); };
    asleep.add(over);
    window.addEventListener("online", over);
    pause(ms).then(over);
  });
}

export const wakeAll = () => { for (const over of [...asleep]) over(); };
