// The printed page: all of it is there, whatever is folded on the screen.

import { spawnSync } from "node:child_process";
import { holds } from "./check.mjs";
import { bare } from "./browser.mjs";

/** The text of the page as printed; by pdftotext where it is there, else as the browser lays it out. */
export async function printed(page, path) {
  await page.emulateMedia({ media: "print" });
  for (const control of await page.locator("select,input,button,nav").all()) {
    holds(!(await control.isVisible()), `a control is printed: ${await control.evaluate((one) => one.outerHTML.slice(0, 100))}`);
  }
  await page.emulateMedia({ media: null });
  await page.pdf({ path, format: "A4", printBackground: false, preferCSSPageSize: true });
  const done = spawnSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (done.status === 0) return done.stdout;
  await page.emulateMedia({ media: "print" });
  return page.evaluate(() => document.body.innerText);
}

/** Each dispute stands on paper at least twice (docket and its own part), and so do its panel and dates. */
export function allIsPrinted(text, { expected }, clockOf) {
  // A cell breaks a long word where it likes.
  const paper = bare(text);
  const times = (what) => paper.split(bare(what)).length - 1;
  for (const { id, panel, sessions } of expected.disputes) {
    holds(times(id) >= 2, `${id} stands ${times(id)} times on paper`);
    for (const { name } of panel) holds(times(name) >= 2, `${name} (${id}) stands ${times(name)} times on paper`);
    for (const session of sessions) {
      const clock = clockOf(session);
      holds(times(clock) >= 1, `${id}, ${session.session}: ${clock} does not stand on paper`);
    }
  }
}
