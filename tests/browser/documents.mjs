// The documents of which reports are made, and what a reader should find in them.
//
// Everything expected of a page is worked out here from instance and solution alone, in another
// language than the page is made in, and with the browser's own clocks (Intl) where the page uses
// tables of its own.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const HOME = process.env.COMITY_HOME ?? join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const CASES = [
  { name: "launch", instance: "instances/iomed-launch.json", options: [] },
  { name: "spring", instance: "instances/hk-spring-2026.json", options: ["--node-limit", "1", "--time-limit", "60"] },
  // One panel with something to be disclosed first.
  { name: "isds", instance: "instances/isds-2015.json", options: [] },
  // One dispute that cannot be served.
  { name: "inadmissible", instance: "instances/tiny/inadmissible.json", options: [] },
  { name: "random", generate: ["random", "--disputes", "300", "--mediators", "300", "--seed", "1"], options: ["--gap", "0.01"] },
];

/** Runs comity; throws unless it ends with one of `codes`. */
export function run(comity, args, codes = [0]) {
  const done = spawnSync(comity, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (!codes.includes(done.status)) {
    throw new Error(`comity ${args.join(" ")}: exit ${done.status}: ${done.error ?? done.stderr}`);
  }
  return done.stdout;
}

/** Instances and their solutions, all or by name; made in `folder` unless they lie there already. */
export function documents(comity, folder, names) {
  return CASES.filter(({ name }) => names?.includes(name) ?? true).map(({ name, instance, generate, options }) => {
    const made = join(folder, `${name}.json`);
    if (generate && !existsSync(made)) {
      run(comity, ["generate", ...generate, "-o", made]);
    }
    const paths = { instance: generate ? made : join(HOME, instance), solution: join(folder, `${name}.solution.json`) };
    if (!existsSync(paths.solution)) {
      // 4: some disputes are unserved, or the limit came before the proof. Both are answers.
      run(comity, ["solve", paths.instance, "-o", paths.solution, ...options], [0, 4]);
    }
    return { name, paths, ...read(paths) };
  });
}

function read({ instance, solution }) {
  const documents = [instance, solution].map((path) => JSON.parse(readFileSync(path, "utf8")));
  return { instance: documents[0], solution: documents[1], expected: expected(...documents) };
}

/** What a page about this answer is to say. */
function expected(instance, solution) {
  const names = new Map();
  for (const section of ["states", "organisations", "people", "mediators", "interpreters", "places"]) {
    for (const { id, name } of instance[section] ?? []) {
      if (name && !names.has(id)) names.set(id, name);
    }
  }
  const called = (id) => names.get(id) ?? id;
  const disputes = instance.disputes.map((dispute, at) => {
    const assignment = solution.assignments.find((one) => one.dispute === dispute.id);
    const unserved = (solution.unserved ?? []).find((one) => one.dispute === dispute.id);
    const first = (assignment?.disclosures ?? []).some((one) => !one.cure);
    const dated = (session) => solution.sessions.find((one) => one.dispute === dispute.id && one.session === session.id);
    return {
      number: at + 1,
      id: dispute.id,
      title: dispute.title,
      state: unserved ? "unserved" : first ? "pending" : "served",
      parties: dispute.parties.map((party) => called(party.actor)),
      panel: (assignment?.panel ?? []).map(({ mediator, role }) => ({ name: called(mediator), chair: role === "chair" })),
      panelIds: (assignment?.panel ?? []).map(({ mediator }) => mediator),
      disclosures: assignment?.disclosures ?? [],
      sessions: dispute.sessions.filter(dated).map((session) => ({
        ...dated(session),
        kind: session.kind,
        parties: session.attendees === "all" ? dispute.parties.map((party) => party.id) : session.attendees,
      })),
      asked: dispute.sessions.length,
    };
  });
  return { called, names, disputes };
}

/** Date and clock of an instant in a zone: the second opinion. */
export function inZone(instant, zone) {
  const format = (formats[zone] ??= new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  }));
  const part = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return { date: `${part.year}-${part.month}-${part.day}`, clock: `${part.hour}:${part.minute}` };
}
const formats = {};

/** Date and clock of `2026-02-02T14:00:00+01:00` as they stand there. */
export function reading(local) {
  return { date: local.slice(0, 10), clock: local.slice(11, 16) };
}

/** The messages of a language that need no argument, by key. */
export function words(language) {
  const folder = join(HOME, "src", "report", "texts", language);
  const messages = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ftl")).sort()) {
    for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
      const [, key, value] = /^([a-z][\w-]*) = (.+)$/.exec(line) ?? [];
      if (key) messages[key] = value;
    }
  }
  return messages;
}

/** All that is written in the messages of a language. */
export function allText(language) {
  const folder = join(HOME, "src", "report", "texts", language);
  return readdirSync(folder).sort().map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
}

/** The built-in procedural calendars, whose steps are told in their own words. */
export function calendars() {
  const folder = join(HOME, "src", "format", "deadlines");
  return readdirSync(folder).sort().map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
}

/** A date as the page writes it in a language. */
export function written(date, text) {
  const [year, month, day] = date.split("-").map(Number);
  // The documents count Monday as 0.
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const parts = { weekday: text[`weekday-${weekday}`], day, month: text[`month-${month}`], year };
  return text.date.replace(/\{ \$(\w+) \}/g, (_, name) => parts[name]);
}
