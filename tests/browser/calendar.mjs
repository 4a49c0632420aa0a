// The calendar on every clock: each session on the day and at the hour that the documents say.
//
// Days and hours are worked out from the UTC starts by the browser's own clocks; the page uses the
// offsets that stand in it.

import { holds, same } from "./check.mjs";
import { unfold } from "./browser.mjs";
import { inZone, written } from "./documents.mjs";

const DAY = 1440;

/** The clocks that can be chosen. */
export function zones(page) {
  return page.locator("#cal-zone option").evaluateAll((all) => all.map((one) => one.value));
}

/** Who attends from home finds the own clock among them; each can be chosen. */
export async function offersEveryClock(page, { instance, expected }) {
  const offered = await zones(page);
  same(offered[0], "UTC", "the first clock");
  same(new Set(offered).size, offered.length, "clocks, each once");
  const home = new Map();
  for (const section of ["people", "mediators", "interpreters"]) {
    for (const { id, time_zone } of instance[section] ?? []) if (time_zone) home.set(id, time_zone);
  }
  const modes = new Map(instance.disputes.flatMap(({ id, sessions }) => sessions.map((one) => [`${id}/${one.id}`, one.mode ?? "remote"])));
  for (const session of expected.disputes.flatMap((dispute) => dispute.sessions)) {
    if (modes.get(`${session.dispute}/${session.session}`) !== "remote") continue;
    for (const id of Object.keys(session.local)) {
      if (home.has(id)) holds(offered.includes(home.get(id)), `${id}'s clock, ${home.get(id)}, cannot be chosen`);
    }
  }
}

/** What stands in the calendar: by block its day, its words, its place on the strip, where it leads. */
function blocks(page) {
  return page.locator("#cal").evaluate((calendar) => {
    const all = [];
    for (const day of calendar.querySelectorAll(".day")) {
      for (const strip of day.querySelectorAll("ol")) {
        const room = strip.getBoundingClientRect();
        const taken = [];
        for (const link of strip.querySelectorAll("a")) {
          const box = link.getBoundingClientRect();
          const bar = getComputedStyle(link, "::before");
          const minute = (pixels) => Math.round((pixels / room.width) * 1440);
          const from = box.left + parseFloat(bar.left) - room.left;
          const over = taken.find((one) => one.left < box.right - 0.5 && box.left < one.right - 0.5 && one.top < box.bottom - 0.5 && box.top < one.bottom - 0.5);
          taken.push(box);
          all.push({
            day: day.querySelector("h4").innerText,
            clock: link.querySelector("b").innerText,
            words: link.innerText,
            to: link.getAttribute("href"),
            from: minute(from),
            until: minute(from + parseFloat(bar.width)),
            inside: box.left >= room.left - 1 && box.right <= room.right + 1,
            over: Boolean(over),
          });
        }
      }
    }
    return all;
  });
}

function minutes(clock) {
  const [hours, rest] = clock.split(":").map(Number);
  return hours * 60 + rest;
}

/** The parts of a session on the days of a clock. */
function parts(session, zone) {
  const [start, end] = [inZone(session.start, zone), inZone(session.end, zone)];
  const told = `${start.clock}–${end.clock}`;
  if (start.date === end.date) return [{ date: start.date, told, from: minutes(start.clock), until: minutes(end.clock) }];
  const first = { date: start.date, told, from: minutes(start.clock), until: DAY };
  if (end.clock === "00:00" && Date.parse(end.date) - Date.parse(start.date) === 864e5) return [first];
  const between = [];
  for (let day = Date.parse(start.date) + 864e5; day < Date.parse(end.date); day += 864e5) {
    between.push({ date: new Date(day).toISOString().slice(0, 10), told, from: 0, until: DAY });
  }
  const last = { date: end.date, told, from: 0, until: minutes(end.clock) };
  return [first, ...between, ...(last.until ? [last] : [])].map((part) => ({ ...part, goesOn: true }));
}

/** Minutes east of UTC. */
function offset(instant, zone) {
  const { date, clock } = inZone(instant, zone);
  return Math.round((Date.parse(`${date}T${clock}Z`) - Math.floor(instant / 60_000) * 60_000) / 60_000);
}

/** Dates on which a clock changes between two instants, by looking every hour. */
function changes(zone, from, to) {
  const dates = [];
  let before = offset(from, zone);
  for (let at = from + 3_600_000; at <= to; at += 3_600_000) {
    const now = offset(at, zone);
    // The day of the first reading that is skipped or doubled.
    if (now !== before) dates.push(new Date(at + Math.min(before, now) * 60_000).toISOString().slice(0, 10));
    before = now;
  }
  return dates;
}

/** On each of these clocks everything stands where it belongs, and what is said goes with it. */
export async function movesWithTheClock(page, { expected }, text, chosen) {
  const sessions = expected.disputes.flatMap((dispute) => dispute.sessions.map((session) => ({ ...session, of: dispute })));
  const first = Math.min(...sessions.map(({ start }) => Date.parse(start)));
  const last = Math.max(...sessions.map(({ end }) => Date.parse(end)));
  const key = (one) => `${one.date} ${one.to} ${one.told}`;
  let marked = 0;
  for (const zone of chosen) {
    await page.selectOption("#cal-zone", zone);
    await unfold(page);
    holds((await page.locator("#cal-clock").innerText()).includes(zone), `the clock that is shown is not said: ${zone}`);
    const wanted = sessions.flatMap((session) => {
      // A clock that changes while they sit is a matter of the unit tests.
      const steady = offset(Date.parse(session.start), zone) === offset(Date.parse(session.end), zone);
      return parts(session, zone).map((part) => ({ ...part, steady, to: `#d${session.of.number}`, id: session.of.id, kind: session.kind }));
    });
    const found = await blocks(page);
    const shown = found.map((one) => `${one.day} ${one.to} ${one.clock}`).sort();
    same(shown, wanted.map((one) => key({ ...one, date: written(one.date, text) })).sort(), `what stands on the clock of ${zone}`);
    const faults = found.filter((one) => one.over || !one.inside).map((one) => `${one.day} ${one.words} is ${one.over ? "on top of another" : "outside of its strip"}`);
    for (const one of wanted) {
      const same = found.filter((block) => block.day === written(one.date, text) && block.to === one.to && block.clock === one.told);
      const near = (a, b) => Math.abs(a - b) <= 3;
      if (one.steady && !same.some((block) => near(block.from, one.from) && near(block.until, one.until))) {
        faults.push(`${one.date} ${one.id} ${one.told} stands at ${same.map(({ from, until }) => `${from} to ${until}`)}, not at ${one.from} to ${one.until}`);
      }
      for (const { words } of same) {
        if (!words.includes(one.id) || !words.includes(text[`cal-kind-${one.kind}`])) faults.push(`${one.date} ${one.id}: its words are "${words}"`);
        const goesOn = [text["cal-after"], text["cal-before"]].some((word) => words.includes(word));
        if (goesOn !== Boolean(one.goesOn)) faults.push(`${one.date} ${one.id} ${one.told}: whether it goes on is told wrongly: "${words}"`);
      }
    }
    if (zone !== "UTC") {
      const days = await page.locator("#cal .day").evaluateAll((all) => all.map((day) => [day.querySelector("h4").textContent, day.querySelectorAll(".chg").length]));
      const turns = changes(zone, first - 8 * 864e5, last + 8 * 864e5).map((date) => written(date, text));
      for (const [day, number] of days) {
        marked += number;
        if (number !== turns.filter((one) => one === day).length) faults.push(`${zone}: ${day} has ${number} marks of a change of clocks`);
      }
    }
    holds(!faults.length, `${zone}: ${faults.length} faults:\n${faults.slice(0, 10).join("\n")}`);
  }
  return marked;
}

/** Back on UTC it is what it was. */
export async function comesBack(page) {
  const html = () => page.locator("#cal").evaluate((one) => one.innerHTML.replace(/ open(="")?/g, ""));
  const offered = await zones(page);
  const before = await html();
  await page.selectOption("#cal-zone", offered.at(-1));
  holds(offered.length === 1 || (await html()) !== before, "nothing moves");
  await page.selectOption("#cal-zone", "UTC");
  holds((await html()) === before, "UTC is another one than it was");
}
