// The dispute's own part of the page: its panel, and every local time of its sessions.

import { holds, same } from "./check.mjs";
import { inZone, reading } from "./documents.mjs";

/** Following a row's link shows the dispute's own part, unfolded and on the screen. */
export async function linksLead(page, { expected }) {
  const { disputes } = expected;
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = false)));
  for (const at of new Set([0, Math.floor(disputes.length / 2), disputes.length - 1])) {
    const dispute = disputes[at];
    await page.locator("#rows tbody tr").nth(at).locator("a").click();
    const article = page.locator(`#d${dispute.number}`);
    await article.waitFor({ state: "visible", timeout: 5000 });
    holds(await article.evaluate((one) => one.closest("details")?.open ?? true), `${dispute.id} stays folded`);
    // What names it is on the screen, not behind the links that stay in place.
    await page.waitForFunction((id) => {
      const box = document.getElementById(id).getBoundingClientRect();
      return box.top < innerHeight && box.bottom > 0 && box.top >= 0;
    }, `d${dispute.number}`, { timeout: 5000 });
  }
}

/** What the table of a dispute's sessions says, cell by cell. */
function tables(page) {
  return page.locator("#disputes article").evaluateAll((all) =>
    all.map((article) => ({
      id: article.id,
      words: article.textContent,
      columns: [...article.querySelectorAll("table.lt thead th")].map((head) => ({
        lines: head.innerText.split("\n").map((line) => line.trim()),
      })),
      rows: [...article.querySelectorAll("table.lt tbody tr")].map((row) =>
        [...row.cells].map((cell) => ({ words: cell.innerText, odd: cell.innerText.includes("\u25b2") })),
      ),
    })),
  );
}

const ZONE = /\b[A-Z]\w+(?:\/[\w+-]+)+|\bUTC\b/;

/**
 * Panel and sessions of every dispute. Each attendee's clock is that of the solution; the zone
 * beside it gives the same by the browser's own clocks; a date that is not UTC's is told by its
 * weekday; hours are marked as odd where somebody bears something, and only there.
 */
export async function timesAreRight(page, { instance, expected }, text) {
  const found = await tables(page);
  same(found.map(({ id }) => id), expected.disputes.map(({ number }) => `d${number}`), "parts of disputes");
  const faults = [];
  let cells = 0;
  expected.disputes.forEach((dispute, at) => {
    const { words, columns, rows } = found[at];
    const document = instance.disputes[at];
    const fault = (session, what) => faults.push(`${dispute.id}/${session?.session ?? ""}: ${what}`);
    for (const name of [...dispute.parties, ...dispute.panel.map((one) => one.name)]) {
      if (!words.includes(name)) fault(null, `${name} is not named`);
    }
    if (rows.length !== dispute.sessions.length) return fault(null, `${rows.length} rows for ${dispute.sessions.length} sessions`);
    dispute.sessions.forEach((session, line) => {
      const row = rows[line];
      const utc = inZone(session.start, "UTC");
      const end = inZone(session.end, "UTC");
      if (!row[1].words.includes(`${utc.clock}–${end.clock}`)) fault(session, `UTC ${utc.clock}–${end.clock} is not told: ${row[1].words}`);
      const marked = new Set();
      const told = new Set();
      for (const [id, local] of Object.entries(session.local)) {
        const name = expected.called(id);
        const own = columns.flatMap((column, place) => (column.lines.includes(name) ? [place] : []));
        if (!own.length) {
          fault(session, `${name} has no column`);
          continue;
        }
        const { date, clock } = reading(local);
        const right = own.filter((place) => row[place].words.startsWith(`${clock}–`));
        if (!right.length) {
          fault(session, `${name}: ${clock} expected, not ${own.map((place) => row[place].words).join(" | ")}`);
          continue;
        }
        cells += 1;
        const [place] = right;
        told.add(place);
        const zone = (ZONE.exec(row[place].words) ?? ZONE.exec(columns[place].lines.at(-1)))?.[0];
        if (!zone) fault(session, `${name}: no zone is told`);
        else if (inZone(session.start, zone).clock !== clock || inZone(session.start, zone).date !== date) fault(session, `${name}: ${local} is not the time of ${zone}`);
        const weekday = text[`weekday-${(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7}`];
        if (date !== utc.date && !row[place].words.includes(weekday)) fault(session, `${name}: the day (${weekday}) is not told: ${row[place].words}`);
        if (row[place].odd) {
          const party = document.parties.find((one) => [...one.representatives, ...(one.counsel ?? [])].includes(id));
          marked.add(dispute.panelIds.includes(id) ? "panel" : (party?.id ?? "interpreters"));
          if (!/\p{L}/u.test(row[place].words.split("\u25b2")[1] ?? "")) fault(session, `${name}: odd hours are not told in words`);
        }
      }
      row.forEach(({ odd }, place) => {
        if (odd && !told.has(place)) fault(session, `somebody who does not attend is marked: ${columns[place].lines}`);
      });
      const bears = Object.entries({ ...session.burden, panel: session.panel_burden, interpreters: session.interpreter_burden ?? 0 });
      same([...marked].sort(), bears.filter(([, points]) => points > 0).map(([who]) => who).sort(), `${dispute.id}/${session.session}: who has odd hours`);
    });
  });
  holds(!faults.length, `${faults.length} faults:\n${faults.slice(0, 12).join("\n")}`);
  holds(cells > 0, "no local time was compared");
}

/** Each disclosure is told, and its path is drawn with a title that names every stop. */
export async function pathsAreDrawn(page, { expected }) {
  const { called, disputes } = expected;
  for (const { id, number, disclosures } of disputes.filter((one) => one.disclosures.length)) {
    const titles = await page.locator(`#d${number} svg[role=img] title`).evaluateAll((all) => all.map((one) => one.textContent));
    const words = await page.locator(`#d${number}`).evaluate((one) => one.textContent);
    for (const disclosure of disclosures) {
      holds(words.includes(disclosure.rule), `${id}: the rule ${disclosure.rule} is not named`);
      const stops = (disclosure.path ?? []).flatMap(({ from, to }) => [from, to]).map(called);
      if (!stops.length) continue;
      holds(titles.some((title) => stops.every((stop) => title.includes(stop))), `${id}: no picture tells the path ${stops.join(", ")}`);
    }
  }
}
