"""Write what the conformance suite found, from pytest's JUnit files, for the page on stores."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

RESULTS = Path(__file__).parent / "results.json"
NAME = re.compile(r"(?P<test>\w+)\[(?P<first>\w+)(?:-(?P<rest>[\w-]+))?\]")
SUITE = Path(__file__).parents[1] / "test_stores.py"
Results = dict[str, dict[str, dict[str, str]]]
STORES = ("oxigraph", "fuseki", "rdf4j", "virtuoso")


def results(*reports: Path) -> Results:
    """Return store -> test -> outcome, in the order of the suite, however it was run."""
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
        if tests
    }


def _outcome(case: ElementTree.Element) -> dict[str, str]:
    skipped = case.find("skipped")
    if skipped is not None:
        why = (skipped.get("message") or "").strip()
        return {"outcome": "not run" if why.endswith(" here") else "skipped", "why": why}
    for fault in (*case.iter("failure"), *case.iter("error")):
        # Without the address: its port is another each time.
        said = re.search(r"Error: (?:http://127\S+ )?([^\n\"]+)", fault.get("message") or "")
        return {"outcome": "failed", "why": said[1]} if said else {"outcome": "failed"}
    return {"outcome": "passed"}


def differences(found: Results, before: Results) -> list[str]:
    """Return the tests that had another outcome before; one that could not be run has none."""
    return [
        f"{store}: {test}: {result['outcome']}, before {before[store][test]['outcome']}"
        for store, tests in found.items()
        for test, result in tests.items()
        if test in before.get(store, {})
        and "not run" not in (result["outcome"], before[store][test]["outcome"])
        and result["outcome"] != before[store][test]["outcome"]
    ]


def main(words: Sequence[str]) -> int:
    """Write the results of the reports, or with ``--same`` tell what differs from the commit."""
    if words == ["--same"]:
        text = subprocess.check_output(
            ["git", "show", f"HEAD:./{RESULTS.name}"], cwd=RESULTS.parent
        )
        other = differences(json.loads(RESULTS.read_text(encoding="utf-8")), json.loads(text))
        print("\n".join(other), end="\n" if other else "")
        return 1 if other else 0
    text = json.dumps(results(*map(Path, words)), indent=1, ensure_ascii=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
