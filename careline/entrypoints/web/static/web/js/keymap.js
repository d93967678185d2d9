// The keyboard map: the table of the house, what this person made of it, and what somebody has just typed, layout or no.
const kept = document.getElementById("my-keys")?.dataset.keys;
const table = JSON.parse(document.getElementById("keymap")?.textContent || "[]");
const news = "BroadcastChannel" in window ? new BroadcastChannel("careline-keys") : null;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
export let mine = kept ? JSON.parse(kept) : { who: 0, on: true, changes: {} };

export const shortcuts = () => table.map((one) => ({ ...one, keys: mine.changes[one.name] ?? one.keys }));
export const keysOf = (name) => shortcuts().find((one) => one.name === name)?.keys ?? [];

// Somebody changed their keys: here, or in another tab of theirs.
export function take(changed, { tell = true } = {}) {
  mine = { ...mine, on: changed.on, changes: changed.changes };
  if (tell) news?.postMessage(mine);
  document.dispatchEvent(new CustomEvent("careline:keys"));
}
news?.addEventListener("message", (event) => { if (event.data.who === mine.who) take(event.data, { tell: false }); });

// Where a key stands on a keyboard that writes another script: what it would be on a Latin one.
const BY_PLACE = { Slash: "/?", Period: ".>", BracketLeft: "[{", BracketRight: "]}", Digit1: "1!", Digit3: "3#", Digit8: "8*", Comma: ",<", Semicolon: ";:" };
const NAMED = ["Enter", "Escape", "ArrowDown", "ArrowUp"];

// What was typed, as the table writes it, the likeliest first; nothing while a word is being composed, with Alt or with AltGr.
export function strokesOf(event) {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.getModifierState?.("AltGraph")) return [];
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  if (NAMED.includes(event.key)) return [`${mod}${event.shiftKey ? "Shift+" : ""}${event.key}`];
  if ([...event.key].length !== 1 || event.key === " ") return [];
  const meant = [event.key, event.key > "~" ? placed(event) : ""].filter(Boolean);
  return meant.map((key) => mod + (isLetter(key) ? (event.shiftKey ? "Shift+" : "") + key.toLowerCase() : key));
}

const isLetter = (key) => key.toLowerCase() !== key.toUpperCase();

function placed(event) {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  return letter ? letter.toLowerCase() : BY_PLACE[event.code]?.[event.shiftKey ? 1 : 0] ?? "";
}

// For whoever sets a key: the letter by its place where the script is another, so that it works on every layout.
export function strokeToKeep(event) {
  const [typed, byPlace] = strokesOf(event);
  return byPlace && !/\p{Script=Latin}/u.test(event.key) ? byPlace : typed ?? "";
}

// Which action a row of strokes means, and whether a longer row would mean another.
export function meant(strokes) {
  const row = strokes.join(" ");
  const all = shortcuts().filter((one) => one.where !== "writing");
  const exact = all.find((one) => one.keys.includes(row) || one.also.includes(row));
  return { exact, goesOn: all.some((one) => one.keys.some((key) => key.startsWith(`${row} `))) };
}

const SHOWN = { Mod: isMac ? "⌘" : "Ctrl", Shift: isMac ? "⇧" : "Shift", ArrowDown: "↓", ArrowUp: "↑", Enter: "↵", Escape: "Esc" };

// A key as it is shown: one <kbd> for each stroke.
export function drawn(key) {
  return key.split(" ").map((stroke) => {
    const mark = document.createElement("kbd");
    // a letter stands on its key as a capital: where another key is held with it, that is what is meant
    const parts = stroke === "+" ? ["+"] : stroke.split("+");
    mark.textContent = parts.map((part) => SHOWN[part] ?? (parts.length > 1 ? part.toUpperCase() : part)).join(isMac ? "" : " ");
    return mark;
  });
}
