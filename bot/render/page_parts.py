"""What a page of ours looks like and how its filters work: one style sheet and one script, as constants.

Both are inline and named by their hash in the page's Content-Security-Policy, so nothing that a stranger wrote can run.
Without the script everything is shown and the filters stay hidden.
"""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; LIGHT }
@media (prefers-color-scheme: dark) { :root { DARK } }
* { box-sizing: border-box; }
html { font: 100%/1.5 FAMILY; background: var(--ground); color: var(--ink); scroll-padding-top: 4.5rem; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.6rem, 5vw, 2.2rem); line-height: 1.15; margin: .75rem 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.6rem; line-height: 1.2; margin: 2.2rem 0 .9rem; padding-bottom: .3rem;
  border-bottom: 2px solid var(--axis); }
h3 { font-size: 1.15rem; margin: 1.4rem 0 .6rem; color: var(--muted); }
.entry > h3, .entry > h4 { font-size: 1.05rem; line-height: 1.4; margin: 0; }
.entry > :is(h3, h4)::first-letter { text-transform: uppercase; }
.entry p { hyphens: auto; }
p { margin: .25rem 0 .5rem; }
a { color: var(--happened); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; border-radius: 2px; }
#entries:focus { outline: none; }
.skip { position: absolute; left: -100vw; background: var(--ink); color: var(--ground); padding: .6rem 1rem;
  z-index: 2; }
.skip:focus { left: 1rem; top: 1rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted, header p, footer, cite { color: var(--muted); }
cite { font-style: normal; font-size: .95em; }
ol, nav ul { list-style: none; margin: 0; padding: 0; }
.entry { margin: 0 0 1.3rem; padding: .1rem 0 .1rem .9rem; border-left: 4px solid var(--happened); }
.entry:target { background: var(--band); }
.planned { border-left: 4px dashed var(--planned); } .planned > :is(h3, h4) { color: var(--planned); }
.alleged { border-left: 4px dotted var(--alleged); } .alleged > :is(h3, h4) { color: var(--alleged); }
.denied { border-left: 6px double var(--denied); } .denied > :is(h3, h4) { color: var(--denied); }
.threatened { border-left: 4px dashed var(--threatened); } .threatened > :is(h3, h4) { color: var(--threatened); }
.happened > :is(h3, h4) { color: var(--happened); }
.note { font-weight: 400; }
.dispute p { color: var(--dispute); font-weight: 600; margin-bottom: 0; }
.dispute ul { margin: 0 0 .5rem; padding-left: 1.2rem; }
.revision { font-weight: 600; }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 2px solid var(--axis); }
blockquote p { margin: 0; }
summary { cursor: pointer; padding: .55rem 0; color: var(--muted); }
.today { border-top: 3px solid var(--ink); font-weight: 700; margin: 1.5rem 0 .8rem; padding-top: .2rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .8rem 0 0; }
nav a { display: inline-block; padding: .35rem 0; }
form { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(8.4rem, 100%), 1fr)); gap: .7rem;
  background: var(--band); padding: .9rem; border-radius: .5rem; margin: 1rem 0 0; }
form p { margin: 0; align-self: end; min-width: 0; }
form .words { grid-column: 1 / -1; }
[hidden] { display: none !important; }
label { display: block; font-size: .95rem; color: var(--ink); }
input, select, button { font: inherit; min-height: 2.75rem; padding: .3rem .6rem; color: var(--ink);
  background: var(--ground); border: 1px solid var(--muted); border-radius: .3rem; }
form input, form select, form button { width: 100%; }
button { cursor: pointer; }
svg { display: block; width: 100%; height: auto; max-width: 40rem; }
.bar { position: sticky; top: 0; z-index: 1; background: var(--ground); display: flex; flex-wrap: wrap;
  justify-content: space-between; align-items: center; gap: 0 1rem; padding: .45rem 0; margin-top: .4rem;
  border-bottom: 1px solid var(--axis); }
.bar p { margin: 0; }
#shown { font-weight: 600; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--axis); }
@media print {
  :root { LIGHT }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  form, nav, button, .skip, details.picture { display: none; }
  .bar { position: static; border: 0; }
  .entry, blockquote, .dispute { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; padding: 0; }
  a { color: inherit; }
  a[href^="http"]::after { content: " <" attr(href) ">"; font-size: .85em; }
}
"""
"""The style sheet; LIGHT, DARK and FAMILY are filled in."""

SCRIPT = """
(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  const find = (selector) => [...document.querySelectorAll(selector)];
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const opener = document.getElementById("quotes");
  const quotes = find("details.quotes");
  const groups = find("section.month, section.year, #entries ol");
  const fold = (text) => text.normalize("NFD").replace(/\\p{M}/gu, "").toLowerCase();
  const entries = find(".entry").map((element) => ({
    element, text: fold(element.textContent), tags: JSON.parse(element.dataset.tags),
    from: element.dataset.from, to: element.dataset.to,
  }));
  const names = ["words", "actor", "place", "kind", "outlet", "state", "from", "to"];
  const lists = names.slice(1, 6);
  const field = (name) => form.elements.namedItem(name);

  const read = () => Object.fromEntries(names.map((name) => [name, field(name).value]));
  const fits = (entry, asked, words) =>
    words.every((word) => entry.text.includes(word)) &&
    lists.every((name) => !asked[name] || entry.tags[name].includes(asked[name])) &&
    (!asked.from && !asked.to || entry.from !== undefined) &&
    (!asked.from || entry.to >= asked.from) && (!asked.to || entry.from <= asked.to);
  const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  const apply = () => {
    const asked = read();
    const words = fold(asked.words).split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const entry of entries) count += !(entry.element.hidden = !fits(entry, asked, words));
    for (const group of groups) group.hidden = !group.querySelector(".entry:not([hidden])");
    for (const link of find("nav a")) {
      link.parentElement.hidden = document.querySelector(link.getAttribute("href")).parentElement.hidden;
    }
    none.hidden = count > 0;
    say(shown, `${count} of ${entries.length} events shown.`);
  };

  // The state is the fragment of the address, so that it can be kept and sent on. Other fragments are places here.
  const remember = () => {
    const asked = Object.entries(read()).filter(([, value]) => value);
    const state = new URLSearchParams(asked).toString();
    if (state || location.hash.includes("=")) history.replaceState(null, "", state ? `#${state}` : "#");
  };
  const recall = () => {
    if (!location.hash.includes("=")) return;
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of names) {
      const { options } = field(name);
      const value = asked.get(name) ?? "";
      const is_known = options ? [...options].some((option) => option.value === value) : name === "words";
      field(name).value = is_known ? value : "";
    }
  };
  const change = () => { apply(); remember(); };

  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    for (const name of names) if (field(name).type === "hidden") field(name).value = "";
    setTimeout(() => { change(); if (document.activeElement.closest("[hidden]")) field("words").focus(); });
  });
  addEventListener("hashchange", () => { recall(); apply(); });

  const label = () => { say(opener, quotes.every((one) => one.open) ? "Close quotes" : "Open quotes"); };
  if (opener) {
    opener.addEventListener("click", () => {
      const open = !quotes.every((one) => one.open);
      for (const one of quotes) one.open = open;
    });
    for (const one of quotes) one.addEventListener("toggle", label);
    opener.hidden = false;
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = quotes.filter((one) => !one.open);
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

  form.hidden = false;
  recall();
  apply();
})();
"""
"""The script: filters, what they leave, the state in the address, and quotes opened at once or for print."""
