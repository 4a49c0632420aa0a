// A report for one party: what it may not know is not in the file, folded, hidden or otherwise.

import { holds } from "./check.mjs";
import { inZone, reading, written } from "./documents.mjs";

/** A party that has a caucus of its own and does not attend another one; by preference with neighbours. */
export function somebody({ instance, expected }) {
  const dispute = expected.disputes.find(({ id, sessions }) => {
    const alone = sessions.filter((session) => session.parties.length === 1);
    const actors = instance.disputes.find((one) => one.id === id).parties.map(({ actor }) => actor);
    const once = actors.every((actor) => instance.disputes.filter((one) => one.parties.some((p) => p.actor === actor)).length === 1);
    return once && new Set(alone.map((session) => session.parties[0])).size > 1;
  });
  const party = dispute.sessions.find((session) => session.parties.length === 1).parties[0];
  return { dispute, party };
}

/** What must not be found anywhere in the file, with why. */
export function secrets({ instance, solution, expected }, { dispute, party }, text) {
  const own = dispute.sessions.filter((session) => session.parties.includes(party));
  const foreign = expected.disputes.flatMap((one) =>
    one.sessions.filter((session) => one !== dispute || !session.parties.includes(party)).map((session) => ({ ...session, of: one.id })),
  );
  const forms = (session) => {
    const minutes = (instant) => String(Date.parse(instant) / 60_000);
    const utc = inZone(session.start, "UTC");
    return [
      session.start,
      session.start.slice(0, 16),
      minutes(session.start),
      `${written(utc.date, text)} ${utc.clock}`,
      ...Object.values(session.local),
      ...Object.values(session.local).map((local) => {
        const { date, clock } = reading(local);
        return `${written(date, text)} ${clock}`;
      }),
    ];
  };
  // An instant that is one of its own sessions' as well (start or end) tells nothing.
  const known = new Set(own.flatMap((session) => [...forms(session), ...forms({ ...session, start: session.end, local: {} })]));
  const secrets = new Map();
  for (const session of foreign) {
    for (const form of forms(session)) if (!known.has(form)) secrets.set(form, `when ${session.of}/${session.session} is`);
  }
  for (const other of instance.disputes.filter((one) => one.id !== dispute.id)) {
    secrets.set(other.id, "another dispute");
    if (other.title) secrets.set(other.title, "another dispute's title");
  }
  const document = instance.disputes.find((one) => one.id === dispute.id);
  if (document.title) secrets.set(document.title, "a title is the secretariat's");
  for (const session of document.sessions) {
    // What the secretariat calls a session may count the others.
    if (!own.some((one) => one.session === session.id) || /\d/.test(session.id)) secrets.set(session.id, "how the secretariat calls a session");
  }
  // People whom it meets at no table.
  const met = new Set([
    ...own.flatMap((session) => Object.keys(session.local)),
    ...dispute.panelIds,
    ...document.parties.flatMap((one) => [one.actor, ...(one.id === party ? [...one.representatives, ...(one.counsel ?? [])] : [])]),
    ...dispute.disclosures.flatMap((one) => (one.path ?? []).flatMap((step) => [step.from, step.to])),
  ]);
  for (const section of ["people", "mediators", "interpreters"]) {
    for (const { id, name } of instance[section] ?? []) {
      if (met.has(id)) continue;
      secrets.set(id, "somebody whom it does not meet");
      if (name) secrets.set(name, "somebody whom it does not meet");
    }
  }
  return secrets;
}

/** Which of them stand in a text, with what is around them. */
export function found(secrets, text) {
  // A whole word: `caucus-1` is not told by `caucus-10`.
  const letter = /[\p{L}\p{N}_-]/u;
  const told = [];
  for (const [secret, why] of secrets) {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
      const [before, after] = [text[at - 1] ?? " ", text[at + secret.length] ?? " "];
      if (letter.test(before) || letter.test(after)) continue;
      told.push(`"${secret}" (${why}): …${text.slice(Math.max(0, at - 60), at + 60).replace(/\s+/g, " ")}…`);
      break;
    }
  }
  return told;
}

/** None of it stands in the file as it lies, nor on the page after everything was opened and tried. */
export function keeps(secrets, ...texts) {
  const told = texts.flatMap((text) => found(secrets, text));
  holds(!told.length, `${told.length} of ${secrets.size} secrets are told:\n${told.slice(0, 12).join("\n")}`);
}
