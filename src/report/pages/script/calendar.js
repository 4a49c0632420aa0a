(function () {
  "use strict";
  var DAY = 1440, LONGEST = 7 * DAY, FEW_WEEKS = 10, FEW_SESSIONS = 200;

  // The layout: what src/report/pages/calendar/layout.rs does, on any clock.

  // "60,29850000:0" -> [{start, offset}]: the first offset, then each change.
  function readClock(text) {
    var spans = [], each = text.split(",");
    for (var i = 0; i < each.length; i++) {
      var pair = each[i].split(":");
      spans.push(i ? { start: +pair[0], offset: +pair[1] } : { start: -Infinity, offset: +pair[0] });
    }
    return spans;
  }

  function offsetAt(clock, instant) {
    var offset = 0;
    for (var i = 0; i < clock.length; i++) { if (clock[i].start <= instant) { offset = clock[i].offset; } }
    return offset;
  }

  function monday(day) { return Math.floor((day + 3) / 7) * 7 - 3; }

  function partsOf(at, start, end, clock) {
    end = Math.min(Math.max(end, start + 1), start + LONGEST);
    var parts = [], byDay = {};
    for (var i = 0; i < clock.length; i++) {
      var first = Math.max(start, clock[i].start);
      var last = i + 1 < clock.length ? Math.min(end, clock[i + 1].start) : end;
      if (first >= last) { continue; }
      first += clock[i].offset;
      last += clock[i].offset;
      for (var day = Math.floor(first / DAY); day <= Math.floor((last - 1) / DAY); day++) {
        var from = Math.max(first - day * DAY, 0), to = Math.min(last - day * DAY, DAY), part = byDay[day];
        if (part) {
          part.from = Math.min(part.from, from);
          part.to = Math.max(part.to, to);
        } else {
          part = byDay[day] = { session: at, day: day, from: from, to: to, before: false, after: false, lane: 0 };
          parts.push(part);
        }
      }
    }
    parts.sort(function (a, b) { return a.day - b.day; });
    for (var p = 0; p < parts.length; p++) {
      parts[p].before = p > 0;
      parts[p].after = p < parts.length - 1;
    }
    return parts;
  }

  function lay(sessions, clock, label, mark) {
    var parts = [], ends = [], today = null;
    for (var i = 0; i < sessions.length; i++) { parts = parts.concat(partsOf(i, sessions[i][0], sessions[i][1], clock)); }
    parts.sort(function (a, b) { return a.day - b.day || a.from - b.from || a.to - b.to || a.session - b.session; });
    for (var p = 0; p < parts.length; p++) {
      var part = parts[p], lane = 0;
      if (part.day !== today) { today = part.day; ends = []; }
      var width = Math.max(part.to - part.from, label + (part.before || part.after ? mark : 0));
      var from = Math.min(part.from, DAY - width);
      while (lane < ends.length && ends[lane] > from) { lane++; }
      part.lane = lane;
      ends[lane] = from + width;
    }
    return parts;
  }

  // The readings that each change skips or shows twice.
  function changes(clock) {
    var all = [];
    for (var i = 1; i < clock.length; i++) {
      var before = clock[i - 1].offset, after = clock[i].offset;
      var low = clock[i].start + Math.min(before, after), day = Math.floor(low / DAY);
      all.push({ day: day, from: low - day * DAY, to: low - day * DAY + Math.abs(after - before), before: before, after: after });
    }
    return all;
  }

  if (typeof module === "object" && module && module.exports) {
    module.exports = { readClock: readClock, offsetAt: offsetAt, lay: lay, changes: changes };
    return;
  }

  // The page. Without this script the weeks stand on UTC.
  var doc = document;
  function byId(id) { return doc.getElementById(id); }
  var box = byId("cal"), form = byId("cal-form"), select = byId("cal-zone"), caption = byId("cal-clock");
  if (!box || !form || !select || !caption || !box.querySelectorAll || !box.classList) { return; }

  function word(name) { return box.getAttribute("data-" + name) || ""; }
  function fill(text, values) {
    return text.replace(/\{(\d)\}/g, function (_, at) { return values[+at]; });
  }
  var days = word("days").split("|"), months = word("months").split("|");
  var label = +word("label"), mark = +word("mark");

  function two(n) { return (n < 10 ? "0" : "") + n; }
  function clockOf(minutes) {
    var m = ((minutes % DAY) + DAY) % DAY;
    return two(Math.floor(m / 60)) + ":" + two(m % 60);
  }
  function endOf(minutes) { return minutes === DAY ? "24:00" : clockOf(minutes); }
  function offsetText(minutes) {
    var size = Math.abs(minutes);
    return (minutes < 0 ? "\u2212" : "+") + two(Math.floor(size / 60)) + ":" + two(size % 60);
  }
  function dateOf(day) {
    var date = new Date(day * 864e5);
    return fill(word("date"), [days[(day % 7 + 10) % 7], date.getUTCDate(), months[date.getUTCMonth()], date.getUTCFullYear()]);
  }

  var found = box.querySelectorAll("a[data-t]"), sessions = [], links = [];
  for (var i = 0; i < found.length; i++) {
    var times = found[i].getAttribute("data-t").split(",");
    sessions.push([+times[0], +times[1]]);
    links.push({ href: found[i].getAttribute("href"), text: found[i].querySelector("span").textContent, held: found[i].parentNode.classList.contains("h") });
  }

  function add(parent, name, text, className) {
    var element = doc.createElement(name);
    if (className) { element.className = className; }
    if (text) { element.appendChild(doc.createTextNode(text)); }
    parent.appendChild(element);
    return element;
  }

  function block(list, part, clock) {
    var link = links[part.session], session = sessions[part.session], crosses = part.before || part.after;
    var item = add(list, "li", "", ((link.held ? "h " : "") + (crosses ? "c" : "")).trim());
    item.setAttribute("style", "--s:" + part.from + ";--l:" + (part.to - part.from) + ";--y:" + part.lane);
    var a = add(item, "a");
    a.setAttribute("href", link.href);
    var start = session[0] + offsetAt(clock, session[0]), end = session[1] + offsetAt(clock, session[1]);
    add(a, "b", clockOf(start) + "\u2013" + clockOf(end));
    add(a, "span", link.text);
    if (crosses) { add(a, "i", " " + word(part.before ? "before" : "after")); }
  }

  function oneDay(parent, day, parts, clock, turns) {
    var own = turns.filter(function (turn) { return turn.day === day; });
    var row = add(parent, "div", "", parts.length || own.length ? "day" : "day no");
    add(row, "h4", dateOf(day));
    var right = add(row, "div"), lanes = 1;
    own.forEach(function (turn) {
      var values = [clockOf(turn.from), endOf(turn.to), offsetText(turn.before), offsetText(turn.after)];
      add(right, "p", fill(word(turn.after > turn.before ? "skips" : "doubles"), values), "chg");
    });
    if (!parts.length) {
      add(right, "p", word("none"), "none");
      return;
    }
    var list = add(right, "ol");
    parts.forEach(function (part) {
      lanes = Math.max(lanes, part.lane + 1);
      block(list, part, clock);
    });
    list.setAttribute("style", "--k:" + lanes);
    own.forEach(function (turn) {
      var gap = add(list, "li", "", "gap");
      gap.setAttribute("aria-hidden", "true");
      gap.setAttribute("style", "--s:" + turn.from + ";--l:" + (Math.min(turn.to, DAY) - turn.from));
    });
  }

  function oneWeek(week, clock, turns) {
    var details = doc.createElement("details"), first = week.first, seen = {}, count = 0;
    week.parts.forEach(function (part) {
      if (!seen[part.session]) { seen[part.session] = true; count++; }
    });
    add(details, "summary", fill(word("week"), [dateOf(first), dateOf(first + 6), count]));
    var axis = add(details, "p", "", "ax");
    axis.setAttribute("aria-hidden", "true");
    for (var hour = 0; hour <= 24; hour += 3) { add(axis, "span", String(hour)).setAttribute("style", "--s:" + hour * 60); }
    for (var day = first; day < first + 7; day++) {
      oneDay(details, day, week.parts.filter(function (part) { return part.day === day; }), clock, turns);
    }
    return details;
  }

  function show() {
    var option = select.options[select.selectedIndex];
    if (!option) { return; }
    var clock = readClock(option.getAttribute("data-z")), turns = changes(clock), weeks = [];
    lay(sessions, clock, label, mark).forEach(function (part) {
      var first = monday(part.day);
      if (!weeks.length || weeks[weeks.length - 1].first !== first) { weeks.push({ first: first, parts: [] }); }
      weeks[weeks.length - 1].parts.push(part);
    });
    var all = weeks.length <= FEW_WEEKS && sessions.length <= FEW_SESSIONS, next = 0;
    while (next < weeks.length && weeks[next].parts.every(function (part) { return links[part.session].held; })) { next++; }
    if (next === weeks.length) { next = 0; }
    var drawn = weeks.map(function (week, at) {
      var details = oneWeek(week, clock, turns);
      details.open = all || at === next;
      return details;
    });
    while (box.firstChild) { box.removeChild(box.firstChild); }
    drawn.forEach(function (details) { box.appendChild(details); });
    caption.textContent = fill(caption.getAttribute("data-text"), [option.value]);
  }

  // UTC is what Rust wrote; it comes back as it was.
  var written = [];
  for (var child = box.firstChild; child; child = child.nextSibling) { written.push(child); }
  function choose() {
    if (select.selectedIndex > 0) {
      show();
      return;
    }
    while (box.firstChild) { box.removeChild(box.firstChild); }
    written.forEach(function (node) { box.appendChild(node); });
    caption.textContent = fill(caption.getAttribute("data-text"), [select.value]);
  }
  form.hidden = false;
  select.addEventListener("change", choose);
})();
