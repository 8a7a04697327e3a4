// Says in words that a passkey was not used; the sign-in library itself only writes to the console.
const say = () => {
  for (const words of document.querySelectorAll("[data-passkey-failed]")) words.hidden = false;
};
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  say();
});
if (!window.PublicKeyCredential) {
  for (const words of document.querySelectorAll("[data-passkey-missing]")) words.hidden = false;
  for (const button of document.querySelectorAll("[data-passkey]")) button.disabled = true;
}
