"use strict";
// Asking on the SPARQL page without leaving it. The server draws each view of the answer, as it does
// for a reader without scripts; a copy as files asks the engine in the reader's own browser.

const place = document.querySelector("#answer");
const timing = document.querySelector("#timing");
const LONGEST = 6000; // characters of a query that an address holds
const isHere = "here" in form.dataset;

// ---- By the server

async function askServer(query, view) {
  const values = new URLSearchParams({ query, view });
  const accept = { accept: "text/html" };
  const reply = query.length <= LONGEST
    ? await fetch(`${form.dataset.endpoint}?${values}`, { headers: accept })
    : await fetch(form.dataset.endpoint, { method: "POST", headers: accept, body: values });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const found = page.querySelector("#answer");
  if (!found) throw new Error(page.querySelector("main")?.textContent.trim() || `The server answered with ${reply.status}.`);
  const note = found.querySelector("table.answer caption")?.textContent || "";
  return { parts: [...found.childNodes].map((node) => document.adoptNode(node)), note };
}

// ---- By the reader's own browser

let here;
async function askHere(query) {
  here ??= import(new URL("-/static/here.js", base).href).then((module) => module.open(base));
  const { text, type } = await (await here)(query);
  const heading = document.createElement("h2");
  heading.textContent = "Answer";
  if (!type.includes("json")) {
    const details = raw(text);
    details.open = true;
    return { parts: [heading, details], note: "" };
  }
  const [table, rows] = tableOf(JSON.parse(text));
  const details = raw(JSON.stringify(JSON.parse(text), null, 1));
  return { parts: [heading, table, details], note: `${rows} ${rows === 1 ? "row" : "rows"}` };
}

function cell(term) {
  const box = document.createElement("td");
  if (!term) return box;
  if (term.type === "uri") {
    const link = document.createElement("a");
    const ours = "https://w3id.org/eurohpc-kg/";
    const path = term.value.startsWith(ours) ? term.value.slice(ours.length).replace("#", "/") : "";
    if (path) link.href = new URL(`${path}.html`, base).href;
    else if (/^https?:/.test(term.value)) link.href = term.value;
    link.textContent = path || term.value;
    box.append(link);
  } else {
    box.textContent = term.value;
    if (term["xml:lang"]) box.lang = term["xml:lang"];
    if (/#(?:integer|decimal|double|float)$/.test(term.datatype || "")) {
      box.className = "number";
      box.dataset.value = term.value;
    }
  }
  return box;
}

function tableOf(answer) {
  const table = document.createElement("table");
  table.className = "answer";
  table.dataset.sorts = "";
  const vars = answer.head.vars || ["answer"];
  const rows = answer.results ? answer.results.bindings
    : [{ answer: { type: "literal", value: String(answer.boolean) } }];
  const head = table.createTHead().insertRow();
  vars.forEach((name) => {
    const box = document.createElement("th");
    box.scope = "col";
    box.textContent = name;
    if (rows.length && rows.every((row) => /#(?:integer|decimal|double)$/.test(row[name]?.datatype || ""))) box.className = "number";
    head.append(box);
  });
  const body = table.createTBody();
  rows.slice(0, 2000).forEach((row) => body.insertRow().append(...vars.map((name) => cell(row[name]))));
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "The answer");
  scroll.append(table);
  return [scroll, rows.length];
}

function raw(text) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "As it was sent";
  const block = document.createElement("pre");
  const code = document.createElement("code");
  code.textContent = text.length > 500000 ? `${text.slice(0, 500000)}\n…` : text;
  block.append(code);
  details.append(summary, block);
  return details;
}

// ---- The page

async function show(view) {
  hide();
  const began = performance.now();
  timing.textContent = "asking …";
  place.setAttribute("aria-busy", "true");
  try {
    const { parts, note } = await (isHere ? askHere(field.value) : askServer(field.value, view));
    place.replaceChildren(...parts);
    comfort(place);
    tabs();
    const seconds = `${Math.round(performance.now() - began)} ms`;
    timing.textContent = note ? `${note}, ${seconds}` : seconds;
    history.replaceState(null, "", `?${new URLSearchParams({ query: field.value, view })}`);
  } catch (error) {
    timing.textContent = "";
    const box = document.createElement("div");
    box.className = "problem";
    box.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = error.message;
    box.append(line);
    place.replaceChildren(box);
  } finally {
    place.removeAttribute("aria-busy");
  }
}

function tabs() {
  place.querySelectorAll("[data-view]").forEach((link) => link.addEventListener("click", async (event) => {
    event.preventDefault();
    await show(link.dataset.view);
    place.querySelector(`[data-view="${link.dataset.view}"]`)?.focus();
  }));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show("table");
});
tabs();
if (isHere && given) show("table");
