// Follows one room: fetches what was recorded after the last entry this screen has seen, and nothing twice.
const room = document.querySelector("[data-room]");
const proof = room && { "X-Room-Proof": room.dataset.roomProof, Accept: "application/json, text/html" };
const list = document.getElementById("room-lines");
let asked = false;
let asking = false;
let reading = false;
let readAgain = false;

const isBusy = (part) => part.contains(document.activeElement) && document.activeElement !== document.body;

function swap(fresh) {
  const part = document.getElementById(fresh.id);
  if (!part || part.isEqualNode(fresh) || isBusy(part)) return;
  for (const open of part.querySelectorAll("details[open]")) fresh.querySelectorAll("details")[[...part.querySelectorAll("details")].indexOf(open)]?.setAttribute("open", "");
  part.replaceWith(document.adoptNode(fresh));
}

// Entries stand by when they happened; one that is here already is not added again.
function enter(entry) {
  const known = list.querySelector(`[data-number="${entry.dataset.number}"]`);
  if (known) return;
  const later = [...list.children].find((one) => Date.parse(one.dataset.at) <= Date.parse(entry.dataset.at));
  list.insertBefore(document.adoptNode(entry), later ?? null);
}

async function get(url) {
  const answer = await fetch(url, { headers: proof });
  // Locked, signed out or no longer allowed: the page itself says so.
  if ([401, 403, 423].includes(answer.status)) return void location.reload();
  if (!answer.ok || answer.redirected) throw new Error("not answered");
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function follow() {
  if (asking) return void (asked = true);
  asking = true;
  try {
    do {
      asked = false;
      const page = await get(room.dataset.roomSince.replace(/0\/$/, `${room.dataset.roomSeen}/`));
      if (!page) return;
      for (const entry of [...page.querySelectorAll("li[data-number]")].reverse()) enter(entry);
      for (const part of page.querySelectorAll("[data-part]")) swap(part);
      room.dataset.roomSeen = page.querySelector("[data-room-seen]").dataset.roomSeen;
      turn(page.getElementById("room-phase").dataset.phase);
    } while (asked);
  } finally {
    asking = false;
  }
}

// Another screen took the session on: this one shows the next step, unless somebody is typing here.
function turn(phase) {
  const now = document.getElementById("room-now");
  const isTyping = [...now.querySelectorAll("input:not([type=hidden]), select")].some((one) => (one.type === "radio" || one.type === "checkbox" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue && one.tagName === "INPUT"));
  if (now.dataset.phase !== phase && !isTyping && !isBusy(now)) location.reload();
}

async function read() {
  if (reading) return void (readAgain = true);
  reading = true;
  try {
    do {
      readAgain = false;
      const page = await get(room.dataset.roomTiles);
      if (!page) return;
      swap(page.getElementById("room-tiles"));
    } while (readAgain);
  } finally {
    reading = false;
  }
}

// A box that holds a whole number leads on to the next one: fewer keys in the dark.
function lead(box) {
  const text = box.value;
  const isWhole = text.length === 3 || (text.length === 2 && Number(text) > 30 && !(box.name === "oxygen" && text === "10"));
  const boxes = [...document.querySelectorAll("[data-vital]")];
  if (isWhole || (box.name === "breaths" && text.length === 2)) boxes[boxes.indexOf(box) + 1]?.focus();
}

if (room) {
  document.addEventListener("kap:changed", ({ detail }) => {
    if (!detail.ids?.includes(room.dataset.room)) return;
    (detail.what === "dosing_day_readings" ? read() : follow()).catch(() => {});
  });
  // The line is (again) open: whatever was recorded while nobody listened is fetched from the last number seen.
  document.addEventListener("kap:joined", () => follow().catch(() => {}));
  document.addEventListener("input", ({ target }) => target.matches?.("[data-vital]") && lead(target));
  // The clock goes on though nothing is charted: how long since the dose, and what is due.
  setInterval(() => document.visibilityState === "visible" && follow().catch(() => {}), 30000);
}
