"""The house form: what was read is what is written, and writing again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

from eurohpc_kg.errors import InputError, TurtleSyntaxError
from eurohpc_kg.names import Prefixes, read_prefixes
from eurohpc_kg.repository import find_repository
from eurohpc_kg.turtle import format_text, parse, write
from eurohpc_kg.turtle.order import natural

REPOSITORY = find_repository(Path(__file__))
PREFIXES = read_prefixes(REPOSITORY)
XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "https://w3id.org/eurohpc-kg/source/vtv/2025-10-12-x"

iris = st.one_of(
    st.sampled_from(sorted(PREFIXES.namespaces.values())),
    st.builds(
        lambda namespace, local: namespace + local,
        st.sampled_from([*PREFIXES.namespaces.values(), "http://example.org/", "urn:x:"]),
        st.from_regex(r"[A-Za-z0-9_./-]{1,12}", fullmatch=True),
    ),
    st.just(BASE),
).map(NamedNode)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
literals = st.one_of(
    texts.map(Literal),
    st.builds(
        lambda text, language: Literal(text, language=language),
        texts,
        st.sampled_from(["en", "de", "vi", "en-gb"]),
    ),
    st.builds(
        lambda text, datatype: Literal(text, datatype=NamedNode(XSD + datatype)),
        st.one_of(texts, st.from_regex(r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}(e[0-9])?", fullmatch=True)),
        st.sampled_from(["integer", "decimal", "double", "boolean", "date", "string"]),
    ),
)
blanks = st.sampled_from([BlankNode(f"b{n}") for n in range(4)])
first, rest, nil = (
    NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#" + name)
    for name in ("first", "rest", "nil")
)
plain_triples = st.builds(Triple, iris, iris, st.one_of(iris, literals))
any_triples = st.builds(
    Triple,
    st.one_of(iris, blanks),
    st.one_of(iris, st.sampled_from([first, rest])),
    st.one_of(iris, literals, blanks, st.just(nil)),
)


def read_back(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text, DefaultGraph())]


def shape_of(triples: Iterable[Triple]) -> set[Quad]:
    """Return the triples with canonical blank node labels, so that two graphs compare."""
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@given(st.sets(plain_triples, max_size=12), st.sampled_from([None, BASE]))
@settings(max_examples=100)
def test_what_is_written_reads_back_the_same(triples: set[Triple], base: str | None) -> None:
    assert set(read_back(write(triples, PREFIXES, base))) == triples


@given(st.sets(any_triples, max_size=10))
@settings(max_examples=100)
def test_lists_and_blank_nodes_of_any_shape_read_back_the_same(triples: set[Triple]) -> None:
    assert shape_of(read_back(write(triples, PREFIXES))) == shape_of(triples)


@given(st.sets(any_triples, max_size=10), st.sampled_from([None, BASE]), texts)
@settings(max_examples=100)
def test_formatting_a_formatted_text_changes_nothing(
    triples: set[Triple], base: str | None, header: str
) -> None:
    text = write(triples, PREFIXES, base, header.replace("\r", " "))
    once = format_text(text, PREFIXES)
    assert format_text(once, PREFIXES) == once


@given(st.lists(plain_triples, max_size=10))
def test_the_order_of_triples_does_not_matter(triples: list[Triple]) -> None:
    assert write(triples, PREFIXES) == write(reversed(triples), PREFIXES)


def house(body: str) -> str:
    """Format a text in which every house prefix is declared, and return what follows them."""
    declared = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES)
    text = format_text(declared + body, PREFIXES)
    return "\n".join(line for line in text.split("\n") if not line.startswith("@prefix")).lstrip()


def test_a_block_has_the_order_of_the_house() -> None:
    assert (
        house(
            """
            ehpc:X rdfs:isDefinedBy <urn:o> ; rdfs:seeAlso <urn:x> ; dcterms:source <urn:y> ;
              skos:editorialNote "n"@en ; sh:message "m"@en ; sh:severity sh:Info ;
              owl:disjointWith ehpc:Y ; dcterms:created "2026"^^xsd:gYear ;
              rdfs:subClassOf ehpc:Z ; skos:example "e"@en ; skos:scopeNote "s"@en ;
              skos:definition "d"@en ; dcterms:title "t"@en ; skos:altLabel "b"@en ;
              rdfs:label "a"@en ; a owl:Class .
            """
        )
        == """\
ehpc:X a owl:Class ;
    rdfs:label "a"@en ;
    skos:altLabel "b"@en ;
    dcterms:title "t"@en ;
    skos:definition "d"@en ;
    skos:scopeNote "s"@en ;
    skos:example "e"@en ;
    rdfs:subClassOf ehpc:Z ;
    dcterms:created "2026"^^xsd:gYear ;
    owl:disjointWith ehpc:Y ;
    sh:severity sh:Info ;
    sh:message "m"@en ;
    skos:editorialNote "n"@en ;
    dcterms:source <urn:y> ;
    rdfs:seeAlso <urn:x> ;
    rdfs:isDefinedBy <urn:o> .
"""
    )


def test_only_prefixes_that_are_written_are_declared() -> None:
    text = "@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .\n\nehpc:X ehpc:p ( 1 2 ) .\n"
    assert format_text(text, PREFIXES) == text


def test_the_specimen_of_a_source_document_is_in_house_form() -> None:
    text = """\
# Example Centre, "Example-1 is inaugurated", 2 March 2026. A specimen of the layout, not a fact.

@base <https://w3id.org/eurohpc-kg/source/example-centre/2026-03-02-example-1-inaugurated> .
@prefix basis: <https://w3id.org/eurohpc-kg/vocabulary/basis/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix figure: <https://w3id.org/eurohpc-kg/figure/> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<> a ehpc:SourceDocument ;
    dcterms:title "Example-1 is inaugurated"@en ;
    dcterms:issued "2026-03-02"^^xsd:date ;
    dcterms:publisher id:example-centre ;
    dcterms:source <https://www.example.org/news/example-1> ;
    ehpc:retrieved "2026-03-05"^^xsd:date ;
    ehpc:standing ehpc:PrimarySource .

figure:example-1-power-2026-03-example-centre a ehpc:Figure ;
    ehpc:asOf "2026-03"^^xsd:gYearMonth ;
    ehpc:basis basis:planned ;
    ehpc:of id:example-1 ;
    ehpc:value 4.50 .
"""
    assert format_text(text, PREFIXES) == text


def test_several_objects_stand_one_a_line_names_then_values_then_texts_by_language() -> None:
    assert (
        house('id:a ehpc:p "b"@de , "c"@en , 10 , 9.5 , id:z , "a"@cs , id:y-10 , id:y-9 .')
        == """\
id:a ehpc:p
    id:y-9 ,
    id:y-10 ,
    id:z ,
    9.5 ,
    10 ,
    "c"@en ,
    "a"@cs ,
    "b"@de .
"""
    )


def test_several_types_share_the_line_of_the_subject() -> None:
    text = "ehpc:p a owl:TransitiveProperty , owl:ObjectProperty ."
    assert house(text) == "ehpc:p a owl:ObjectProperty , owl:TransitiveProperty .\n"


def test_a_literal_is_bare_only_where_its_form_is_valid_shorthand() -> None:
    assert (
        house('id:a ehpc:p "12"^^xsd:decimal , "1"^^xsd:boolean , 12.50 , true , 1e3 , -7 .')
        == """\
id:a ehpc:p
    1e3 ,
    12.50 ,
    "1"^^xsd:boolean ,
    "12"^^xsd:decimal ,
    -7 ,
    true .
"""
    )


def test_a_text_with_line_breaks_stands_in_long_quotes_as_it_is() -> None:
    query = 'SELECT ?s\nWHERE { ?s ?p "x" . }'
    (triple,) = read_back(write([Triple(NamedNode("urn:s"), first, Literal(query))], PREFIXES))
    assert f'"""{query}"""' in write([triple], PREFIXES)


def test_short_lists_stand_on_one_line_and_long_ones_one_member_a_line() -> None:
    assert house("id:a sh:in ( 1 2 ) , () .") == "id:a sh:in\n    ( 1 2 ) ,\n    () .\n"
    members = " ".join(f"id:a-name-that-takes-room-{n}" for n in range(5))
    assert house(f"id:a sh:in ( {members} ) .") == (
        "id:a sh:in (\n    "
        + "\n    ".join(f"id:a-name-that-takes-room-{n}" for n in range(5))
        + "\n) .\n"
    )


def test_a_nested_block_stands_on_one_line_where_it_fits() -> None:
    assert house("id:a sh:path [ sh:inversePath ehpc:of ] .") == (
        "id:a sh:path [ sh:inversePath ehpc:of ] .\n"
    )
    long = "x" * 80
    assert house(f'id:a ehpc:p 1 ; sh:property [ sh:name "{long}" ; sh:order 1 ] .') == (
        "id:a ehpc:p 1 ;\n    sh:property [\n"
        f'        sh:name "{long}" ;\n        sh:order 1\n    ] .\n'
    )


def test_the_document_is_the_only_relative_iri_and_its_block_comes_first() -> None:
    base = NamedNode(BASE)
    triples = [
        Triple(NamedNode("http://a.example/"), first, base),
        Triple(base, first, NamedNode(BASE + "/part")),
    ]
    body = write(triples, Prefixes({}), BASE).split("\n\n")[1:]
    assert [block.split(" ")[0] for block in body] == ["<>", "<http://a.example/>"]
    assert f"<{BASE}/part>" in body[0]


def test_comments_move_to_the_top_and_none_is_lost() -> None:
    text = (
        "# One.\n#\n# Two.\n"
        "<urn:a#b> <urn:p> \"# no\" , '# no' , '''\n# no''' . # three\n<urn:c> <urn:p> 1 .\n#four\n"
    )
    formatted = format_text(text, PREFIXES)
    assert formatted.startswith("# One.\n#\n# Two.\n# three\n# four\n\n<urn:a#b>")
    assert set(read_back(formatted)) == set(read_back(text))


def test_a_text_without_triples_keeps_its_comments() -> None:
    assert format_text("# Nothing yet.\n", PREFIXES) == "# Nothing yet.\n"
    assert format_text("", PREFIXES) == ""


def test_only_the_prefixes_used_are_declared_in_order_and_others_give_way() -> None:
    text = "@prefix my: <https://w3id.org/eurohpc-kg/id/> . my:b my:p my:c ; <urn:q> 1 ."
    assert format_text(text, PREFIXES) == (
        "@prefix id: <https://w3id.org/eurohpc-kg/id/> .\n\nid:b <urn:q> 1 ;\n    id:p id:c .\n"
    )


def test_what_is_not_turtle_is_refused_with_its_place() -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        format_text("<urn:a> <urn:b>", PREFIXES, "data/x.ttl")
    assert caught.value.place.startswith("data/x.ttl:1:")


def test_a_triple_as_a_term_is_refused() -> None:
    with pytest.raises(InputError, match=r"RDF 1\.2"):
        format_text("<urn:a> <urn:b> <<( <urn:c> <urn:d> 1 )>> .", PREFIXES)


def test_numbers_in_names_sort_as_numbers_whatever_stands_around_them() -> None:
    written = ["e-9", "e-10", "e-10-a", "e-10a", "e-010", "e-9-2", "e-9-10", "e", "e-", "e-a"]
    assert sorted(written, key=natural) == [
        "e", "e-", "e-9", "e-9-2", "e-9-10", "e-010", "e-10", "e-10-a", "e-10a", "e-a",
    ]  # fmt: skip


@given(st.lists(st.text('ab-0129<>"', max_size=12), max_size=12))
def test_the_order_of_names_is_that_of_their_words_and_numbers(names: list[str]) -> None:
    assert sorted(names, key=natural) == sorted(names, key=_words_and_numbers)


def _words_and_numbers(name: str) -> tuple[list[str | tuple[int, str]], str]:
    parts: list[str | tuple[int, str]] = [*re.split(r"(\d+)", name.rstrip('>"'))]
    parts[1::2] = [(len(one.lstrip("0")), one.lstrip("0")) for one in map(str, parts[1::2])]
    return parts, name
