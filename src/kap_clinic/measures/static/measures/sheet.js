// Keeps each answer of a sheet as it is chosen, one after the other, and says what became of it.
const sheet = document.querySelector("[data-choose]");
const form = sheet?.querySelector("form");
const said = document.querySelector("[data-said]");
const alerted = document.querySelector("[data-alert]");
let turn = 0;
let last = Promise.resolve();

async function keep(name) {
  const all = new FormData(form);
  const answer = new FormData();
  for (const needed of ["csrfmiddlewaretoken", "id"]) answer.append(needed, all.get(needed));
  for (const value of all.getAll(name)) answer.append(name, value);
  answer.append("turn", (turn += 1));
  const url = sheet.dataset.choose.replace(/item\/$/, `${name.slice(2)}/`);
  const reply = await fetch(url, { method: "POST", body: answer });
  if (![200, 422].includes(reply.status) || reply.redirected) throw new Error(reply.statusText);
  const words = new DOMParser().parseFromString(await reply.text(), "text/html").body;
  // What is urgent stays until the page is left; that an answer was kept is said quietly.
  if (words.querySelector(".message")) alerted.append(...words.children);
  else said.replaceChildren(...words.children);
}

function unkept() {
  const words = document.createElement("p");
  words.className = "message";
  words.dataset.tone = "look";
  words.textContent = sheet.dataset.unkept;
  alerted.replaceChildren(words);
}

form?.addEventListener("change", (event) => {
  const { name } = event.target;
  if (name?.startsWith("i-")) last = last.then(() => keep(name)).catch(unkept);
});
