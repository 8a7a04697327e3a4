// Puts the reader where something must be read: the error summary takes focus; its links lead to the answer.
document.documentElement.classList.add("has-script");

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  const label = control.closest("fieldset")?.querySelector("legend") ?? document.querySelector(`label[for="${control.id}"]`);
  (label ?? control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});

// A live region speaks only what changes after the page is there.
for (const message of document.querySelectorAll(".messages .message")) {
  const region = message.parentElement;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button-link";
  close.textContent = region.dataset.close;
  close.addEventListener("click", () => message.remove());
  message.append(close);
  message.remove();
  setTimeout(() => region.append(message), 100);
}

// One menu at a time, and Escape closes it.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
