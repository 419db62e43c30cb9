// Shows what needs passkeys where the browser has them, and says when one did not work.
(function () {
  if (!window.PublicKeyCredential) return;
  const say = (hidden) => document.querySelectorAll("[data-passkey-error]").forEach((note) => { note.hidden = hidden; });
  document.querySelectorAll("[data-passkeys]").forEach((part) => {
    part.hidden = false;
    part.addEventListener("click", () => say(true));
  });
  document.addEventListener("allauth.error", (event) => { event.preventDefault(); say(false); });
})();
