// What stands beside a case: addresses are copied, sections stay shut where somebody shut them, a case pointed at is fetched ahead.
import { ahead } from "./prefetch.js";
import { say } from "./toast.js";

const headers = () => ({ "X-CSRFToken": document.querySelector("meta[name='csrf-token']").content });

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy-words]");
  if (!button) return;
  try { await navigator.clipboard.writeText(button.dataset.copyWords); say(button.dataset.copied); } catch { say(button.dataset.copyWords); }
});

// toggle does not bubble, and comes once for whatever is open when it is put in: only what somebody did is told
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  const name = fold.dataset?.fold;
  if (!name || !fold.dataset.touched) return;
  fetch(`/beside/${name}/fold`, { method: fold.open ? "DELETE" : "PUT", headers: headers() }).catch(() => {});
}, true);
document.addEventListener("click", (event) => {
  const fold = event.target.closest?.("summary")?.parentElement;
  if (fold?.dataset.fold) fold.dataset.touched = "1";
});

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const link = event.target.closest?.("[data-ahead-of]");
    if (link && document.getElementById("case")) ahead([link.dataset.aheadOf]);
  });
}
