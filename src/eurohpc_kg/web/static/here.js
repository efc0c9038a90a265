// Answers in the reader's own browser, where the site was written with Oxigraph's WebAssembly build.

export async function open(base) {
  const found = await fetch(new URL("-/oxigraph/web.js", base), { method: "HEAD" }).catch(() => null);
  if (!found || !found.ok) {
    throw new Error("This copy of the site has no engine to ask. Run “eurohpc-kg serve”, or write the site with Oxigraph’s package from npm beside it.");
  }
  const worker = new Worker(new URL("-/static/engine.js", base), { type: "module" });
  const waiting = new Map();
  worker.addEventListener("message", ({ data: { number, answer, problem } }) => {
    const [resolve, reject] = waiting.get(number);
    waiting.delete(number);
    if (problem === undefined) resolve(answer);
    else reject(new Error(problem));
  });
  worker.addEventListener("error", (event) => {
    waiting.forEach(([, reject]) => reject(new Error(event.message || "The engine could not be started.")));
    waiting.clear();
  });
  let asked = 0;
  return (query) => new Promise((resolve, reject) => {
    waiting.set(++asked, [resolve, reject]);
    worker.postMessage({ number: asked, base: base.href, query });
  });
}
