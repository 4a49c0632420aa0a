// Whoever reads with a keyboard, a screen reader, large letters, a small screen, or no scripts.

import axe from "axe-core";
import { holds, same } from "./check.mjs";
import { unfold } from "./browser.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** No serious finding of axe-core, with everything unfolded. */
export async function accessible(page) {
  await unfold(page);
  // Evaluated, not put into the document: the page's policy stays as it is.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (values) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return violations.map(({ id, impact, help, nodes }) => {
      const example = nodes[0];
      return { id, impact, help, number: nodes.length, where: example.target.join(" "), html: example.html.slice(0, 160), why: example.failureSummary };
    });
  }, TAGS);
  const line = ({ id, impact, help, number, where, html, why }) => `${impact} ${id} (${number}): ${help}\n  ${where}\n  ${html}\n  ${why.replace(/\n/g, "\n  ")}`;
  const grave = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  for (const one of found.filter((one) => !grave.includes(one))) console.log(`note axe: ${line(one)}`);
  holds(!grave.length, grave.map(line).join("\n"));
}

/** The body does not scroll sideways; tells what sticks out where it does. */
export async function fits(page, what) {
  await unfold(page);
  const { wide, room, out } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const inside = (element) => {
      // What scrolls or is cut off within its own frame does not widen the page.
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== "visible") return true;
      }
      return false;
    };
    const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
    const out = wide <= room ? [] : [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1 && !inside(one));
    return { wide, room, out: out.slice(0, 8).map((one) => one.outerHTML.slice(0, 120)) };
  });
  holds(wide <= room, `${what}: ${wide} px wide in ${room} px:\n${out.join("\n")}`);
}

/** The keyboard reaches what there is, in order, and shows where it is. */
export async function keyboard(page, sections) {
  const now = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      // The middle of what of it lies within the window.
      const middle = (from, to, size) => (Math.max(from, 0) + Math.min(to, size - 1)) / 2;
      const top = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
      return {
        name: at.id ? `#${at.id}` : (at.getAttribute("href") ?? at.nodeName.toLowerCase()),
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        // Not off the screen, nor behind what stays in place.
        visible: box.width > 1 && box.height > 1 && Boolean(top) && (at.contains(top) || top.contains(at)),
      };
    });
  const path = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const at = await now();
    if (at.name === "body") break;
    holds(at.visible, `the focus is on ${at.name}, which is not seen`);
    holds(at.marked, `the focus on ${at.name} is not marked`);
    path.push(at.name);
  }
  const links = sections.map((id) => `#${id}`);
  same(path.slice(0, 1 + links.length), ["#main", ...links], "the first stops of the keyboard");
  const rest = path.slice(1 + links.length);
  same(rest.slice(0, 2), ["#q", "#st"], "the stops after the links");
  holds(rest.includes("#d1"), `the first dispute's link is no stop: ${rest.join(" ")}`);
  // Skipping leads past the links.
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
  });
  await page.reload();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  same((await now()).name, "#q", "the stop after skipping to the content");
}

/** Folded parts open by the keyboard. */
export async function unfoldsByKeyboard(page) {
  const first = page.locator("details:not([open]) > summary").first();
  if (!(await first.count())) return;
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = false)));
  const summary = page.locator("#disputes details > summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  holds(await summary.evaluate((one) => one.parentElement.open), "Enter on a folded part does not open it");
}

/** Headings go down by one level at a time, ids are unique, links within the page lead somewhere. */
export async function wellFormed(page, file) {
  const found = await page.evaluate(() => {
    const faults = [];
    let level = 0;
    for (const heading of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
      const own = Number(heading.nodeName[1]);
      if (own > level + 1) faults.push(`h${own} after h${level}: ${heading.textContent.slice(0, 60)}`);
      level = own;
    }
    const ids = new Set();
    for (const { id } of document.querySelectorAll("[id]")) {
      if (ids.has(id)) faults.push(`the id ${id} stands twice`);
      ids.add(id);
    }
    for (const link of document.querySelectorAll("a[href]")) {
      const to = link.getAttribute("href");
      if (!to.startsWith("#")) faults.push(`a link out of the page: ${to}`);
      else if (!ids.has(to.slice(1))) faults.push(`a link to nothing: ${to}`);
    }
    for (const attribute of ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"]) {
      for (const one of document.querySelectorAll(`[${attribute}]`)) {
        for (const id of one.getAttribute(attribute).split(" ")) if (!ids.has(id)) faults.push(`${attribute} of nothing: ${id}`);
      }
    }
    for (const use of document.querySelectorAll("use")) {
      const to = use.getAttribute("href") ?? use.getAttribute("xlink:href");
      if (!to?.startsWith("#") || !ids.has(to.slice(1))) faults.push(`a picture of nothing: ${to}`);
    }
    const inline = [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on")));
    if (inline.length) faults.push(`a script in an attribute: ${inline[0].outerHTML.slice(0, 100)}`);
    return faults;
  });
  same(found.slice(0, 10), [], `faults of ${file}`);
}
