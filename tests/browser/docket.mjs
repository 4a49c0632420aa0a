// The docket: its rows, its search and its filter, against the documents.

import { same, holds } from "./check.mjs";
import { inZone, written } from "./documents.mjs";

/** What each row says, as a person sees it. */
export async function rows(page) {
  return page.locator("#rows tbody tr").evaluateAll((all) =>
    all.map((row) => {
      const items = (cell) => [...cell.querySelectorAll("li")].map((one) => one.innerText.trim());
      const [dispute, parties, panel, dates, state] = row.cells;
      return {
        id: dispute.querySelector("a").innerText,
        to: dispute.querySelector("a").getAttribute("href"),
        title: dispute.querySelector("bdi")?.innerText,
        parties: items(parties),
        panel: items(panel),
        dates: dates.innerText,
        instants: [...dates.querySelectorAll("time")].map((time) => time.dateTime),
        code: row.dataset.st,
        state: state.innerText,
      };
    }),
  );
}

function row(dispute, text) {
  const starts = dispute.sessions.map((session) => session.start).sort();
  const inBrackets = (what) => text["in-brackets"].replace('{" "}', " ").replace("{ $what }", what);
  return {
    id: dispute.id,
    to: `#d${dispute.number}`,
    ...(dispute.title && { title: dispute.title }),
    parties: dispute.parties,
    panel: dispute.panel.map(({ name, chair }) => (chair ? name + inBrackets(text["role-chair"]) : name)),
    instants: [...new Set([starts[0], starts.at(-1)])].filter(Boolean),
    code: dispute.state,
  };
}

/** Every dispute has its row, in the order of the document, and the row says what the answer says. */
export async function rowsAreRight(page, { expected }, text) {
  const found = await rows(page);
  same(
    found.map(({ dates, state, ...rest }) => rest),
    expected.disputes.map((dispute) => row(dispute, text)),
    "rows of the docket",
  );
  found.forEach(({ id, dates, state, instants, code }) => {
    holds(state.includes(text[`standing-${code}`]), `${id}: the state is not said in words: ${state}`);
    for (const instant of instants) {
      const { date, clock } = inZone(instant, "UTC");
      const words = `${written(date, text)} ${clock}`;
      holds(dates.includes(words), `${id}: "${words}" is not among its dates: ${dates}`);
    }
  });
}

async function shown(page) {
  return page.locator("#rows tbody tr:visible th a").allInnerTexts();
}

/** Search and filter leave what the documents say, and the number is told. */
export async function narrows(page, { expected }, text) {
  const all = expected.disputes;
  const say = (n) => text["filter-found"].replace("#", n).replace("#", all.length);
  // Whatever a row says can be searched; that it says the right things is another check.
  const said = new Map((await page.locator("#rows tbody tr").allInnerTexts()).map((words, at) => [all[at], words.toLowerCase()]));
  const holdsWords = (query) => (dispute) => query.toLowerCase().split(" ").every((word) => said.get(dispute).includes(word));
  const named = (dispute) => [dispute.id, ...dispute.parties, ...dispute.panel.map(({ name }) => name)];
  const expect = async (what, disputes) => {
    same(await shown(page), disputes.map((one) => one.id), `rows left by ${what}`);
    same(await page.locator("#found").innerText(), say(disputes.length), `what is said after ${what}`);
  };
  const samples = [all[0], all[Math.floor(all.length / 2)], all.at(-1)];
  const queries = samples.flatMap((one) => [...named(one), one.sessions[0]?.start.slice(11, 16)]).filter(Boolean);
  await expect("nothing", all);
  for (const query of new Set([...queries, queries[1].toUpperCase()])) {
    await page.fill("#q", query);
    await expect(`the search "${query}"`, all.filter(holdsWords(query)));
    // Nobody who is named so is lost.
    const left = await shown(page);
    const lost = all.filter((one) => named(one).includes(query) && !left.includes(one.id));
    same(lost.map(({ id }) => id), [], `disputes lost by the search "${query}"`);
  }
  await page.fill("#q", "\u{29C9} nowhere");
  await expect("a search for what is nowhere", []);
  await page.fill("#q", "");
  for (const state of ["served", "pending", "unserved"]) {
    await page.selectOption("#st", state);
    const left = all.filter((one) => one.state === state);
    await expect(`the filter ${state}`, left);
    if (left.length) {
      await page.fill("#q", left.at(-1).id);
      await expect(`search and filter together`, [left.at(-1)]);
      await page.fill("#q", "");
    }
  }
  await page.selectOption("#st", "");
  await expect("the filter all", all);
  // Enter in the search field sends nothing and loses nothing.
  await page.fill("#q", all[0].id);
  await page.press("#q", "Enter");
  await expect("Enter", all.filter(holdsWords(all[0].id)));
}
