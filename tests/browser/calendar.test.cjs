// The layout of src/report/pages/script/calendar.js, run outside of a page.
//
// Takes from standard input the sessions, the room for labels, and zones as the page has them; gives
// the parts of every session and the changes of every zone. src/report/pages/calendar/tests.rs
// compares them with its own.
"use strict";
var path = require("path");
var calendar = require(path.join(__dirname, "../../src/report/pages/script/calendar.js"));
var input = JSON.parse(require("fs").readFileSync(0, "utf8"));
var output = input.zones.map(function (text) {
  var clock = calendar.readClock(text);
  var parts = calendar.lay(input.sessions, clock, input.label, input.mark);
  return {
    parts: parts.map(function (p) { return [p.session, p.day, p.from, p.to, +p.before, +p.after, p.lane]; }),
    changes: calendar.changes(clock).map(function (c) { return [c.day, c.from, c.to, c.before, c.after]; }),
    offsets: input.sessions.map(function (s) { return [calendar.offsetAt(clock, s[0]), calendar.offsetAt(clock, s[1])]; })
  };
});
process.stdout.write(JSON.stringify(output));
