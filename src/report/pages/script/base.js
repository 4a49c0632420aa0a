(function () {
  "use strict";
  var doc = document;
  function byId(id) { return doc.getElementById(id); }

  // The docket: search and filter. Without this script all rows are there.
  var form = byId("filter"), rows = byId("rows");
  if (form && rows && rows.tBodies && rows.tBodies[0]) {
    var query = byId("q"), standing = byId("st"), found = byId("found");
    var list = rows.tBodies[0].rows;
    var texts = [];
    for (var i = 0; i < list.length; i++) { texts.push((list[i].textContent || "").toLowerCase()); }
    var filter = function () {
      var words = query.value.toLowerCase().split(/\s+/), shown = 0;
      for (var r = 0; r < list.length; r++) {
        var fits = !standing.value || list[r].getAttribute("data-st") === standing.value;
        for (var w = 0; w < words.length && fits; w++) { fits = texts[r].indexOf(words[w]) >= 0; }
        list[r].hidden = !fits;
        if (fits) { shown++; }
      }
      found.textContent = found.getAttribute("data-text").replace("#", shown).replace("#", list.length);
    };
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    query.addEventListener("input", filter);
    standing.addEventListener("change", filter);
    filter();
  }

  // What a link leads to is opened.
  function reveal() {
    var target = location.hash.length > 1 && byId(location.hash.slice(1));
    for (var at = target; at; at = at.parentNode) {
      if (at.nodeName === "DETAILS") { at.open = true; }
    }
    if (target && target.scrollIntoView) { target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  // A link that was followed before changes no address.
  doc.addEventListener("click", function (event) {
    var link = event.target;
    while (link && link.nodeName !== "A") { link = link.parentNode; }
    if (link && link.getAttribute("href") === location.hash) { reveal(); }
  });
  if (location.hash) { reveal(); }

  // All is printed, and closed again afterwards.
  var closed = [];
  window.addEventListener("beforeprint", function () {
    var all = doc.querySelectorAll("details:not([open])");
    for (var i = 0; i < all.length; i++) { closed.push(all[i]); all[i].open = true; }
  });
  window.addEventListener("afterprint", function () {
    while (closed.length) { closed.pop().open = false; }
  });
})();
