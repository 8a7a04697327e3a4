// Keeps an answer through a bad moment: it is sent so that it outlives this page, and again until it is kept.
// Nothing is stored on the telephone: it may be somebody else's.
const longest = 5000;
const patience = 15000;
let waiting;
let isUnsaved = false;

const pause = (time) => new Promise((go) => setTimeout(go, time));

function said(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  return body;
}

// What comes back, or nothing where the server is away and the same must be sent again.
async function sent({ url, body }) {
  try {
    const headers = { Accept: "application/json, text/html" };
    const answer = await fetch(url, { method: "POST", body, headers, keepalive: true, signal: AbortSignal.timeout(patience) });
    return answer.status >= 500 || [408, 429].includes(answer.status) ? undefined : answer;
  } catch {
    return undefined;
  }
}

// Said above the button that sends, where whoever waits is looking.
function tell(state) {
  isUnsaved = state;
  document.querySelector("[data-unsaved-said]")?.remove();
  if (!state) return;
  const words = document.createElement("div");
  words.role = "alert";
  words.dataset.unsavedSaid = "";
  words.append(document.querySelector("template[data-unsaved]").content.cloneNode(true));
  document.querySelector("main form.form button[type=submit]").closest("p, div").before(words);
}

// The next page, or the words that came instead of it.
async function arrive(answer) {
  tell(false);
  if (answer.redirected) return location.assign(answer.url);
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return location.assign((await answer.json()).way_on);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  scrollTo(0, 0);
  document.querySelector("[data-focus], main").focus();
}

// One at a time: what is chosen anew while the last is still tried is sent in its place.
async function keep(one) {
  const isUnderWay = Boolean(waiting);
  waiting = one;
  if (isUnderWay) return;
  for (let wait = 1000; ; wait = Math.min(wait * 1.5, longest)) {
    const latest = waiting;
    const answer = await sent(latest);
    if (answer && latest === waiting) {
      waiting = undefined;
      return arrive(answer);
    }
    if (answer) continue;
    if (!isUnsaved) tell(true);
    await pause(wait);
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("main form.form:has(.field)")) return;
  event.preventDefault();
  keep({ url: event.target.action, body: said(event.target, event.submitter) });
});

// A browser too old for the style sheet's own way of showing help is told here.
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("main form.form");
  form?.toggleAttribute("data-helped", Boolean(form.querySelector("[data-helped]:checked")));
});

addEventListener("beforeunload", (event) => isUnsaved && event.preventDefault());
addEventListener("pagehide", () => isUnsaved && waiting && sent(waiting));
// A page the browser kept as it was holds the number of an answer that was given already.
addEventListener("pageshow", (event) => event.persisted && location.reload());
