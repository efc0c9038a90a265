"""Reading Turtle: literals as written, steady blank nodes, and where and why a text is refused."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from eurohpc_kg.errors import (
    EncodingError,
    EurohpcKgError,
    InputError,
    TooLargeError,
    TurtleSyntaxError,
)
from eurohpc_kg.turtle import parse, read
from eurohpc_kg.turtle.read import LARGEST_FILE, LARGEST_LITERAL, decode

GRAPH = NamedNode("urn:g")


@pytest.mark.parametrize("number", ["12.50", "+5", "007", "1.0E3", "-0.0", ".5"])
def test_a_number_stays_as_it_is_written(number: str) -> None:
    (quad,) = parse(f"<urn:s> <urn:p> {number} .", GRAPH)
    assert isinstance(quad.object, Literal)
    assert quad.object.value == number


def test_every_quad_is_in_the_graph_given() -> None:
    quads = parse("<urn:s> <urn:p> 1 , 2 . <urn:t> <urn:p> 3 .", GRAPH)
    assert {quad.graph_name for quad in quads} == {GRAPH}


def test_the_same_text_gives_the_same_quads_blank_nodes_included() -> None:
    text = "<urn:s> <urn:p> ( 1 2 ) , [ <urn:q> 3 ] ."
    assert parse(text, GRAPH) == parse(text, GRAPH)


def test_blank_nodes_of_two_texts_are_not_the_same() -> None:
    one, other = (parse(f"<urn:s> <urn:p> [ <urn:q> {n} ] .", GRAPH) for n in (1, 2))
    assert not {str(q.subject) for q in one} & {str(q.subject) for q in other} - {"<urn:s>"}


@pytest.mark.parametrize(
    ("text", "line", "column", "remedy"),
    [
        ("<urn:s> <urn:p> <urn:o>\n<urn:t> <urn:p> 1 .", 2, 1, "dot"),
        ("<urn:s> <urn:p> 1 ;\n  ex:q 2 .", 2, 3, "prefix"),
        ("<urn:s> <urn:p> 1", 1, 18, "Finish"),
        ("<> <urn:p> 1 .", 1, 1, "@base"),
        ("<urn:s> <urn:p> <urn:a b> .", 1, 17, "Percent"),
        ('<urn:s> <urn:p> "a\nb" .', 1, 19, '"""'),
        (r'<urn:s> <urn:p> "\q" .', 1, 18, "backslash"),
        ("<urn:s> <urn:p> } .", 1, 17, "bracket"),
    ],
)
def test_what_is_not_turtle_is_refused_with_place_and_cure(
    text: str, line: int, column: int, remedy: str
) -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        parse(text, GRAPH, place="x.ttl")
    assert caught.value.place == f"x.ttl:{line}:{column}"
    assert remedy in caught.value.remedy
    assert "Parser error" not in caught.value.problem


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with contextlib.suppress(TurtleSyntaxError):
        parse(text, GRAPH)


@given(st.binary(max_size=100))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(EncodingError):
        assert decode(data, "x").encode() == data


def test_a_base_that_is_no_iri_is_refused() -> None:
    with pytest.raises(TurtleSyntaxError, match=r"(?i)iri"):
        parse("<a> <b> <c> .", GRAPH, base="not an iri")


def test_a_byte_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"# fine\n# caf\xe9\n")
    with pytest.raises(EncodingError) as caught:
        read(path, GRAPH)
    assert caught.value.place == f"{path}:2"
    assert "byte 12 (0xe9)" in caught.value.problem


def test_a_byte_order_mark_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"\xef\xbb\xbf<urn:s> <urn:p> 1 .")
    with pytest.raises(EncodingError, match="byte order mark"):
        read(path, GRAPH)


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.ttl"
    with path.open("wb") as file:
        file.write(b'<urn:s> <urn:p> "')
        file.truncate(200 * 1024 * 1024)  # a hole: it takes no room on the disk
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(TooLargeError, match=f"{LARGEST_FILE:,}") as caught:
        read(path, GRAPH)
    assert caught.value.place == str(path)


def test_a_literal_over_the_limit_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(f'<urn:s> <urn:p> 1 ;\n  <urn:q> "{"x" * (LARGEST_LITERAL + 1)}" .')
    with pytest.raises(TooLargeError, match="a literal has") as caught:
        read(path, GRAPH)
    assert caught.value.place == f"{path}:2"


@pytest.mark.parametrize("name", ["absent.ttl", "."])
def test_what_can_not_be_opened_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / name, GRAPH)
    assert isinstance(caught.value, EurohpcKgError)
    assert caught.value.place == str(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "<urn:s> <urn:p> 1",
        "<urn:s> <urn:p> 1 # .",
        "<urn:s> <urn:p> 1 . } <urn:other> { <urn:s> <urn:p> 2 .",
        "<urn:s> <urn:p> 1 . }",
        "GRAPH <urn:other> { <urn:s> <urn:p> 1 }",
        "<urn:other> { <urn:s> <urn:p> 1 }",
        "{ <urn:s> <urn:p> 1 }",
    ],
)
def test_what_is_trig_but_not_turtle_is_refused(text: str) -> None:
    with pytest.raises(TurtleSyntaxError):
        parse(text, GRAPH)


@pytest.mark.parametrize(
    "top",
    [
        "@prefix x: <urn:> .\n",
        "# A comment.\n\n  @prefix x: <urn:> . \n@base <urn:b> .\n",
        "PREFIX x: <urn:>\n",
        "@prefix x: <urn:> . <urn:t> <urn:p> x:o .\n",
        "<urn:t> <urn:p> '}' .\n@prefix x: <urn:> .\n",
        "@prefix x:\n  <urn:> .\n",
    ],
)
def test_directives_of_any_layout_are_read_and_every_quad_is_in_the_graph(top: str) -> None:
    quads = parse(f"{top}x:s x:p x:o , ( x:o ) .", GRAPH)
    assert {quad.graph_name for quad in quads} == {GRAPH}
    assert NamedNode("urn:s") in {quad.subject for quad in quads}
