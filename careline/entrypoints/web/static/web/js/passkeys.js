/* Passkeys: a form with data-passkey="get" or "create" asks the server what to ask, then the browser, and sends the answer. */

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function opened(options) {
  const asked = { ...options, challenge: bytesOf(options.challenge) };
  const withId = (one) => ({ ...one, id: bytesOf(one.id) });
  if (options.user) asked.user = withId(options.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) if (options[list]) asked[list] = options[list].map(withId);
  return asked;
}

function answerOf(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = textOf(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function asked(form) {
  const fields = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, step: form.dataset.step || "" });
  const response = await fetch(form.dataset.options, { method: "POST", body: fields, headers: { Accept: "application/json" } });
  const told = await response.json();
  if (!response.ok) throw new Error(told.error);
  return { publicKey: opened(told.publicKey) };
}

async function prove(event) {
  const form = event.target;
  if (form.elements.answer.value) return;
  event.preventDefault();
  const error = form.querySelector("[data-passkey-error]");
  try {
    form.elements.answer.value = answerOf(await navigator.credentials[form.dataset.passkey](await asked(form)));
    form.submit();
  } catch (refused) {
    error.textContent = refused.message;
    error.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", prove);
}
