// Checks that go on after the first failure, so that one run tells all that is wrong.

let failed = 0;
let passed = 0;
let only = "";

/** Runs only checks whose name holds this text. */
export function narrow(text) {
  only = text;
}

/** A check: passes unless it throws. */
export async function check(name, body) {
  if (!name.includes(only)) return;
  const start = Date.now();
  try {
    await body();
    passed += 1;
    console.log(`ok   ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    const text = error?.message ?? String(error);
    console.log(`FAIL ${name}\n${text.split("\n").slice(0, 40).map((line) => `     ${line}`).join("\n")}`);
  }
}

/** The exit code, and the sum of it in a line. */
export function verdict() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed || !passed ? 1 : 0;
}

/** Throws with a sentence and what differs first, unless both are the same as JSON. */
export function same(actual, wanted, what) {
  const text = (value) => JSON.stringify(value) ?? "nothing";
  if (text(actual) === text(wanted)) return;
  const lists = Array.isArray(actual) && Array.isArray(wanted);
  const at = lists ? Math.max(actual.findIndex((one, place) => text(one) !== text(wanted[place])), 0) : 0;
  const shown = (value) => text(lists && value.length > 3 ? value.slice(at, at + 3) : value).slice(0, 1200);
  throw new Error(`${what}${lists ? `, from place ${at}` : ""}:\n  page:     ${shown(actual)}\n  expected: ${shown(wanted)}`);
}

/** Throws with a sentence unless it holds. */
export function holds(condition, what) {
  if (!condition) throw new Error(what);
}
