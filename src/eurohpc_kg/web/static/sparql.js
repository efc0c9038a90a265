"use strict";
// The editor of the SPARQL page: colours, completion from the graph's own words, and the answer as
// a table or as it was sent. Without an endpoint, the reader's own browser answers, if it can.

const form = document.querySelector("form.sparql");
const field = form.querySelector("textarea");
const editor = form.querySelector(".editor");
const place = document.querySelector("#answer");
const timing = document.querySelector("#timing");
const KEYWORDS = /^(?:SELECT|ASK|CONSTRUCT|DESCRIBE|WHERE|PREFIX|BASE|FROM|NAMED|GRAPH|OPTIONAL|UNION|MINUS|FILTER|BIND|AS|VALUES|UNDEF|DISTINCT|REDUCED|ORDER|GROUP|BY|HAVING|ASC|DESC|LIMIT|OFFSET|NOT|EXISTS|IN|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT|SEPARATOR|STR|LANG|LANGMATCHES|DATATYPE|IRI|IF|COALESCE|CONTAINS|STRSTARTS|STRENDS|LCASE|UCASE|REGEX|REPLACE|YEAR|MONTH|BOUND|ISIRI|ISLITERAL|a)$/i;
const TOKEN = /(#[^\n]*)|(<[^<>\s]*>)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|([?$]\w+)|([A-Za-z][\w-]*:[\w.-]*|:[\w.-]+)|([A-Za-z_]+)|(\d+(?:\.\d+)?)/g;
const KINDS = ["comment", "iri", "string", "variable", "name", "word", "number"];

// ---- Colours: a picture of the text lies under the field

const picture = document.createElement("pre");
picture.setAttribute("aria-hidden", "true");
editor.prepend(picture);
editor.classList.add("coloured");

function paint() {
  const text = field.value;
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const kind = KINDS[match.slice(1).findIndex((part) => part !== undefined)];
    if (kind === "word" && !KEYWORDS.test(match[0])) continue;
    const span = document.createElement("span");
    span.className = `t-${kind}`;
    span.textContent = match[0];
    parts.push(text.slice(end, match.index), span);
    end = match.index + match[0].length;
  }
  picture.replaceChildren(...parts, text.slice(end), "\n");
  field.style.height = "auto";
  field.rows = Math.max(12, text.split("\n").length + 1);
  picture.scrollTop = field.scrollTop;
  picture.scrollLeft = field.scrollLeft;
}
field.addEventListener("scroll", () => {
  picture.scrollTop = field.scrollTop;
  picture.scrollLeft = field.scrollLeft;
});

// ---- Completion

const choices = document.createElement("ul");
choices.id = "choices";
choices.setAttribute("role", "listbox");
choices.setAttribute("aria-label", "Completions");
choices.hidden = true;
editor.after(choices);
field.setAttribute("aria-controls", "choices");
let terms;
let chosen = 0;
let shown = [];

async function complete() {
  const before = field.value.slice(0, field.selectionStart);
  const match = /(?:^|[\s(^|/!;,.])([A-Za-z][\w-]*:[\w-]*|[A-Za-z]{3,})$/.exec(before);
  if (!match) return hide();
  terms ??= fetch(form.dataset.terms).then((reply) => reply.json());
  const word = match[1].toLowerCase();
  const fits = word.includes(":")
    ? ([name]) => name.toLowerCase().startsWith(word)
    : ([name, label]) => name.split(":")[1].toLowerCase().startsWith(word) || label.toLowerCase().startsWith(word);
  if (KEYWORDS.test(match[1])) return hide();
  shown = (await terms).filter(fits).slice(0, 8);
  if (!shown.length || (shown.length === 1 && shown[0][0] === match[1])) return hide();
  chosen = 0;
  choices.replaceChildren(...shown.map(([name, label], i) => {
    const item = document.createElement("li");
    item.id = `choice-${i}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(i === 0));
    const note = document.createElement("span");
    note.className = "note";
    note.textContent = ` ${label}`;
    item.append(name, note);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(i, match[1]); });
    return item;
  }));
  choices.hidden = false;
  choices.dataset.word = match[1];
  field.setAttribute("aria-activedescendant", "choice-0");
}

function hide() {
  choices.hidden = true;
  field.removeAttribute("aria-activedescendant");
}

function take(i, word) {
  const start = field.selectionStart - word.length;
  field.setRangeText(shown[i][0], start, field.selectionStart, "end");
  hide();
  paint();
}

field.addEventListener("input", () => { paint(); complete().catch(hide); });
field.addEventListener("blur", hide);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (!choices.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % shown.length;
    [...choices.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
    field.setAttribute("aria-activedescendant", `choice-${chosen}`);
  } else if (!choices.hidden && event.key === "Enter") {
    event.preventDefault();
    take(chosen, choices.dataset.word);
  } else if (!choices.hidden && event.key === "Escape") {
    hide();
  }
});

// ---- Examples

document.querySelectorAll("[data-example]").forEach((link) => link.addEventListener("click", async (event) => {
  event.preventDefault();
  const text = await (await fetch(link.dataset.example)).text();
  field.value = text.replace(/^#\+.*\n/gm, "").trim() + "\n";
  paint();
  field.focus();
  scrollTo({ top: 0 });
}));

// ---- Asking

async function ask(query) {
  const reply = await fetch(form.dataset.endpoint, {
    method: "POST",
    headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json, text/turtle;q=0.9, application/json;q=0.1" },
    body: query,
  }).catch(() => null);
  if (reply && [404, 405, 501].includes(reply.status) || !reply) return askHere(query);
  const text = await reply.text();
  if (!reply.ok) {
    const fault = JSON.parse(text);
    throw new Error([fault.problem, fault.remedy].filter(Boolean).join(" "));
  }
  return { text, type: reply.headers.get("content-type"), cut: reply.headers.has("row-limit-reached") };
}

let here;
async function askHere(query) {
  here ??= import(new URL("-/static/here.js", base).href).then((module) => module.open(base));
  return (await here)(query);
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
  sortable(table);
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

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  hide();
  const began = performance.now();
  timing.textContent = "asking …";
  const heading = document.createElement("h2");
  heading.textContent = "Answer";
  try {
    const { text, type, cut } = await ask(field.value);
    const parts = [heading];
    let note = "";
    if (type.includes("json")) {
      const [table, rows] = tableOf(JSON.parse(text));
      note = `${rows} ${rows === 1 ? "row" : "rows"}, `;
      parts.push(table, raw(JSON.stringify(JSON.parse(text), null, 1)));
    } else {
      const details = raw(text);
      details.open = true;
      parts.push(details);
    }
    timing.textContent = `${note}${Math.round(performance.now() - began)} ms${cut ? "; there are more rows than are sent" : ""}`;
    place.replaceChildren(...parts);
  } catch (error) {
    timing.textContent = "";
    const box = document.createElement("div");
    box.className = "problem";
    box.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = error.message;
    box.append(line);
    place.replaceChildren(box);
  }
  history.replaceState(null, "", `?query=${encodeURIComponent(field.value)}`);
});

const given = new URLSearchParams(location.search).get("query");
if (given) field.value = given;
paint();
