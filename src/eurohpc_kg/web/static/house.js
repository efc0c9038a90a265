"use strict";
// Comfort for pages that work without it: sorting, filtering, copying, completing names, and the
// search of a site that has no server. Nothing is fetched but files of this site.

const top_ = document.body.dataset.top || "./";
const base = new URL(top_.endsWith("/") ? top_ : top_ + "/", location.href);

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/ß/g, "ss").replace(/ł/g, "l").replace(/ø/g, "o").replace(/æ/g, "ae")
    .replace(/[\W_]+/gu, (found) => (/[\p{L}\p{N}]/u.test(found) ? found : " ")).trim();
}

// ---- Tables that sort

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, index) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const body = table.tBodies[0];
      const key = (row) => row.cells[index].dataset.value ?? row.cells[index].textContent.trim();
      const numeric = head.classList.contains("number");
      const rows = [...body.rows].map((row, place) => [key(row), place, row]);
      rows.sort(([a, i], [b, j]) =>
        ((numeric ? Number(a || "NaN") - Number(b || "NaN") || (a === "") - (b === "")
          : a.localeCompare(b, "en", { numeric: true })) * (up ? 1 : -1)) || i - j);
      body.append(...rows.map(([, , row]) => row));
    });
  });
}

// ---- Lists and tables that filter

function filtering(field) {
  field.closest(".filter").hidden = false;
  const items = [...document.querySelectorAll(field.dataset.filters)];
  const texts = items.map((item) => fold(item.textContent));
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/);
    items.forEach((item, i) => { item.hidden = !words.every((word) => texts[i].includes(word)); });
    document.querySelectorAll("#list section, main section:has(.timeline)").forEach((section) => {
      section.hidden = !section.querySelector("li:not([hidden])");
    });
  });
}

// ---- Code that can be copied

const lasting = "https://w3id.org/eurohpc-kg/question/";

function copyable(block) {
  if ("here" in block.dataset && location.protocol.startsWith("http")) {
    const code = block.querySelector("code"); // asks this server, so that it works wherever that is
    code.textContent = code.textContent.replaceAll(lasting, new URL("question/", base).href);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(block.querySelector("code"));
      button.textContent = "Selected: copy it";
    }
  });
  const frame = document.createElement("div");
  frame.className = "code";
  block.replaceWith(frame);
  frame.append(button, block);
}

// ---- Names: completion, and search without a server

let index;
function names() {
  index ??= fetch(new URL("-/search-index.json", base)).then((reply) => reply.json());
  return index;
}

function score(wanted, words, name) {
  if (name === wanted) return 5;
  if (name.startsWith(wanted)) return 4;
  const parts = name.split(" ");
  if (words.every((word) => parts.some((part) => part.startsWith(word)))) return 3;
  return name.includes(wanted) ? 2 : 0;
}

async function search(text) {
  const { kinds, things } = await names();
  const wanted = fold(text);
  const words = wanted.split(" ");
  return things
    .map(([path, label, kind, ...more]) => [
      Math.max(...[fold(label), ...more].map((name) => score(wanted, words, name))), path, label, kinds[kind],
    ])
    .filter(([found]) => found)
    .sort((a, b) => b[0] - a[0] || a[2].length - b[2].length || (a[2] < b[2] ? -1 : 1));
}

let lists = 0;
function completing(field) {
  let list = field.list;
  if (!list) {
    list = document.createElement("datalist");
    list.id = `completes-${lists += 1}`;
    field.after(list);
    field.setAttribute("list", list.id);
  }
  field.addEventListener("input", async () => {
    if (field.value.trim().length < 2) return;
    const found = await search(field.value);
    list.replaceChildren(...found.slice(0, 10).map(([, , label, kind]) => {
      const option = document.createElement("option");
      option.value = label;
      option.label = kind;
      return option;
    }));
  });
}

async function showFound(place) {
  const text = (new URLSearchParams(location.search).get("q") || "").trim();
  if (!text || place.querySelector(".found")) return;
  document.querySelectorAll("input[name=q]").forEach((field) => { field.value = text; });
  const found = await search(text);
  const line = document.createElement("p");
  line.className = "fine";
  line.textContent = `${found.length} things with a name like “${text}”`
    + (found.length > 60 ? "; the likest 60." : ".");
  const list = document.createElement("ol");
  list.className = "found";
  list.append(...found.slice(0, 60).map(([, path, label, kind]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(`${path}.html`, base).href;
    link.textContent = label;
    const note = document.createElement("span");
    note.className = "note";
    note.textContent = ` ${kind}`;
    item.append(link, note);
    return item;
  }));
  place.replaceChildren(line, list);
}

// ---- The command that explains, where no server can

function showCommand(place) {
  const given = new URLSearchParams(location.search);
  const words = ["subject", "predicate", "object"].map((name) => given.get(name) || name.toUpperCase());
  place.textContent = ["eurohpc-kg explain", ...words.map((word) =>
    (/^[\w:.-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))].join(" ");
}

// What a part of a page gets when it is there, also when it came later.
function comfort(part) {
  part.querySelectorAll("table[data-sorts]").forEach(sortable);
  part.querySelectorAll("[data-filters]").forEach(filtering);
  part.querySelectorAll("[data-copies]").forEach(copyable);
}

comfort(document);
document.querySelectorAll("input[name=q], [data-completes]").forEach(completing);
document.querySelectorAll("#found").forEach(showFound);
document.querySelectorAll("#command").forEach(showCommand);
// A visitor's own language, where the graph has a name in it.
const language = (navigator.language || "en").slice(0, 2);
document.querySelectorAll(`.names [lang="${language}"]`).forEach((name) => {
  name.classList.add("own");
  const others = name.closest("details.names");
  if (others) others.before(Object.assign(document.createElement("p"), { className: "names" }));
  if (others) others.previousElementSibling.append(name.cloneNode(true));
});
