// Answers invented clients with cql-execution; run by node, with the library's folder as the first argument.
const { readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const [, , packages, given, made] = process.argv;
const { Library, Executor } = createRequire(join(packages, "package.json"))("cql-execution");
const { library, parameters, clients, times } = JSON.parse(readFileSync(given, "utf8"));
const executor = new Executor(new Library(library), null, parameters);

// A client is a folder of facts under each concept: the quickest answer a data source could give.
class Client {
  constructor(facts, number) {
    this.id = String(number);
    this.facts = facts;
  }
  getId() {
    return this.id;
  }
  findRecords(type) {
    return this.facts[type.slice(type.indexOf("}") + 1)] ?? [];
  }
}

class Clients {
  constructor(all) {
    this.all = all;
    this.at = 0;
  }
  currentPatient() {
    return this.all[this.at];
  }
  nextPatient() {
    this.at += 1;
    return this.all[this.at];
  }
}

async function main() {
  const all = clients.map((facts, number) => new Client(facts, number));
  let seconds = Infinity;
  let answered;
  for (let turn = 0; turn < times; turn += 1) {
    const before = process.cpuUsage();
    answered = await executor.exec_expression("verdicts", new Clients(all));
    const used = process.cpuUsage(before);
    seconds = Math.min(seconds, (used.user + used.system) / 1e6);
  }
  const verdicts = all.map((client) => answered.patientResults[client.id].verdicts);
  writeFileSync(made, JSON.stringify({ seconds, verdicts }));
}

main();
