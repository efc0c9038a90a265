"use strict";
// The editor of the SPARQL page: colours, completion from the graph's own words, the prefixes, and
// examples. What the field holds is asked by sparql.js.

const form = document.querySelector("form.sparql");
const field = form.querySelector("textarea");
const editor = form.querySelector(".editor");
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
let asked = 0;

async function complete() {
  const mine = ++asked;
  const before = field.value.slice(0, field.selectionStart);
  const match = /(?:^|[\s({^|/!;,.])([?$]\w*|[A-Za-z][\w-]*:[\w-]*|[A-Za-z]{2,})$/.exec(before);
  if (!match || KEYWORDS.test(match[1])) return hide();
  const found = await candidates(match[1]);
  if (mine !== asked) return; // more was written meanwhile
  shown = found;
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

async function candidates(written) {
  const word = written.toLowerCase();
  if (/^[?$]/.test(word)) {
    const names = new Set(field.value.match(/[?$]\w+/g) || []);
    names.delete(written);
    return [...names].filter((name) => name.toLowerCase().startsWith(word)).sort().slice(0, 8).map((name) => [name, ""]);
  }
  terms ??= fetch(form.dataset.terms).then((reply) => reply.json());
  if (word.includes(":")) {
    return (await terms).filter(([name]) => name.toLowerCase().startsWith(word)).slice(0, 8);
  }
  const known = Object.entries(await namespaces()).filter(([name]) => name.startsWith(word)).map(([name, iri]) => [`${name}:`, iri]);
  const named = word.length < 3 ? [] : (await terms).filter(([name, label]) =>
    name.split(":")[1].toLowerCase().startsWith(word) || label.toLowerCase().startsWith(word));
  return [...known.slice(0, 3), ...named].slice(0, 8);
}

function hide() {
  asked += 1;
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

// ---- Prefixes: known here, to be written out for other endpoints

let known;
function namespaces() {
  known ??= fetch(form.dataset.prefixes).then((reply) => reply.json());
  return known;
}

const declare = document.createElement("button");
declare.type = "button";
declare.className = "quiet";
declare.textContent = "Write out the prefixes";
form.querySelector(".buttons button").after(" ", declare);
declare.addEventListener("click", async () => {
  const text = field.value;
  const bare = text.replace(/#[^\n]*|<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, " ");
  const declared = new Set([...bare.matchAll(/PREFIX\s+([\w-]*):/gi)].map((match) => match[1]));
  const used = new Set([...bare.matchAll(/(?:^|[^\w:?$-])([A-Za-z][\w-]*):/g)].map((match) => match[1]));
  const lines = Object.entries(await namespaces())
    .filter(([name]) => used.has(name) && !declared.has(name))
    .map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`);
  field.value = lines.sort().join("") + text;
  paint();
  field.focus();
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

const given = new URLSearchParams(location.search).get("query");
if (given) field.value = given;
paint();
