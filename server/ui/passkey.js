'use strict';
// Without passkeys in the browser all that needs them stays hidden. The server sends the options and checks the answer.
for (const part of document.querySelectorAll('p[data-passkey]')) part.hidden = !window.PublicKeyCredential?.parseCreationOptionsFromJSON;
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const P = window.PublicKeyCredential, create = form.dataset.passkey === 'create';
  const read = P && (create ? P.parseCreationOptionsFromJSON : P.parseRequestOptionsFromJSON);
  if (!read) continue;
  const say = form.querySelector('[role=status]'), field = form.elements.credential;
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say.textContent = '';
    try {
      const answer = await fetch(form.getAttribute('action') + '/options', {method: 'POST', headers: {Accept: 'application/json'}});
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.errors[0].message);
      const publicKey = read.call(P, body.publicKey), c = navigator.credentials;
      field.value = JSON.stringify(await (create ? c.create({publicKey}) : c.get({publicKey})));
      form.submit();
    } catch (e) {
      say.textContent = e.name === 'Error' ? e.message : say.dataset.failed;
    }
  });
}
