"""What a page of ours looks like and how its filters work: one style sheet and one script, as constants.

Both are inline and named by their hash in the page's Content-Security-Policy, so nothing that a stranger wrote can run.
Without the script everything is shown and the filters stay hidden.
"""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; LIGHT }
@media (prefers-color-scheme: dark) { :root { DARK } }
* { box-sizing: border-box; }
html { font: 100%/1.5 FAMILY; background: var(--ground); color: var(--ink); }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.5rem; margin: 2rem 0 .5rem; padding-bottom: .2rem; border-bottom: 2px solid var(--axis); }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .25rem 0 .5rem; }
a { color: var(--happened); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; background: var(--ink); color: var(--ground); padding: .6rem 1rem; }
.skip:focus { left: 1rem; top: 1rem; }
.muted, footer, cite { color: var(--muted); }
cite { font-style: normal; }
ol { list-style: none; margin: 0; padding: 0; }
.entry { margin: 0 0 1.1rem; padding: .1rem 0 .1rem .9rem; border-left: 4px solid var(--happened); }
.planned { border-left: 4px dashed var(--planned); } .planned h3 { color: var(--planned); }
.alleged { border-left: 4px dotted var(--alleged); } .alleged h3 { color: var(--alleged); }
.denied { border-left: 6px double var(--denied); } .denied h3 { color: var(--denied); }
.threatened { border-left: 4px dashed var(--threatened); } .threatened h3 { color: var(--threatened); }
.happened h3 { color: var(--happened); }
.note { font-weight: 400; }
.dispute { color: var(--dispute); font-weight: 600; }
.dispute ul { font-weight: 400; color: var(--ink); }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 2px solid var(--axis); }
blockquote p { margin: 0; }
summary { cursor: pointer; padding: .35rem 0; color: var(--muted); }
.today { border-top: 3px solid var(--ink); font-weight: 700; margin: 1.5rem 0 .8rem; padding-top: .2rem; }
form { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .7rem; background: var(--band);
  padding: .9rem; border-radius: .5rem; margin: 1rem 0 0; }
form[hidden], .entry[hidden], section[hidden] { display: none; }
label { display: block; font-size: .9rem; }
input, select, button { font: inherit; width: 100%; min-height: 2.75rem; padding: .3rem .5rem; color: var(--ink);
  background: var(--ground); border: 1px solid var(--muted); border-radius: .3rem; }
button { align-self: end; cursor: pointer; }
svg { display: block; width: 100%; height: auto; max-width: 40rem; }
#shown { position: sticky; top: 0; background: var(--ground); padding: .5rem 0; margin: 0; font-weight: 600; }
@media print {
  :root { LIGHT }
  body { max-width: none; padding: 0; }
  form, .skip { display: none; }
  #shown { position: static; }
  .entry, blockquote { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  details.picture { display: none; }
  summary { list-style: none; }
  a[href^="http"]::after { content: " <" attr(href) ">"; font-size: .8em; }
}
"""
"""The style sheet; LIGHT, DARK and FAMILY are filled in."""

SCRIPT = """
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const entries = [...document.querySelectorAll(".entry")];
  const years = [...document.querySelectorAll("section.year")];
  const texts = entries.map((entry) => entry.textContent.toLocaleLowerCase());
  const words = () => form.elements.words.value.toLocaleLowerCase().split(/\\s+/).filter(Boolean);
  const fits = (entry, n, asked) => {
    const { modality, outlet, first, last } = asked;
    const { from, to } = entry.dataset;
    if (asked.words.some((word) => !texts[n].includes(word))) return false;
    if (modality === "disputed" ? !("disputed" in entry.dataset) : modality && entry.dataset.modality !== modality)
      return false;
    if (outlet && ![...entry.querySelectorAll("[data-outlet]")].some((one) => one.dataset.outlet === outlet))
      return false;
    if ((first || last) && !from && !to) return false;
    return (!first || (to || "9999-12-31") >= first) && (!last || (from || "0000-01-01") <= last);
  };
  const apply = () => {
    const of = (name) => form.elements[name].value;
    const asked = { words: words(), modality: of("modality"), outlet: of("outlet"), first: of("from"), last: of("to") };
    let count = 0;
    entries.forEach((entry, n) => { count += !(entry.hidden = !fits(entry, n, asked)); });
    years.forEach((year) => { year.hidden = !year.querySelector(".entry:not([hidden])"); });
    shown.textContent = `${count} of ${entries.length} events shown.`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.quotes:not([open])")];
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
  form.hidden = false;
  apply();
})();
"""
"""The script: filters, what they leave, and quotes opened for print."""
