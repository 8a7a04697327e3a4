// Keeps each answer of a sheet as it is chosen, one after the other, and says what became of it.
const sheet = document.querySelector("[data-choose]");
const form = sheet?.querySelector("form");
const said = document.querySelector("[data-said]");
const alerted = document.querySelector("[data-alert]");
let turn = 0;
let last = Promise.resolve();

// Of each urgency the newest line stays, so that nothing urgent is lost and the questions stay in sight.
function tell(line) {
  const { urgent } = line.dataset;
  if (!urgent) return said.replaceChildren(line);
  alerted.querySelector(`[data-urgent="${urgent}"]`)?.remove();
  alerted.append(line);
}

async function keep(name) {
  const all = new FormData(form);
  const answer = new FormData();
  for (const needed of ["csrfmiddlewaretoken", "id", name]) {
    for (const value of all.getAll(needed)) answer.append(needed, value);
  }
  answer.append("turn", (turn += 1));
  const url = sheet.dataset.choose.replace(/item\/$/, `${name.slice(2)}/`);
  const reply = await fetch(url, { method: "POST", body: answer });
  if (![200, 422].includes(reply.status) || reply.redirected) throw new Error(reply.statusText);
  tell(new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("p"));
}

function unkept() {
  const line = document.createElement("p");
  line.dataset.urgent = "unkept";
  line.textContent = sheet.dataset.unkept;
  tell(line);
}

form?.addEventListener("change", (event) => {
  const { name } = event.target;
  if (name?.startsWith("i-")) last = last.then(() => keep(name)).catch(unkept);
});
