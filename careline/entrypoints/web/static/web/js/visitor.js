// Beside a chat: what the visitor does is fetched when it is told, not over and over.
const news = (event) => {
  const panel = document.querySelector("#visitor[data-number]");
  if (panel && String(event.detail.number) === panel.dataset.number) panel.dispatchEvent(new CustomEvent("visitor-moved"));
};
document.addEventListener("careline:presence", news);
document.addEventListener("careline:changed", news);
