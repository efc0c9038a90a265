"""Bibliographies: BibTeX that any reader takes, CSL-JSON as its schema has it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.cite.bibliography import bibliography, bibtex, csl_json, key
from eurohpc_kg.documents import Document
from eurohpc_kg.errors import UsageError
from eurohpc_kg.names import GRAPH, SOURCE

NEWS = Document(
    number=1,
    iri=SOURCE + "example-centre/2026-03-02-r-d-at-100",
    title="R&D at 100 %: {x_1} ~ #1 \\ ^2 $",
    publisher="Zentrum für Höchstleistung & Söhne",
    issued="2026-03-02",
    standing="primary",
    address="https://example.org/a_b?c=d%20e&f#g",
    quoted="https://example.org/old",
    retrieved="2026-04",
)
PLAIN = Document(
    2, SOURCE + "other/undated-note", "Note", "", "undated", "", "https://example.org/n"
)


def test_an_entry_has_its_publisher_as_author_and_the_date_as_far_as_it_is_known() -> None:
    assert bibtex([NEWS]) == (
        "@misc{example-centre:2026-03-02-r-d-at-100,\n"
        "  title = {{R\\&D at 100 \\%: \\textbraceleft{}x\\_1\\textbraceright{} "
        "\\textasciitilde{} \\#1 \\textbackslash{} \\textasciicircum{}2 \\$}},\n"
        "  author = {{Zentrum für Höchstleistung \\& Söhne}},\n"
        "  date = {2026-03-02},\n"
        "  year = {2026},\n"
        "  month = mar,\n"
        "  url = {https://example.org/a_b?c=d%20e&f#g},\n"
        "  urldate = {2026-04},\n"
        "  note = {Primary source. Quotes https://example.org/old.},\n"
        "}\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert bibtex([PLAIN]) == (
        "@misc{other:undated-note,\n  title = {{Note}},\n  url = {https://example.org/n},\n}\n"
    )
    assert json.loads(csl_json([PLAIN])) == [
        {
            "id": "other:undated-note",
            "type": "webpage",
            "title": "Note",
            "URL": "https://example.org/n",
        }
    ]


def test_an_item_has_dates_in_parts_and_an_organisation_as_author() -> None:
    (item,) = json.loads(csl_json([NEWS]))
    assert item["author"] == [{"literal": "Zentrum für Höchstleistung & Söhne"}]
    assert item["issued"] == {"date-parts": [[2026, 3, 2]]}
    assert item["accessed"] == {"date-parts": [[2026, 4]]}
    assert item["title"] == NEWS.title
    assert not {"given", "family"} & set(json.dumps(item))


def test_a_graph_of_our_own_has_a_key_too() -> None:
    assert key(Document(1, GRAPH + "register", "", "", "", "", "")) == "graph:register"


def test_another_form_is_refused() -> None:
    with pytest.raises(UsageError, match="no form of a bibliography"):
        bibliography([NEWS], "endnote")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_a_title_says_the_braces_match_and_nothing_is_lost(title: str) -> None:
    entry = bibtex([Document(1, SOURCE + "a/b", title, "", "", "", "https://example.org")])
    depth = 0
    for sign in entry:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    (written,) = re.findall(r"^  title = \{\{(.*)\}\},$", entry, re.M)
    assert read_tex(written) == " ".join(title.split())


def read_tex(text: str) -> str:
    """Read TeX's words for signs back, independently of how they are written."""
    words = {
        "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}",
        "textasciitilde": "~", "textasciicircum": "^",
    }  # fmt: skip
    return re.sub(r"\\(?:(text\w+)\{\}|(.))", lambda m: words[m[1]] if m[1] else m[2], text)
