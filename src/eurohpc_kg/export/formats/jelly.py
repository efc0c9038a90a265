"""Jelly: a quick and small binary form of RDF, with the sources kept as graphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.lines import STRING, iri, value
from eurohpc_kg.export.optional import require
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.short import REMEMBERED


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write a flat stream of quads with pyjelly.

    Frame by frame: the one call that does it all, ``flat_stream_to_file``, keeps some memory of
    each quad (seen with pyjelly 0.8.2).
    """
    generic = require("pyjelly.integrations.generic.generic_sink", "the format jelly")
    encoding = require("pyjelly.integrations.generic.serialize", "the format jelly")
    streams = require("pyjelly.serialize.streams", "the format jelly")
    put = require("pyjelly.serialize.ioutils", "the format jelly").write_delimited
    quads = require("pyjelly.jelly", "the format jelly").LOGICAL_STREAM_TYPE_FLAT_QUADS
    options = streams.SerializerOptions(logical_type=quads)
    encoder = encoding.GenericSinkTermEncoder(lookup_preset=options.lookup_preset)
    stream = streams.QuadStream(encoder=encoder, options=options)
    stream.enroll()
    for quad in _quads(dataset, generic):
        if frame := stream.quad(quad):
            put(frame, file)
    if frame := stream.flow.to_stream_frame():
        put(frame, file)


def _quads(dataset: Dataset, generic: Any) -> Iterator[Any]:
    known: dict[str, Any] = {}

    def term(text: str) -> Any:
        found = known.get(text)
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[text] = _term(text, generic)
        return found

    for graph in dataset.graphs:
        name = generic.IRI(graph.name)
        for subject, predicate, object_ in dataset.parts(graph):
            yield generic.Quad(term(subject), term(predicate), term(object_), name)


def _term(text: str, generic: Any) -> Any:
    literal = value(text)
    if literal is not None:
        if literal.language:
            return generic.Literal(literal.text, langtag=literal.language)
        datatype = None if literal.datatype == STRING else literal.datatype
        return generic.Literal(literal.text, datatype=datatype)
    return generic.BlankNode(text[2:]) if text.startswith("_:") else generic.IRI(iri(text))


EXPORTER = Exporter(
    "Jelly: binary, quick to read, each statement with its source",
    group="rdf",
    ending="jelly",
    media_type="application/x-jelly-rdf",
    write=write,
    needs=("pyjelly",),
    rank=20,
)
