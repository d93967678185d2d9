// The words of a composer, whether they stand in the plain field or in the formatting editor laid over it.
const laid = new WeakMap();

export const composerOf = (node) => node?.closest?.("[data-composer]") ?? null;
export const areaOf = (composer) => composer.querySelector("[data-writing] textarea");
export const writingOf = (composer) => laid.get(composer) ?? plain(areaOf(composer));
export function layOver(composer, writing) { laid.set(composer, writing); }

// Tells everybody who listens to the field, whoever wrote into it.
export function tellChanged(composer) { areaOf(composer).dispatchEvent(new Event("input", { bubbles: true })); }

function plain(area) {
  return {
    element: area,
    isRich: false,
    text: () => area.value,
    html: () => "",
    // what stands before the caret in its line
    before: () => area.value.slice(0, area.selectionStart).split("\n").at(-1),
    // `said` {text, cursor} goes where the caret is, in place of so many signs before it
    put(said, back = 0) {
      const from = area.selectionStart - back;
      area.focus();
      area.setRangeText(said.text, from, area.selectionEnd, "end");
      const caret = from + (said.cursor ?? said.text.length);
      area.setSelectionRange(caret, caret);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    select(words) {
      const at = area.value.indexOf(words);
      area.focus();
      if (at >= 0) area.setSelectionRange(at, at + words.length);
    },
    add({ text }) { area.value += text; },
    clear() { area.value = ""; },
    focus() { area.focus(); },
  };
}
