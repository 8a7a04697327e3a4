// Says whether this page is live, and shows what has changed without losing anybody's place.
const { streamUrl, streamToken, streamRenew } = document.body.dataset;
const marker = document.querySelector("[data-live-marker]");
const soonest = 100;
const longest = 5000;
const patience = 5000;
// The stream says every fifteen seconds that it is there: a line that died in silence must not look live.
const silence = 40000;
let token = streamToken;
let wait = soonest;
let heard = Date.now();
let source;
let doubt;

function say(state) {
  if (!marker || marker.dataset.state === state) return;
  marker.dataset.state = state;
  marker.querySelector("[data-live-word]").textContent = marker.dataset[`says${state[0].toUpperCase()}${state.slice(1)}`];
}

async function renew() {
  if (!streamRenew) return;
  const answer = await fetch(streamRenew, { headers: { Accept: "application/json" } });
  if (answer.ok) token = (await answer.json()).token;
}

// One act tells of itself several times: the page is asked for once, and once more if it changed meanwhile.
let drawing;
let drawAgain = false;

async function refresh() {
  if (drawing) return void (drawAgain = true);
  drawing = true;
  try {
    do {
      drawAgain = false;
      await draw();
    } while (drawAgain);
  } finally {
    drawing = false;
  }
}

// Parts marked data-live are drawn again from the page itself; what has the focus keeps it.
async function draw() {
  const parts = document.querySelectorAll("[data-live][id]");
  if (!parts.length) return;
  // A script asks, not a person: it must not keep an idle screen from locking.
  const answer = await fetch(location.href, { headers: { Accept: "application/json, text/html" } });
  if ([401, 403, 423].includes(answer.status)) return location.reload();
  if (!answer.ok || answer.redirected) return say("not");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.isEqualNode(part) || part.contains(document.activeElement)) continue;
    part.replaceWith(document.adoptNode(fresh));
  }
}

function join() {
  heard = Date.now();
  source = new EventSource(`${streamUrl}?token=${encodeURIComponent(token)}`);
  source.addEventListener("open", () => {
    // Whatever changed while nobody listened is fetched once the line is back.
    if (wait > soonest) refresh().catch(() => {});
    wait = soonest;
    clearTimeout(doubt);
    doubt = undefined;
    say("live");
    document.dispatchEvent(new CustomEvent("kap:joined"));
  });
  source.addEventListener("error", joinAgain);
  source.addEventListener("here", () => (heard = Date.now()));
  source.addEventListener("changed", (event) => {
    heard = Date.now();
    const detail = JSON.parse(event.data || "{}");
    document.dispatchEvent(new CustomEvent("kap:changed", { detail }));
    // A device reads every second; only the room it stands in draws that.
    if (detail.what !== "dosing_day_readings") refresh().catch(() => say("not"));
  });
}

function joinAgain() {
  source.close();
  // A ticket ends every few minutes; only a line that stays down is worth saying.
  doubt ??= setTimeout(() => say("not"), patience);
  setTimeout(() => renew().catch(() => {}).finally(join), wait);
  wait = Math.min(wait * 2, longest);
}

if (streamUrl) {
  say("joining");
  join();
  setInterval(() => source.readyState === EventSource.OPEN && Date.now() - heard > silence && joinAgain(), 5000);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && join());
}
