// How well words that somebody typed fit a line, and which lines fit best: pure, without a page.
export function fold(text) {
  return String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss").replaceAll("ø", "o").replaceAll("ł", "l");
}

// 0 where a word is not in the line at all; more for whole beginnings than for letters strewn about.
export function score(query, line, besides = "") {
  const typed = fold(query).split(/\s+/).filter(Boolean);
  if (!typed.length) return 1;
  const [main, more] = [fold(line), fold(besides)];
  let sum = 0;
  for (const word of typed) {
    const best = Math.max(fit(word, main) || strewn(word, main), more ? fit(word, more) * 0.4 : 0);
    if (!best) return 0;
    sum += best;
  }
  return sum / typed.length + 10 / (10 + main.length);
}

function fit(word, line) {
  const at = line.indexOf(word);
  if (at === 0) return 100;
  if (at > 0 && line.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word))) return 80;
  return at > 0 ? 50 : 0;
}

// The letters in their order: the first begins a word, and few others stand between.
function strewn(word, line) {
  let best = 0;
  if (word.length < 2) return best;
  for (let from = 0; from < line.length; from += 1) {
    if (line[from] !== word[0] || (from && /[\p{L}\p{N}]/u.test(line[from - 1]))) continue;
    let [gaps, at, begins] = [0, from, 1];
    for (const letter of word.slice(1)) {
      const next = line.indexOf(letter, at + 1);
      if (next < 0) { gaps = Infinity; break; }
      const isStart = !/[\p{L}\p{N}]/u.test(line[next - 1]);
      if (isStart) begins += 1; else gaps += next - at - 1;
      at = next;
    }
    if (gaps <= word.length * 2) best = Math.max(best, 20 + begins * 6 - gaps * 3);
  }
  return Math.max(best, 0);
}

export function rank(query, items, most = 50) {
  return items
    .map((item, place) => ({ item, place, points: score(query, item.label, `${item.group ?? ""} ${item.detail ?? ""} ${item.besides ?? ""}`) }))
    .filter((one) => one.points > 0)
    .sort((a, b) => b.points - a.points || a.place - b.place)
    .slice(0, most)
    .map((one) => one.item);
}
