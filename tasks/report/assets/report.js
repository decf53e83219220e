// Draws the charts in the chosen language and colours, and shows the events that a number or a column stands for.
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("charts").textContent);
  const root = document.documentElement;
  const color = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();

  function translated(value) {
    // "@key" is a label, "$name" a colour of the page; both are written by us, never by a text from outside.
    if (Array.isArray(value)) return value.map(translated);
    if (value && typeof value === "object") {
      if (value.type === "Topology" || Array.isArray(value.rows)) return value.rows || value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, translated(item)]));
    }
    if (typeof value === "string" && value.startsWith("@")) return data.labels[root.lang][value.slice(1)] || value;
    if (typeof value === "string" && value.startsWith("$")) return color(value.slice(1));
    if (value === "name_en" && root.lang === "ar") return "name_ar";
    return value;
  }

  function draw() {
    const style = {
      background: "transparent",
      font: getComputedStyle(document.body).fontFamily,
      axis: { labelColor: color("soft"), titleColor: color("soft"), gridColor: color("line"), domainColor: color("line"), tickColor: color("line") },
      legend: { labelColor: color("soft"), titleColor: color("soft") },
      view: { stroke: null },
    };
    for (const [id, spec] of Object.entries(data.charts)) {
      const ready = Object.assign(translated(spec), { config: style });
      window.vegaEmbed("#" + id, ready, { actions: false, renderer: "svg" }).then((chart) => {
        chart.view.addEventListener("click", (event, item) => {
          if (item && item.datum && item.datum.from) show({ from: item.datum.from, to: item.datum.to, quad: String(item.datum.quad) });
        });
        document.getElementById(id).dataset.drawn = root.lang;
      });
    }
  }

  const cards = Array.from(document.querySelectorAll("#list article"));
  function matches(card, wanted) {
    const d = card.dataset;
    for (const [name, value] of Object.entries(wanted)) {
      if (name === "from") { if (d.day < value) return false; }
      else if (name === "to") { if (d.day > value) return false; }
      else if (name === "actor") { if (d.sourceCode !== value && d.targetCode !== value) return false; }
      else if (name === "outlet") { if (!d.outlets.split("\n").includes(value)) return false; }
      else if (d[name] !== value) return false;
    }
    return true;
  }
  function show(wanted) {
    let shown = 0;
    for (const card of cards) {
      card.hidden = !matches(card, wanted);
      if (!card.hidden) shown += 1;
    }
    document.getElementById("shown").textContent = shown + " / " + cards.length;
    document.getElementById("all").hidden = Object.keys(wanted).length === 0;
    if (Object.keys(wanted).length) document.getElementById("list").scrollIntoView();
  }
  function follow() {
    const hash = window.location.hash;
    if (hash.startsWith("#list?")) show(Object.fromEntries(new URLSearchParams(hash.slice(6))));
  }
  document.getElementById("all").addEventListener("click", () => { history.replaceState(null, "", "#list"); show({}); });
  window.addEventListener("hashchange", follow);
  document.addEventListener("language", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
  follow();
})();
