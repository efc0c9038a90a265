// Answers in a worker of the reader's own browser, so that the page stays awake meanwhile: Oxigraph's
// WebAssembly build over the whole graph, which is loaded once.

let opened;

async function open(base) {
  const engine = await import(new URL("-/oxigraph/web.js", base).href);
  await engine.default();
  const store = new engine.Store();
  const packed = await fetch(new URL("-/graph.nq.gz", base));
  const text = await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).text();
  // The default graph holds each statement once, so that one of several documents counts once.
  const merged = new Set(text.split("\n").map((line) => line.replace(/ <[^<>]*> \.$/, " .")));
  store.load([text, ...merged].join("\n"), { format: "application/n-quads", no_transaction: true });
  const prefixes = await (await fetch(new URL("-/prefixes.json", base))).json();
  const prologue = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n");
  return (query) => {
    const isTriples = /\b(?:CONSTRUCT|DESCRIBE)\b/i.test(query.replace(/<[^>]*>|"[^"]*"|#.*/g, ""));
    const format = isTriples ? "text/turtle" : "application/sparql-results+json";
    const text = store.query(`${prologue}\n${query}`, { results_format: format });
    return { text, type: format };
  };
}

onmessage = async ({ data: { number, base, query } }) => {
  try {
    opened ??= open(base);
    postMessage({ number, answer: (await opened)(query) });
  } catch (error) {
    postMessage({ number, problem: error.message ?? String(error) });
  }
};
