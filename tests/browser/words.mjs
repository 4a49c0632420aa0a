// Words: those of the page's own language, and nothing that was forgotten.

import { holds, same } from "./check.mjs";
import { unfold } from "./browser.mjs";
import { allText, calendars } from "./documents.mjs";

/** All that is seen, heard, or kept for a script to say; what is marked as another language is not among it. */
async function texts(page) {
  await unfold(page);
  return page.evaluate(() => {
    const own = document.documentElement.lang;
    const foreign = (element) => element.closest("[lang]")?.lang !== own;
    const found = [];
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (!parent.closest("script,style,code,kbd") && !foreign(parent)) found.push(node.data);
    }
    for (const name of ["aria-label", "title", "alt", "placeholder", "aria-description", "aria-roledescription", "content"]) {
      for (const one of document.querySelectorAll(`body [${name}]`)) if (!foreign(one)) found.push(one.getAttribute(name));
    }
    return found;
  });
}

/** No message is missing, no value is undefined, and no braces are left of a message. */
export async function complete(page) {
  const marks = /[\u27e6\u27e7]|\bundefined\b|\bNaN\b|\[object |\{\s*\$|\{\$?\w+\}/;
  const found = (await texts(page)).filter((text) => marks.test(text));
  same([...new Set(found)].slice(0, 10), [], "texts that are not finished");
  const html = await page.content();
  holds(!/[\u27e6\u27e7]/.test(html), "a message is missing in an attribute or a script");
}

/**
 * On the Chinese page a Latin word comes from the documents, or stands in the Chinese messages:
 * whatever else there is was not translated. On the English page nothing is Chinese.
 */
export async function ownWords(page, language, { instance, solution }) {
  const found = await texts(page);
  if (language === "en") {
    const documents = JSON.stringify([instance, solution]);
    const han = found.filter((text) => /\p{Script=Han}/u.test(text) && !documents.includes(text.trim()));
    same(han.slice(0, 10), [], "texts of the English page that are Chinese");
    return;
  }
  const word = /\p{Script=Latin}{2,}/gu;
  const known = `${JSON.stringify([instance, solution])}\n${allText("zh")}\n${calendars()}`.match(word);
  const also = ["UTC", "Etc", "GMT"];
  const allowed = new Set([...known, ...also].map((one) => one.toLowerCase()));
  const zones = new Set(Intl.supportedValuesOf("timeZone").flatMap((zone) => zone.match(word)).map((one) => one.toLowerCase()));
  const strange = new Map();
  for (const text of found) {
    for (const one of text.match(word) ?? []) {
      if (!allowed.has(one.toLowerCase()) && !zones.has(one.toLowerCase())) strange.set(one, text.trim().slice(0, 80));
    }
  }
  same([...strange].slice(0, 15), [], "words of the Chinese page that are not");
}
