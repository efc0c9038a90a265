"""Write what the conformance suite found, from pytest's JUnit files, for the page on stores."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

RESULTS = Path(__file__).parent / "results.json"
NAME = re.compile(r"(?P<test>\w+)\[(?P<first>\w+)(?:-(?P<rest>[\w-]+))?\]")
SUITE = Path(__file__).parents[1] / "test_stores.py"
Results = dict[str, dict[str, dict[str, str]]]
STORES = ("oxigraph", "fuseki", "rdf4j", "virtuoso")


def results(*reports: Path) -> Results:
    """Return store -> test -> outcome, in the order of the suite, however it was run.

    A store with nothing but skipped tests is left out.
    """
    order = re.findall(r"^def (test_\w+)", SUITE.read_text(encoding="utf-8"), re.MULTILINE)
    found: dict[str, dict[str, dict[str, str]]] = {name: {} for name in STORES}
    for case in (case for path in reports for case in ElementTree.parse(path).iter("testcase")):
        match = NAME.fullmatch(case.get("name", ""))
        if match is None:
            continue
        words = [match["first"], *(match["rest"] or "").split("-")]
        store = next((word for word in words if word in STORES), "")
        rest = [word for word in words if word and word != store]
        if store:
            test = " ".join([match["test"], *rest]) if rest else match["test"]
            found[store][test] = _outcome(case)
    return {
        store: dict(sorted(tests.items(), key=lambda item: order.index(item[0].split()[0])))
        for store, tests in found.items()
        if any(result["outcome"] != "skipped" for result in tests.values())
    }


def _outcome(case: ElementTree.Element) -> dict[str, str]:
    skipped = case.find("skipped")
    if skipped is not None and skipped.get("type") == "pytest.xfail":
        return {"outcome": "failed", "why": (skipped.get("message") or "").strip()}
    if skipped is not None:
        return {"outcome": "skipped", "why": (skipped.get("message") or "").strip()}
    for fault in (*case.iter("failure"), *case.iter("error")):
        # Without the address: its port is another each time.
        said = re.search(r"Error: (?:http://127\S+ )?([^\n\"]+)", fault.get("message") or "")
        return {"outcome": "failed", "why": said[1]} if said else {"outcome": "failed"}
    return {"outcome": "passed"}


def completed(found: Results, before: Results) -> Results:
    """Return what was found, and of what could not be run here ("… here") what was found before."""
    whole: Results = {}
    for store in STORES:
        old, new = before.get(store, {}), found.get(store, {})
        kept = {
            test: old[test] if _not_here(result) and test in old else result
            for test, result in (new or old).items()
        }
        if kept:
            whole[store] = kept
    return whole


def _not_here(result: dict[str, str]) -> bool:
    return result["outcome"] == "skipped" and result["why"].endswith(" here")


if __name__ == "__main__":
    before = json.loads(RESULTS.read_text(encoding="utf-8"))
    made = completed(results(*map(Path, sys.argv[1:])), before)
    text = json.dumps(made, indent=1, ensure_ascii=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")
