// The page with scripts off: everything can be read.

import { holds, same } from "./check.mjs";
import { rowsAreRight } from "./docket.mjs";
import { inZone } from "./documents.mjs";

/** No control that does nothing, no word that promises one; docket, calendar and disputes in full. */
export async function readable(page, document, text) {
  const { expected } = document;
  holds(!(await page.locator("#filter").isVisible()), "a filter that does nothing is shown");
  for (const control of await page.locator("select,input,button").all()) {
    holds(!(await control.isVisible()), `a control that does nothing is shown: ${await control.evaluate((one) => one.outerHTML.slice(0, 100))}`);
  }
  await rowsAreRight(page, document, text);
  await page.locator("#rows tbody a").first().click();
  await opens(page);
  const calendar = await page.locator("#calendar").innerText();
  for (const { id, sessions } of expected.disputes) {
    if (!sessions.length) continue;
    holds(calendar.includes(id), `${id} is not in the calendar`);
    for (const session of sessions) {
      const { clock } = inZone(session.start, "UTC");
      holds(calendar.includes(clock), `${id}, ${session.session}: ${clock} is not in the calendar`);
    }
  }
  for (const dispute of expected.disputes) {
    const article = page.locator(`#d${dispute.number}`);
    holds(await article.isVisible(), `${dispute.id} cannot be read`);
    const words = await article.innerText();
    for (const { name } of dispute.panel) holds(words.includes(name), `${dispute.id}: ${name} is not told`);
  }
}

/** Opens every folded part as a reader would: by a click on its summary. */
async function opens(page) {
  for (let round = 0; round < 6; round += 1) {
    const closed = page.locator("details:not([open]) > summary:visible");
    const number = await closed.count();
    if (!number) return;
    // Clicks by hand for some, to see that they work; the rest all at once.
    // All are taken before the first click: whatever opens is no longer among those that are closed.
    for (const folded of (await closed.elementHandles()).slice(0, 5)) {
      await folded.click();
      holds(await folded.evaluate((one) => one.parentElement.open), "a click does not open a folded part");
    }
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  }
  same(await page.locator("details:not([open])").count(), 0, "parts that stay folded");
}
