// From one colour of the brand, the few we need: words on it and with it keep 4.5:1 whatever it is (WCAG 2.2, 1.4.3).
const LEAST = 4.6;

const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const hex = (rgb) => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const mixed = (from, to, share) => from.map((part, at) => part + (to[at] - part) * share);

// Relative luminance as WCAG 2.2 defines it.
function luminance(rgb) {
  const [red, green, blue] = rgb.map((part) => { const share = part / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

// The colour itself, or as far towards `end` as it takes to be read on the ground.
function readable(colour, ground, end) {
  for (let share = 0; share < 1; share += 0.05) { const one = mixed(colour, end, share); if (contrast(one, ground) >= LEAST) return one; }
  return end;
}

// {fill, on} for grounds in the colour; {light, dark} for words in it on a light and on a dark ground.
export function shades(colour) {
  const given = parts(/^#[0-9a-f]{6}$/i.test(colour ?? "") ? colour : "#3355d1");
  const white = [255, 255, 255], black = [16, 17, 20];
  const on = contrast(given, white) >= contrast(given, black) ? white : black;
  const fill = readable(given, on, on === white ? [0, 0, 0] : white);
  return { fill: hex(fill), on: hex(on), light: hex(readable(given, [244, 244, 242], [0, 0, 0])), dark: hex(readable(given, [40, 43, 51], white)) };
}
