// Locks a screen nobody touches: a minute's notice, then the lock page. Tabs of one browser share the time.
const { lockMinutes, lockUrl, lockUse } = document.body.dataset;
const limit = Number(lockMinutes) * 60000;
const notice = Math.min(60000, limit / 2);
const dialog = document.querySelector("dialog[data-lock-notice]");
const left = dialog?.querySelector("[data-lock-left]");
const key = "kap-last-touch";

const lastTouch = () => Number(localStorage.getItem(key)) || Date.now();
let noted = 0;
let looking;
let told = Date.now();

// Somebody who types for ten minutes sends nothing: the server is told now and then that a person is here.
function tell() {
  if (!lockUse || Date.now() - told < limit / 5) return;
  told = Date.now();
  const answers = new FormData(document.querySelector("[data-lock-form]"));
  fetch(lockUse, { method: "POST", body: answers }).catch(() => {});
}

function touched() {
  if (Date.now() - noted < 1000) return;
  noted = Date.now();
  localStorage.setItem(key, String(noted));
  tell();
  if (dialog?.open) dialog.close();
}

function look() {
  const remaining = lastTouch() + limit - Date.now();
  if (remaining <= 0) {
    // Asked once: a slow answer must not be asked for again every second.
    clearInterval(looking);
    const form = document.querySelector("[data-lock-form]");
    if (form) form.requestSubmit();
    else location.assign(lockUrl);
    return;
  }
  if (dialog && remaining <= notice) {
    if (!dialog.open) dialog.showModal();
    // Spoken every ten seconds, not every second.
    const seconds = Math.ceil(remaining / 10000) * 10;
    if (left.textContent !== String(seconds)) left.textContent = String(seconds);
  } else if (dialog?.open) dialog.close();
}

if (limit > 0) {
  noted = Date.now();
  localStorage.setItem(key, String(noted));
  for (const kind of ["pointerdown", "keydown", "touchstart", "wheel"]) addEventListener(kind, touched, { passive: true });
  looking = setInterval(look, 1000);
}
