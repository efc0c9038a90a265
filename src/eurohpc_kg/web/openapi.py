"""What may be asked of the server, for programs: an OpenAPI 3.1 description of its routes.

It is made from the tables that the server itself goes by (pages, kinds of things, forms, saved
questions with their parameters), so that it can't tell anything else; a test holds it against the
routes, and another sends what it allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from eurohpc_kg import __version__
from eurohpc_kg.questions import GROUPS, Parameter
from eurohpc_kg.web import endpoint
from eurohpc_kg.web.addresses import OPENAPI, THINGS
from eurohpc_kg.web.answers import ANSWERS
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.indexes import INDEXES
from eurohpc_kg.web.negotiate import FORMS, HTML, RDF_FORMS
from eurohpc_kg.web.pages.routes import PARAMETERS, SINGLE
from eurohpc_kg.web.publish import DATA, LICENCE

Json = dict[str, Any]

_FAULTS = {
    400: "What was asked can't be read; the remedy says why.",
    403: "The graph can only be read here.",
    404: "There is no such thing; near are those that may have been meant.",
    406: "None of the forms that are accepted is there.",
    408: "The query did not come in time.",
    413: "The request is too large.",
    414: "The address is too long.",
    415: "A query can't be read from this media type.",
    503: "It took too long or too much, or too many wait: ask for less, or later.",
}
_READ = (400, 404, 406, 414, 503)
_ASKED = (400, 403, 406, 408, 413, 415, 503)
_PIECE = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,80}$"}
_TEXT = {"type": "string"}
# Documents with an address that is known, and those that lie below: what they are, an example.
_BELOW = {
    "source/{publisher}/{document}": ("A source document: what it states", ("eurohpc-ju", "x")),
    "ontology/{term}": ("A term of the ontology", ("Supercomputer",)),
    "vocabulary/{scheme}": ("A vocabulary with its concepts", ("sector",)),
    "question/{name}": ("A saved question with its answer", ("factories-targeting-sector",)),
    "graph/{name}": ("A graph that is no source document", ("register",)),
}
_NAMED = {
    "id": "A thing: an institution, a machine, a project, a place",
    "vocabulary/{scheme}": "A concept of a vocabulary",
}
_EXAMPLES = {"id": "eurohpc-ju", "vocabulary/{scheme}": "healthcare"}


def openapi(build: Build) -> Json:
    """Return the description; paths are relative to the top of the server."""
    paths = {**_things(), **_documents(), **_pages(), **_questions(build), **_sparql(), **_rest()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "eurohpc-kg",
            "summary": "The open knowledge graph of the European HPC and AI ecosystem",
            "version": __version__,
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": "../"}],
        "tags": [{"name": name, "description": text} for name, text in GROUPS.items()],
        "paths": {f"/{path}": item for path, item in paths.items()},
        "components": {"schemas": {"Fault": _FAULT}},
    }


_FAULT: Json = {
    "type": "object",
    "required": ["status", "problem"],
    "additionalProperties": False,
    "properties": {
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "problem": {**_TEXT, "description": "what is wrong"},
        "remedy": {**_TEXT, "description": "what to do"},
        "place": {**_TEXT, "description": "where it is wrong"},
        "near": {"type": "array", "items": _TEXT, "description": "paths that may be meant"},
    },
}


def _things() -> dict[str, Json]:
    """Return the kinds of things: an address of a description, and the description by form."""
    found: dict[str, Json] = {}
    for kind in (*THINGS, "vocabulary/{scheme}"):
        summary = _NAMED.get(kind, f"A {kind} of the graph")
        pieces = [_piece("scheme", "sector")] if "{" in kind else []
        pieces.append(_piece("name", _EXAMPLES.get(kind, "")))
        name = kind.partition("/")[0]
        found[f"{kind}/{{name}}"] = _get(
            f"{name}-thing", summary, pieces,
            {303: {"description": "The address of a description, in the form that is accepted."}},
            _READ,
        )  # fmt: skip
        found[f"{kind}/{{name}}.{{form}}"] = _get(
            f"{name}-description", f"{summary}, described",
            [*pieces, _form((HTML.suffix, *DATA))], _sent(_types((HTML.suffix, *DATA))), _READ,
        )  # fmt: skip
    return found


def _documents() -> dict[str, Json]:
    found: dict[str, Json] = {}
    places = {name: (f"All of {name}", ()) for name in SINGLE if name in _TOPS} | _BELOW
    for path, (summary, examples) in places.items():
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        pieces = [_piece(name, value) for name, value in zip(names, examples, strict=True)]
        identifier = path.partition("/")[0] + ("-one" if names else "")
        forms = (HTML.suffix, *DATA)
        found[path] = _get(identifier, summary, pieces, _sent(_types(forms)), _READ)
        found[f"{path}.{{form}}"] = _get(
            f"{identifier}-form", summary, [*pieces, _form(forms)], _sent(_types(forms)), _READ
        )
    return found


# Pages that are documents of the graph too, and so come in every form.
_TOPS = ("ontology", "shape", "question")


def _pages() -> dict[str, Json]:
    """Return the pages that help to find others: HTML only."""
    return {
        f"{path}.html": _get(
            "page-" + path.rpartition("/")[2], f"The page {path}",
            [_query(name, text) for name, text in PARAMETERS.get(path, {}).items()],
            _sent(_types(("html",))), _READ,
        )
        for path in SINGLE if path not in _TOPS
    }  # fmt: skip


def _questions(build: Build) -> dict[str, Json]:
    """Return each saved question, with what may be filled in."""
    forms = (HTML.suffix, *ANSWERS, *(form for form in RDF_FORMS if form not in ANSWERS))
    return {
        f"question/{slug}.{{form}}": _get(
            f"question-{slug}", question.summary,
            [_form(forms), *map(_parameter, question.parameters.values())],
            _sent(_types(forms)), _READ, tags=[question.group], description=question.description,
        )
        for slug, question in build.questions.items()
    }  # fmt: skip


def _sparql() -> dict[str, Json]:
    graphs = [
        _query("default-graph-uri", "a graph of the default graph"),
        _query("named-graph-uri", "a graph that GRAPH may name"),
    ]
    names = [*endpoint.RESULTS, *endpoint.TRIPLES]
    one = {"style": "form", "explode": False, "schema": {**_TEXT, "enum": names}}
    form = {"name": "format", "in": "query", "description": "the form, before Accept", **one}
    asked = {"name": "query", "in": "query", "description": "SPARQL 1.1; none: the description",
             "schema": _TEXT, "example": "ASK {}"}  # fmt: skip
    types = [types[0] for types in (*endpoint.RESULTS.values(), *endpoint.TRIPLES.values())]
    body = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": _TEXT, "example": "ASK {}"},
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": ["query"],
                           "properties": {"query": _TEXT, "default-graph-uri": _TEXT,
                                          "named-graph-uri": _TEXT,
                                          "format": {**_TEXT, "enum": names}}},
                "example": {"query": "ASK {}"},
            },
        },
    }  # fmt: skip
    item = _get("sparql-get", "Ask in SPARQL", [asked, *graphs, form],
                _sent([*types, HTML.media_type]), _ASKED)  # fmt: skip
    post = _get("sparql-post", "Ask in SPARQL", graphs, _sent(types), _ASKED)["get"]
    return {"sparql": {**item, "post": {**post, "requestBody": body}}}


def _rest() -> dict[str, Json]:
    rdf = _sent(_types(RDF_FORMS))
    json = _sent(["application/json"])
    static = _sent(["text/css", "text/javascript", "image/svg+xml", "text/plain"])
    return {
        "": _get("start", "The front page", [], _sent([HTML.media_type]), _READ),
        ".well-known/void": _get("void", "The description of the dataset", [], rdf, (406,)),
        "graph/catalog": _get("catalog", "The same, by the name of the graph", [], rdf, (406,)),
        "-/health": _get("health", "Whether it serves, and what", [], json),
        "-/metrics": _get("metrics", "Numbers for Prometheus", [], _sent(["text/plain"])),
        OPENAPI: _get("openapi", "This description", [], json),
        "-/static/{file}": _get(
            "static", "What pages load", [_piece("file", "house.css", pattern="")], static, (404,)
        ),
        "-/europe.svg": _get("europe", "The borders under a map", [], _sent(["image/svg+xml"])),
        "logo.svg": _get("logo", "The logo", [], _sent(["image/svg+xml"])),
        **{path: _get(path.rpartition("/")[2].partition(".")[0], "What scripts search in", [], json,
                      _READ) for path in INDEXES},
    }  # fmt: skip


def _get(
    identifier: str, summary: str, parameters: Iterable[Json], responses: Mapping[int, Json],
    faults: Iterable[int] = (), **more: Any,
) -> Json:  # fmt: skip
    told = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}},
            HTML.media_type: {"schema": _TEXT}}  # fmt: skip
    refused = {status: {"description": _FAULTS[status], "content": told} for status in faults}
    operation = {
        "operationId": identifier,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {str(status): one for status, one in {**responses, **refused}.items()},
    }
    return {"get": operation | {name: value for name, value in more.items() if value}}


def _sent(types: Iterable[str]) -> dict[int, Json]:
    content: dict[str, Json] = {name: {} for name in types}
    return {200: {"description": "As asked for.", "content": content},
            304: {"description": "The client has this version."}}  # fmt: skip


def _types(suffixes: Iterable[str]) -> list[str]:
    return [FORMS[suffix].media_type for suffix in suffixes]


def _piece(name: str, example: str, pattern: str = _PIECE["pattern"]) -> Json:
    schema = {**_PIECE, "pattern": pattern or "^[a-z]{1,20}[.](css|js|svg)$"}
    return {"name": name, "in": "path", "required": True,
            "schema": schema, **({"example": example} if example else {})}  # fmt: skip


def _form(suffixes: Iterable[str]) -> Json:
    return {"name": "form", "in": "path", "required": True,
            "schema": {**_TEXT, "enum": list(suffixes)}}  # fmt: skip


def _query(name: str, description: str, more: Mapping[str, Any] | None = None) -> Json:
    return {"name": name, "in": "query", "description": description,
            "schema": {"type": "array", "items": _TEXT}, **(more or {})}  # fmt: skip


def _parameter(parameter: Parameter) -> Json:
    text = parameter.default_text
    return _query(parameter.name, parameter.description, {"example": [text]} if text else {})
