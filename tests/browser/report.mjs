// Reads reports in a browser, as people do, and holds them to the documents.
//
//     npm ci --prefix tests/browser
//     node tests/browser/report.mjs target/release/comity
//
//   --keep DIR      documents and reports stay there, and solutions that lie there are used again
//   --only TEXT     only the checks whose name holds this text
//   --shots DIR     also takes pictures of the pages, for people to look at
//   --picture FILE  only takes the picture of the README
//
// Needs Chromium; pdftotext (poppler-utils) is used where it is there. Nothing is taken from the
// network.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readable } from "./bare.mjs";
import { accessible, fits, keyboard, unfoldsByKeyboard, wellFormed } from "./access.mjs";
import { open, start, unfold } from "./browser.mjs";
import { linksLead, pathsAreDrawn, timesAreRight } from "./dispute.mjs";
import { comesBack, movesWithTheClock, offersEveryClock, zones } from "./calendar.mjs";
import { check, holds, narrow, same, verdict } from "./check.mjs";
import { narrows, rowsAreRight } from "./docket.mjs";
import { documents, inZone, run, words } from "./documents.mjs";
import { found, keeps, secrets, somebody } from "./party.mjs";
import { allIsPrinted, printed } from "./print.mjs";
import { picture, shots } from "./shots.mjs";
import { complete, ownWords } from "./words.mjs";

const SECTIONS = ["docket", "calendar", "disputes", "numbers", "proof"];
const LIMIT = 2_000_000;
const LANGUAGES = ["en", "zh"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: "string" }, only: { type: "string" }, shots: { type: "string" }, picture: { type: "string" } },
});
if (positionals.length !== 1) {
  console.error("usage: node report.mjs COMITY [--keep DIR] [--only TEXT] [--shots DIR] [--picture FILE]");
  process.exit(2);
}
const comity = resolve(positionals[0]);
const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), "comity-report-"));
narrow(values.only ?? "");
mkdirSync(folder, { recursive: true });
const browser = await start();
let code = 1;
try {
  if (values.picture) {
    const [launch] = documents(comity, folder, ["launch"]);
    await picture(browser, report(launch, "en"), resolve(values.picture));
    code = 0;
  } else {
    await everything();
    code = verdict();
  }
} finally {
  await browser.close();
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}
process.exit(code);

/** Makes a report when it is first asked for; gives a function that gives its path. */
function lazily(...what) {
  let path;
  return () => (path ??= report(...what));
}

/** Makes a report; gives its path. */
function report({ name, paths }, language, reader) {
  const path = join(folder, `${name}-${language}${reader ? "-party" : ""}.html`);
  run(comity, ["report", paths.instance, paths.solution, "-o", path, "--language", language, ...(reader ? ["--for", reader] : [])]);
  return path;
}

async function everything() {
  const all = documents(comity, folder);
  const reports = all.flatMap((document) => LANGUAGES.map((language) => () => reads(document, language)));
  const spring = all.find(({ name }) => name === "spring");
  const tasks = [...reports, ...LANGUAGES.map((language) => () => readsAsParty(spring, language))];
  // Two at a time: one waits for the browser while the other works.
  const worker = async () => {
    for (let task = tasks.shift(); task; task = tasks.shift()) await task();
  };
  await Promise.all([worker(), worker()]);
}

/** Everything that is asked of a report for the secretariat. */
async function reads(document, language) {
  const { name } = document;
  const large = name === "random";
  // The other documents are there for what they alone have; another language brings nothing new then.
  const full = name === "launch" || name === "spring" || language === "en";
  const text = words(language);
  const of = `${name}, ${language}`;
  const file = lazily(document, language);
  const inPage = (what, body, options = {}) => check(`${of}: ${what}`, () => open(browser, file(), options, body));

  await check(`${of}: the file is small and forbids itself the network`, () => {
    const size = statSync(file()).size;
    console.log(`note ${of}: ${size} bytes`);
    holds(size < LIMIT, `${size} bytes`);
    holds(/http-equiv="Content-Security-Policy" content="default-src 'none';/.test(readFileSync(file(), "utf8")), "no policy");
  });
  await inPage("nothing goes wrong, every part is there and opens", async (page) => {
    same(await page.locator("main > section").evaluateAll((all) => all.map(({ id }) => id)), SECTIONS, "parts of the page");
    for (const id of SECTIONS) holds((await page.locator(`#${id}`).innerText()).trim().includes("\n"), `#${id} is empty`);
    await page.locator("nav a").last().click();
    await unfold(page);
    holds(await page.locator(".verdict").isVisible(), "no verdict");
  });
  await inPage("words", async (page) => {
    await complete(page);
    await ownWords(page, language, document);
  });
  if (!large) await inPage("axe", accessible);
  if (values.shots) await check(`${of}: pictures`, () => shots(browser, file(), `${name}-${language}`, resolve(values.shots)));
  if (!full) return;
  await inPage("the docket's rows", (page) => rowsAreRight(page, document, text));
  await inPage("search and filter", (page) => narrows(page, document, text));
  await inPage("links lead to disputes", (page) => linksLead(page, document));
  await inPage("everyone's local times", async (page) => {
    await unfold(page);
    await timesAreRight(page, document, text);
  });
  await inPage("disclosures with their paths", (page) => pathsAreDrawn(page, document));
  await inPage("the calendar on other clocks", async (page) => {
    if (!(await page.locator("#cal-zone").count()) && !document.solution.sessions.length) return;
    await offersEveryClock(page, document);
    await comesBack(page);
    const all = await zones(page);
    // Of many sessions a few clocks will do: the ends, the middle, and those that change.
    const many = large || document.solution.sessions.length > 60;
    const some = many ? all.filter((zone, at) => at < 1 || at >= all.length - 1 || /London|New_York/.test(zone)) : all;
    const marks = await movesWithTheClock(page, document, text, some);
    if (name === "spring") holds(marks > 0, "no change of clocks is marked");
  });
  await inPage("well formed", (page) => wellFormed(page, of));
  await inPage("keyboard", async (page) => {
    await keyboard(page, SECTIONS);
    await unfoldsByKeyboard(page);
  });
  await inPage("at 320 px", (page) => fits(page, "320 px"), { viewport: { width: 320, height: 800 } });
  await inPage("at 200 %", (page) => fits(page, "200 %"), { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
  await inPage("letters twice as large", async (page) => {
    await page.addStyleTag({ content: "html{font-size:200%}" });
    await fits(page, "large letters");
  });
  // A sheet of A4 within its margins, at the smallest scale to which browsers shrink what is too wide.
  await inPage("nothing is cut off on paper", async (page) => {
    await page.emulateMedia({ media: "print" });
    await fits(page, "A4");
  }, { viewport: { width: 2 * 718, height: 2000 } });
  for (const scripts of [true, false]) {
    const how = scripts ? "" : " without scripts";
    await inPage(`on paper${how}`, async (page) => {
      const paper = await printed(page, join(folder, `${name}-${language}.pdf`));
      allIsPrinted(paper, document, ({ start, end }) => `${inZone(start, "UTC").clock}–${inZone(end, "UTC").clock}`);
    }, { javaScriptEnabled: scripts });
  }
  await inPage("all can be read without scripts", (page) => readable(page, document, text), { javaScriptEnabled: false });
  // On a small screen the page is the same but for its styles.
  if (name === "launch") await inPage("axe on a phone", accessible, { viewport: { width: 360, height: 800 }, isMobile: true, hasTouch: true });
}

/** A report for a party that has caucuses. */
async function readsAsParty(document, language) {
  const text = words(language);
  const who = somebody(document);
  const reader = `${who.dispute.id}/${who.party}`;
  const of = `${document.name} for ${reader}, ${language}`;
  const file = lazily(document, language, reader);
  const hidden = secrets(document, who, text);
  await check(`${of}: the file tells no secret`, () => {
    keeps(hidden, readFileSync(file(), "utf8"));
    // The secretariat's file tells them in the same form, so that they would be found here.
    const told = found(hidden, readFileSync(report(document, language), "utf8"));
    holds(told.length > 300, `only ${told.length} of ${hidden.size} secrets are known by the form in which a page tells them`);
  });
  await check(`${of}: nor does the page after everything was tried`, () =>
    open(browser, file(), {}, async (page) => {
      same(await page.locator("#rows tbody tr").count(), 1, "rows of the docket");
      const own = who.dispute.sessions.filter((session) => session.parties.includes(who.party));
      same(await page.locator("#d1 table.lt tbody tr").count(), own.length, "sessions of the dispute");
      await page.locator("#rows tbody a").first().click();
      await unfold(page);
      const texts = [await page.content(), await page.evaluate(() => document.body.innerText)];
      for (const select of await page.locator("#calendar select").all()) {
        for (const value of await select.locator("option").evaluateAll((all) => all.map((one) => one.value))) {
          await select.selectOption(value);
          texts.push(await page.locator("#calendar").innerText());
        }
      }
      keeps(hidden, ...texts);
    }),
  );
  for (const [what, body] of [["axe", accessible], ["well formed", (page) => wellFormed(page, of)], ["words", complete]]) {
    await check(`${of}: ${what}`, () => open(browser, file(), {}, body));
  }
  if (values.shots) await check(`${of}: pictures`, () => shots(browser, file(), `${document.name}-${language}-party`, resolve(values.shots)));
}
