"""What changed, by thing and readable: values, records, sources, corrections, rules, answers."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from dated_content import CORRECTION, FIRST, QUESTION, REGISTER, SECOND, UNDATED, make_dated
from eurohpc_kg import history
from eurohpc_kg.errors import UsageError
from eurohpc_kg.history.comparison import FORMS, Comparison, compare
from eurohpc_kg.history.difference import Difference
from eurohpc_kg.history.document import to_json
from eurohpc_kg.history.layout import to_markdown, to_text
from eurohpc_kg.history.reasons import Reason, joined
from eurohpc_kg.history.relevance import Relevance
from eurohpc_kg.history.things import Entry, Line
from eurohpc_kg.names import EHPC, SOURCE

VIEW = """\
#+ summary: Which power does a centre have?
PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
CONSTRUCT { ?centre ehpc:power ?value }
WHERE {
  ?figure ehpc:of ?centre ;
    ehpc:value ?value .
}
"""
SHORTCUT = """
ehpc:power a owl:DatatypeProperty ;
    rdfs:label "power"@en ;
    ehpc:shortcutFor <https://w3id.org/eurohpc-kg/vocabulary/quantity/power-draw> .
"""


class Two:
    """Hold two copies of a content; edit the second, then compare."""

    def __init__(self, folder: Path) -> None:
        self.before = make_dated(folder / "a")
        self.after = make_dated(folder / "b")

    def edit(self, name: str, old: str, new: str, *, both: bool = False) -> None:
        for root in [self.after.root, *([self.before.root] if both else [])]:
            path = root / name
            text = path.read_text(encoding="utf-8") if old else ""
            assert old in text
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(old, new) if old else new, encoding="utf-8")

    def compare(self) -> Comparison:
        return compare(str(self.before.root), str(self.after.root), here=self.before)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Two:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    return Two(tmp_path)


def entry(found: Comparison, name: str) -> Entry:
    (one,) = (one for one in found.things if one.name == name)
    return one


def line(found: Comparison, name: str, what: str) -> Line:
    (one,) = (one for one in entry(found, name).lines if one.what == what)
    return one


def test_a_version_does_not_differ_from_itself(two: Two) -> None:
    found = two.compare()
    assert not found
    assert to_text(found).endswith("no difference\n")
    assert "No difference." in to_markdown(found)
    assert found.answers == found.things == []


def test_another_value_of_a_figure_is_one_change_and_no_coming_and_going(two: Two) -> None:
    two.edit(FIRST, "4.5", "5.25")
    found = two.compare()
    changed = line(found, "Example-1", "quantity:power-draw")
    assert (changed.kind, changed.before, changed.after) == ("changed", "4.5", "5.25")
    assert changed.detail == "as of 2024"
    assert found.counts["statements"] == {"added": 0, "gone": 0, "changed": 1}


def test_a_figure_whose_name_changed_with_its_date_is_the_same_figure(two: Two) -> None:
    two.edit(SECOND, "figure:example-2-power-2025 ", "figure:example-2-power-2025-09 ")
    two.edit(SECOND, '"2025-10"', '"2025-09"')
    changed = line(two.compare(), "Example-2", "quantity:power-draw")
    assert changed.kind == "changed"
    assert changed.detail == "as of 2025-10 → as of 2025-09"


def test_one_partner_less_and_another_more_is_no_change_of_either(two: Two) -> None:
    two.edit(FIRST, "ehpc:aim", "ehpc:with id:x , id:y ;\n    ehpc:aim", both=True)
    two.edit(FIRST, "id:y", "id:z")
    found = two.compare()
    kinds = [one.kind for one in entry(found, "Example-1").lines]
    assert sorted(kinds) == ["added", "gone"]


def test_the_one_value_of_a_relation_in_the_place_of_another_is_a_change(two: Two) -> None:
    two.edit(SECOND, "ehpc:near id:example-1", "ehpc:near id:example-site")
    changed = line(two.compare(), "Example-2", "near")
    assert (changed.before, changed.after) == ("Example-1", "Example site")


def test_texts_are_paired_by_language(two: Two) -> None:
    two.edit(FIRST, '"computing"@en', '"computing"@en , "Rechnen"@de', both=True)
    two.edit(FIRST, '"Rechnen"@de', '"Berechnen"@de')
    changed = line(two.compare(), "Example-1", "aim")
    assert (changed.before, changed.after, changed.detail) == ("Rechnen", "Berechnen", "de")


def test_a_thing_that_comes_is_new_and_one_that_goes_is_gone(two: Two) -> None:
    two.edit(REGISTER, "id:exampleland a ehpc:Country", "id:newland a ehpc:Country")
    two.edit(REGISTER, '"Exampleland"', '"Newland"')
    found = two.compare()
    assert entry(found, "Newland").kind == "added"
    assert entry(found, "Exampleland").kind == "gone"
    assert entry(found, "Newland").kinds == ("ehpc:Country",)


def test_a_new_source_is_the_reason_for_what_it_says(two: Two) -> None:
    (two.before.root / SECOND).unlink()
    found = two.compare()
    assert [str(one) for one in line(found, "Example-2", "near").reasons] == [
        "new source: example-centre 2025-10-12"
    ]
    (document,) = found.documents
    assert document.kind == "added"


def test_a_source_that_went_is_the_reason_too(two: Two) -> None:
    (two.after.root / UNDATED).unlink()
    gone = line(two.compare(), "Example-1", "focus")
    assert (gone.kind, gone.reasons[0].kind) == ("gone", "source no longer there")


def test_a_source_that_was_read_again_was_corrected(two: Two) -> None:
    two.edit(FIRST, "4.5", "5")
    two.edit(FIRST, "2026-01-05", "2026-02-05")
    changed = line(two.compare(), "Example-1", "quantity:power-draw")
    assert changed.reasons[0].kind == "source corrected"


def test_a_source_that_was_not_read_again_was_read_wrongly_or_not_to_the_end(two: Two) -> None:
    two.edit(FIRST, "4.5", "5")
    two.edit(SECOND, "ehpc:near id:example-1", 'ehpc:near id:example-1 ;\n    ehpc:aim "more"@en')
    found = two.compare()
    wrong = line(found, "Example-1", "quantity:power-draw")
    assert wrong.reasons[0].kind == "our reading corrected"
    assert line(found, "Example-2", "aim").reasons[0].kind == "more read from the source"


def test_our_corrections_stand_under_the_thing_whose_record_they_correct(two: Two) -> None:
    two.edit(CORRECTION, "4.75", "4.8")
    changed = line(two.compare(), "Example-1", "correction of quantity:power-draw")
    assert (changed.before, changed.after) == ("4.75", "4.8")
    assert changed.detail == "accepted: The centre says so itself."
    assert joined(changed.reasons) == "our correction"


def test_what_one_more_source_says_is_told_from_what_is_new(two: Two) -> None:
    two.edit(UNDATED, "id:example-1 ", 'id:example-1 ehpc:aim "computing"@en ;\n    ')
    assert line(two.compare(), "Example-1", "aim").detail == "one source more"


def test_a_shortcut_that_changes_is_shown_with_the_reason_of_its_figure(two: Two) -> None:
    two.edit("queries/views/power.rq", "", VIEW, both=True)
    name = "ontology/ontology.ttl"
    two.edit(name, "ehpc:value a", f"{SHORTCUT.lstrip()}\nehpc:value a", both=True)
    two.edit(FIRST, "4.5", "5")
    found = two.compare()
    power = line(found, "Example-1", "power")
    assert (power.kind, power.before, power.after) == ("changed", "4.5", "5")
    assert power.detail == "follows"
    assert joined(power.reasons) == "our reading corrected: example-centre 2024-05-01"
    assert found.counts["following"]["changed"] == 1


def test_what_follows_by_a_new_view_follows_because_the_rule_changed(two: Two) -> None:
    name = "ontology/ontology.ttl"
    two.edit(name, "ehpc:value a", f"{SHORTCUT.lstrip()}\nehpc:value a", both=True)
    two.edit("queries/views/power.rq", "", VIEW)
    found = two.compare()
    assert found.views == [("power", "added")]
    assert joined(line(found, "Example-1", "power").reasons) == "rule changed"
    assert "view power" in to_text(found)


def test_what_follows_from_the_change_of_another_thing_has_the_reason_of_its_proof(
    two: Two,
) -> None:
    near = VIEW.replace("?figure ehpc:of ?centre ;\n    ehpc:value ?value", "").replace(
        "WHERE {", "WHERE { ?centre ehpc:near ?other . ?other ehpc:load ?value"
    )
    two.edit("queries/views/power.rq", "", near, both=True)
    name = "ontology/ontology.ttl"
    two.edit(name, "ehpc:value a", f"{SHORTCUT.lstrip()}\nehpc:value a", both=True)
    two.edit(FIRST, "ehpc:aim", "ehpc:load 1 ;\n    ehpc:aim", both=True)
    two.edit(FIRST, "ehpc:load 1", "ehpc:load 2")
    power = line(two.compare(), "Example-2", "power")
    assert (power.before, power.after) == ("1", "2")
    assert joined(power.reasons) == "our reading corrected: example-centre 2024-05-01"


def test_changes_of_the_ontology_are_rules(two: Two) -> None:
    two.edit("ontology/ontology.ttl", '"unit"@en', '"unit of measure"@en')
    found = two.compare()
    assert [(one.name, one.kind) for one in found.rules] == [("unit of measure", "changed")]
    assert not found.things


def test_an_answer_that_changes_is_shown_row_by_row(two: Two) -> None:
    two.edit(FIRST, "4.5", "5")
    (change,) = two.compare().answers
    assert change.question.slug == "figures-of-centres"
    assert change.columns == ("centre", "value")
    assert change.changed == ((("Example-1", "4.5"), ("Example-1", "5")),)


def test_rows_that_come_and_go_are_told_apart(two: Two) -> None:
    (two.after.root / SECOND).unlink()
    (change,) = two.compare().answers
    assert (change.rows_before, change.rows_after) == (2, 1)
    assert change.gone == (("Example-2", "12.5"),)
    assert change.added == change.changed == ()


def test_another_way_to_write_a_number_changes_no_answer(two: Two) -> None:
    two.edit(SECOND, "12.50", "12.5")
    found = two.compare()
    assert found
    assert not found.answers


def test_a_question_that_is_none_today_gives_way_to_those_of_here(two: Two) -> None:
    two.edit(QUESTION, "#+   - systems\n", "")
    two.edit(FIRST, "4.5", "5")
    assert len(two.compare().answers) == 1


@pytest.mark.parametrize(
    ("where", "concerned"),
    [
        ("?a ehpc:moved ?b", True),
        ("?a ehpc:other/ehpc:moved* ?b", True),
        ("?a ehpc:other ?b ; ehpc:moved ?c", True),
        (f"?a <{EHPC}moved> ?b", True),
        ("?a ?any ?b", True),
        ("?a ehpc:other ?b ; ?any ?c", True),
        ("?a !ehpc:other ?b", True),
        ("?a a ehpc:New", True),
        ("?a a ?class", True),
        ("?a unknown:thing ?b", True),
        ("?a ehpc:other ?b", False),
        ('?a ehpc:other "ehpc:moved"', False),
        ("?a ehpc:other ?b FILTER(?a != ?b && !BOUND(?b))", False),
    ],
)
def test_questions_are_asked_that_may_be_concerned(where: str, concerned: bool) -> None:
    node = ox.NamedNode(EHPC + "x")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    moved = (
        ox.Quad(node, ox.NamedNode(EHPC + "moved"), node),
        ox.Quad(node, kind, ox.NamedNode(EHPC + "New")),
    )
    query = f"PREFIX ehpc: <{EHPC}>\nSELECT ?a ?b\nWHERE {{ {where} }}\nORDER BY ?a ?b"
    assert Relevance(Difference(added=moved)).concerns(query) is concerned


def test_text_shows_things_with_most_changes_first_and_says_how_many_more(two: Two) -> None:
    two.edit(FIRST, "4.5", "5")
    two.edit(SECOND, "12.50", "13")
    (two.after.root / UNDATED).unlink()
    text = to_text(two.compare(), limit=1)
    assert "Example-1" in text
    assert "Example-2  (" not in text
    assert "and 1 more; --limit 0 shows all" in text
    assert "  ~  quantity:power-draw  4.5 → 5" in text


def test_text_and_markdown_have_the_same_parts(two: Two) -> None:
    two.edit(FIRST, "4.5", "5")
    (two.after.root / UNDATED).unlink()
    found = two.compare()
    for text in (to_text(found), to_markdown(found)):
        for part in ("4.5 → 5", "our reading corrected", "undated-about-us", "Which centres"):
            assert part in text
    assert "| ~ | quantity:power-draw | 4.5 → 5 |" in to_markdown(found)


def test_json_has_the_statements_behind_each_line(two: Two) -> None:
    two.edit(FIRST, "4.5", "5")
    body = json.loads(to_json(two.compare()))
    (thing,) = body["things"]
    (shown,) = thing["lines"]
    assert shown["reasons"] == [
        {"kind": "our reading corrected", "source": f"{SOURCE}{FIRST[13:-4]}"}
    ]
    (statement,) = shown["statements"]
    assert statement["before"].startswith('"4.5"')
    assert body["answers"][0]["changed"][0]["after"] == ["Example-1", "5"]
    assert body["counts"]["things"]["changed"] == 1


def test_two_files_without_any_vocabulary_are_compared_by_what_their_names_say(
    two: Two, tmp_path: Path
) -> None:
    for name, value in (("a.ttl", 1), ("b.ttl", 2)):
        text = f"<urn:thing> <http://example.org/#hostedBy> {value} ; <urn:p> _:x . _:x <urn:q> 1 ."
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = compare(str(tmp_path / "a.ttl"), str(tmp_path / "b.ttl"), here=two.before)
    (thing,) = found.things
    assert thing.lines[0].what == "hosted by"


def test_a_thing_that_files_only_have_records_of_neither_comes_nor_goes(
    two: Two, tmp_path: Path
) -> None:
    for name, rank in (("a.ttl", 1), ("b.ttl", 2)):
        text = (
            "@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .\n"
            "@prefix id: <https://w3id.org/eurohpc-kg/id/> .\n"
            f"id:entry-1 a ehpc:RankingEntry ; ehpc:of id:lumi ; ehpc:rank {rank} .\n"
        )
        (tmp_path / name).write_text(text)
    found = compare(str(tmp_path / "a.ttl"), str(tmp_path / "b.ttl"), here=two.before)
    assert [entry.kind for entry in found.things] == ["changed"]


def test_reasons_are_named_once_with_their_first_sources() -> None:
    sources = [f"{SOURCE}vtv/2025-10-{day}-news" for day in (10, 11, 12)]
    reasons = [Reason("new source", source) for source in sources]
    assert joined(reasons) == "new source: vtv 2025-10-10, vtv 2025-10-11 +1"
    assert joined([Reason("")]) == ""


def test_what_is_here_is_found_by_itself(monkeypatch: pytest.MonkeyPatch, two: Two) -> None:
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(two.before.root))
    assert not history.compare("now", "now")
    assert history.compare(str(two.after.root)).after.name == "now"


def test_a_comparison_has_every_form(two: Two) -> None:
    two.edit(FIRST, "4.5", "5")
    found = two.compare()
    assert str(found) == found.render("text") == to_text(found)
    assert found._repr_markdown_() == to_markdown(found)
    assert [found.render(form)[:6] for form in FORMS] == [
        "before", "# From", '{\n  "b', "H id <", "DELETE",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="'docx' is no form"):
        found.render("docx")
