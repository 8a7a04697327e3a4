// Answers invented clients with cql-execution; run by node, with the library's folder as the first argument.
const { readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { createInterface } = require("node:readline");

const [, , packages, given, made] = process.argv;
const { Library, Executor } = createRequire(join(packages, "package.json"))("cql-execution");
const { library, parameters, clients } = JSON.parse(readFileSync(given, "utf8"));
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

// Each line on the input asks for one turn, answered with its processor seconds; the end, for the verdicts.
async function main() {
  const all = clients.map((facts, number) => new Client(facts, number));
  let answered;
  for await (const _ of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    answered = await executor.exec_expression("verdicts", new Clients(all));
    const used = process.cpuUsage(before);
    console.log((used.user + used.system) / 1e6);
  }
  const verdicts = all.map((client) => answered.patientResults[client.id].verdicts);
  writeFileSync(made, JSON.stringify(verdicts));
}

main();
