// Our words in the visitor's language, and the moments and sizes that stand in them. WORDS is put in by the server when it makes this file.
const RTL = /^(ar|he|fa|ur)\b/;
const speech = { language: "en" };

// The first of the wished languages that the site and we speak.
export function speak(wished, offered) {
  const near = (one) => one.toLowerCase().split("-")[0];
  const ours = (offered?.length ? offered.map(near) : Object.keys(WORDS)).filter((one) => Object.hasOwn(WORDS, one));
  const found = wished.map(near).find((one) => ours.includes(one));
  speech.language = found ?? ours[0] ?? "en";
  return speech.language;
}

export const language = () => speech.language;
export const direction = () => (RTL.test(speech.language) ? "rtl" : "ltr");

export function say(key, named = {}) {
  let words = WORDS[speech.language][key] ?? WORDS.en[key];
  if (typeof words === "object") words = words[new Intl.PluralRules(speech.language).select(named.n)] ?? words.other;
  return words.replace(/%\((\w+)\)s/g, (_all, name) => (typeof named[name] === "number" ? number(named[name]) : named[name] ?? ""));
}

const number = (n) => new Intl.NumberFormat(speech.language).format(n);
const shown = (value, options) => new Intl.DateTimeFormat(speech.language, options).format(value);
export const clock = (at) => shown(new Date(at), { hour: "numeric", minute: "2-digit" });
export const dayKey = (at) => { const day = new Date(at); return `${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`; };

export function day(at, now = Date.now()) {
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0 || days === -1) return capital(new Intl.RelativeTimeFormat(speech.language, { numeric: "auto" }).format(days, "day"));
  return capital(shown(new Date(at), { weekday: "long", day: "numeric", month: "long", ...(days < -300 ? { year: "numeric" } : {}) }));
}

const capital = (text) => text.charAt(0).toLocaleUpperCase(speech.language) + text.slice(1);
export const moment = (at) => shown(new Date(at), { weekday: "long", hour: "numeric", minute: "2-digit" });
const unit = (n, of) => new Intl.NumberFormat(speech.language, { style: "unit", unit: of, unitDisplay: "long", maximumFractionDigits: 0 }).format(n);

export function lasting(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90 ? unit(minutes, "minute") : unit(Math.round(minutes / 60), "hour");
}

export function size(bytes) {
  const [n, of] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(speech.language, { style: "unit", unit: of, maximumFractionDigits: n < 10 ? 1 : 0 }).format(n);
}
