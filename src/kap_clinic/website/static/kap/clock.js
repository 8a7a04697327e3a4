// Keeps the clock of the place: its own zone, and the server's time, whatever the device believes.
for (const clock of document.querySelectorAll("time[data-zone]")) {
  const skew = Date.parse(clock.dateTime) - Date.now();
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: clock.dataset.zone,
  });
  const show = () => {
    const now = new Date(Date.now() + skew);
    const text = words.format(now);
    if (clock.textContent !== text) {
      clock.textContent = text;
      clock.dateTime = now.toISOString();
    }
  };
  show();
  setInterval(show, 1000);
}
