"use strict";
// Filters; and a link to a call opens what hides it. Everything else needs no script.
(() => {
  const form = document.getElementById("filters");
  const entries = [...document.querySelectorAll("[data-severity], .more > .call")];
  const texts = new Map();
  const textOf = (entry) => {
    if (!texts.has(entry)) texts.set(entry, entry.textContent.toLowerCase());
    return texts.get(entry);
  };
  const concerns = (entry, operation) => entry.dataset.operation // a drill is about all that it called
    ? entry.dataset.operation === operation
    : entry.querySelector(`[data-operation="${CSS.escape(operation)}"]`) !== null;
  const apply = () => {
    const wanted = new FormData(form);
    const severities = new Set(wanted.getAll("severity"));
    const operation = wanted.get("operation");
    const text = wanted.get("text").trim().toLowerCase();
    let shown = 0;
    for (const entry of entries) {
      const fits = (!entry.dataset.severity || severities.has(entry.dataset.severity))
        && (!operation || concerns(entry, operation))
        && (!text || textOf(entry).includes(text));
      entry.hidden = !fits;
      shown += fits;
    }
    form.querySelector("output").textContent =
      shown === entries.length ? "" : `${shown.toLocaleString("en")} of ${entries.length.toLocaleString("en")} entries`;
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = entries.length < 2;

  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.hidden = false;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
