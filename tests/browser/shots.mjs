// Pictures of pages, for people.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, unfold } from "./browser.mjs";

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 800 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  // A4 at 96 dots an inch, less its margins.
  paper: { viewport: { width: 720, height: 1020 } },
};

/** Each part of the page on each kind of screen, one file a part; at most 6000 px of each. */
export async function shots(browser, file, name, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [screen, options] of Object.entries(SCREENS)) {
    await open(browser, file, options, async (page) => {
      const save = (part, more) => page.screenshot({ path: join(folder, `${name}-${screen}-${part}.png`), ...more });
      if (screen === "paper") {
        await unfold(page);
        await page.emulateMedia({ media: "print" });
      } else {
        await save("0-first");
      }
      const parts = await page.locator("main > section").all();
      for (const [at, part] of parts.entries()) {
        await part.scrollIntoViewIfNeeded();
        const box = await part.boundingBox();
        const offset = await page.evaluate(() => [scrollX, scrollY]);
        const clip = { x: box.x + offset[0], y: box.y + offset[1], width: box.width, height: Math.min(box.height, 6000) };
        if (clip.height > 0) await save(`${at + 1}-${await part.getAttribute("id")}`, { fullPage: true, clip });
      }
    });
  }
}

/** The picture of the README: what is seen first, and the docket. */
export async function picture(browser, file, path) {
  await open(browser, file, { viewport: { width: 1100, height: 860 } }, (page) => page.screenshot({ path }));
}
