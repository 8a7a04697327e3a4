// Changes light and dark at once; the server remembers it for this device.
for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.addEventListener("submit", async (event) => {
    const chosen = event.submitter;
    if (!chosen) return;
    event.preventDefault();
    const answers = new FormData(form, chosen);
    if (chosen.value) document.documentElement.dataset.theme = chosen.value;
    else delete document.documentElement.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-form] button"))
      button.setAttribute("aria-pressed", String(button.value === chosen.value));
    await fetch(form.action, { method: "POST", body: answers, redirect: "manual", keepalive: true });
  });
}
