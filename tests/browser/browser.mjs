// A browser that notices what a page must not do.

import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Nothing outside is found, whatever asks for it.
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/** Starts Chromium: the one named by CHROMIUM, or the one of the system. */
export async function start() {
  const executablePath = [process.env.CHROMIUM, ...PROGRAMS].find((path) => path && existsSync(path));
  if (!executablePath) throw new Error(`no Chromium: set CHROMIUM, or install one of ${PROGRAMS.join(", ")}`);
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * Opens a report and gives `use` the page; afterwards tells what the page did that it must not:
 * errors, messages on the console, requests for anything but itself.
 */
export async function open(browser, file, options, use) {
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", timezoneId: "UTC", ...options });
  context.setDefaultTimeout(20_000);
  const noticed = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => noticed.push(`error: ${error}`));
    page.on("console", (message) => noticed.push(`console: ${message.text()}`));
    page.on("request", (request) => {
      const to = request.url();
      if (to.split("#")[0] !== url && !to.startsWith("data:")) noticed.push(`request: ${to}`);
    });
    page.on("popup", () => noticed.push("a window was opened"));
    await page.goto(url);
    const given = await use(page);
    if (noticed.length) throw new Error(noticed.slice(0, 5).join("\n"));
    return given;
  } finally {
    await context.close();
  }
}

/** Opens everything that is folded. */
export async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
}

/** What a person reads in an element: folded or hidden text is not among it. */
export async function seen(page, selector) {
  return page.locator(selector).first().innerText();
}

/** Without any white space: how text is broken into lines and cells tells nothing. */
export function bare(text) {
  return text.replace(/\s+/gu, "");
}
