"""The page on stores: what the conformance suite found on each, and what is special to each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from eurohpc_kg.endpoint import PRODUCTS, Product
from eurohpc_kg.reference.markdown import table
from eurohpc_kg.repository import Repository

RESULTS = "tests/stores/results.json"
_HOW_UNION = {
    "always": "its default graph is the union already",
    "parameter": "the parameter `{word}`",
    "within": "`GRAPH <{word}>`, written around what the query looks for",
    "clause": "`FROM <{word}>`, written into the query",
    "listed": "every graph is listed in the query",
}
_MARKS = {"passed": "yes", "failed": "**no**", "skipped": "-", "not run": "not run"}


def pages(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield the page; its results are those that `make test-stores` wrote last."""
    path = repository.root / RESULTS
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    yield "stores.md", page(found)


def page(found: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    """Return the page for results as `tests/stores/record.py` writes them."""
    tested = [name for name in PRODUCTS if name in found]
    run = {
        name
        for name in tested
        if any(r["outcome"] in ("passed", "failed") for r in found[name].values())
    }
    tests = list(dict.fromkeys(test for name in tested for test in found[name]))
    rows = [[_words(test), *(_cell(found[name].get(test)) for name in tested)] for test in tests]
    notes = dict.fromkeys(
        f"- {PRODUCTS[name].title}, {_words(test)}: {result['why']}."
        for name in tested
        for test, result in found[name].items()
        if result.get("why")
    )
    parts = [
        "# Stores",
        "What loading and asking does on each product. `make test-stores` runs the conformance "
        "suite (`tests/test_stores.py`) against those that can be installed, and this is what it "
        "found. What could not be run there is *not run*, whatever it gave before. Oxigraph and "
        "RDF4J have no users of their own: there a proxy before them asks for the password.",
        table(["", *(PRODUCTS[name].title for name in tested)], rows),
        *(["\n".join(notes)] if notes else []),
        "## Each product",
        table(
            ["product", "`--store`", "address", "run against", "swap", "union of all graphs"],
            [_product(product, product.name in run) for product in PRODUCTS.values()],
        ),
        "Where the swap is not at once: "
        + next(product.warning for product in PRODUCTS.values() if product.warning),
        "What the doctor knows of Virtuoso 7: an error within an expression (`COALESCE(1 / 0, 2)`) "
        "ends the whole query there. No saved question needs it.",
        "A product that could not be installed here is **not run against the product**: its "
        "requests are tested against a double that records them "
        "(`tests/test_load_protocols.py`) and answers as its documentation says.",
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _product(product: Product, tested: bool) -> list[str]:
    return [
        product.title,
        f"`{product.name}`",
        f"`{product.how}`" if "://" in product.how else product.how,
        "the product" if tested else "not run against the product",
        "at once" if product.atomic else "step by step",
        _HOW_UNION[product.union].format(word=product.union_word),
    ]


def _words(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ")


def _cell(result: Mapping[str, str] | None) -> str:
    return _MARKS[result["outcome"]] if result else "-"
