"""The reply to a request for a path: which document in which form, with its headers.

A pure function of the build, the path, what was filled in and ``Accept``; no server stands here.
A thing can't be sent, so a request for it is answered with the address of a description (303);
documents are sent (200), under their own address in the form asked for, and under an address with
a suffix in the form that it names: the same bytes.

What writes pages and answers is imported when the first of them is asked for, so that a server is
there soon: that is a third of what all of it takes to import.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.web.addresses import START, iri_of, is_path, is_thing
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.faults import Fault, Refused, fault_of
from eurohpc_kg.web.memory import Memory
from eurohpc_kg.web.negotiate import (
    FORMS,
    HTML,
    RDF_FORMS,
    Form,
    choose_form,
    choose_language,
    split_suffix,
)
from eurohpc_kg.web.rdf import quads_of, rows_of, write_quads
from eurohpc_kg.web.refusals import body_of, headers_of

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
Headers = list[tuple[str, str]]
DATA = (*RDF_FORMS, "csv", "json")


class Reply(NamedTuple):
    """Hold a reply; ``etag`` stands also in the headers, quoted."""

    status: int
    headers: Headers
    body: bytes
    etag: str = ""


def reply_of(
    body: bytes, content_type: str, more: Iterable[tuple[str, str]] = (), status: int = 200
) -> Reply:
    """Return the reply with this body, and a name for its version made of it."""
    etag = hashlib.blake2b(body, digest_size=12).hexdigest()
    headers = [("content-type", content_type), ("etag", f'"{etag}"'), ("cache-control", "no-cache")]
    return Reply(status, [*headers, *more], body, etag)


def _form(path: str, accept: str) -> Form | None:
    """Return the form that is sent for a path: by its suffix, else by ``Accept``."""
    suffix = split_suffix(path)[1]
    if suffix:
        return FORMS[suffix]
    if is_thing(path) or path.partition("/")[0] not in ("-", "sparql"):
        return choose_form(accept, _offered(path))
    return HTML


def _key(path: str, values: Mapping[str, list[str]], accept: str, language: str) -> Hashable | None:
    """Return what a reply is kept under: in which form it is sent, however that was asked for."""
    form = _form(path or START, accept)
    if form is None:
        return None
    own = language if form == HTML else ""
    return path, form.suffix, own, tuple((name, *several) for name, several in values.items())


class Publisher:
    """Reply to requests from one build; what was written once is kept, up to so many bytes."""

    def __init__(self, build: Build, room: int = 64_000_000) -> None:
        self.build = build
        self._kept = Memory[Hashable, Reply](
            room, lambda key, reply: len(str(key)) + len(reply.body)
        )

    def language(self, accept_language: str) -> str:
        """Return the language of a reader, empty for English or one that no name is in."""
        if not accept_language or accept_language.startswith("en"):
            return ""
        return choose_language(accept_language, self.build.languages)

    def kept(
        self, path: str, values: Mapping[str, list[str]], accept: str, language: str = ""
    ) -> Reply | None:
        """Return the reply to a request, if the same was sent before."""
        key = _key(path, values, accept, language)
        return None if key is None else self._kept.get(key)

    def reply(
        self, path: str, values: Mapping[str, list[str]], accept: str, language: str = ""
    ) -> Reply:
        """Return the reply to a request; a fault is a reply too."""
        try:
            reply = self._reply(path, values, accept, language)
        except EurohpcKgError as error:
            return self.refuse(fault_of(error), accept, path)
        except Refused as refused:
            return self.refuse(refused.fault, accept, path)
        self.keep(path, values, accept, language, reply)
        return reply

    def keep(
        self, path: str, values: Mapping[str, list[str]], accept: str, language: str, reply: Reply
    ) -> None:
        """Keep the reply to a request, unless it tells of a fault."""
        key = _key(path, values, accept, language)
        if key is not None and reply.status in (200, 303):
            self._kept.keep(key, reply)

    def refuse(self, fault: Fault, accept: str, path: str = "") -> Reply:
        """Return the reply that tells of a fault."""
        here = path if is_path(path) else ""
        content_type, body = body_of(fault, self.build, accept, here)
        headers = [("content-type", content_type), ("cache-control", "no-store")]
        return Reply(fault.status, headers + headers_of(fault), body)

    def _reply(
        self, path: str, values: Mapping[str, list[str]], accept: str, language: str
    ) -> Reply:
        path = path or START
        if not is_path(path):
            return self.refuse(_nowhere(), accept)
        if path.startswith("-/"):
            from eurohpc_kg.web.indexes import INDEXES

            if path in INDEXES:
                return reply_of(INDEXES[path](self.build), FORMS["json"].content_type)
        bare, suffix = split_suffix(path)
        form = _form(path, accept)
        if form is None:
            return self.refuse(_unacceptable(), accept, path)
        links = self._links(bare)
        if not suffix and is_thing(path) and self.build.says_of(ox.NamedNode(iri_of(path))):
            location = f"{path.rpartition('/')[2]}.{form.suffix}"
            return Reply(303, [("location", location), ("vary", "Accept"), *links], b"")
        status, body = self._body(bare, form, values, language)
        if body is None:
            return self.refuse(self._missing(bare), accept, path)
        if not suffix:
            last = path.rpartition("/")[2]
            links += [("content-location", f"{last}.{form.suffix}")]
        varying = [] if suffix else ["Accept"]
        if form == HTML:
            varying.append("Accept-Language")
        if varying:
            links.append(("vary", ", ".join(varying)))
        return reply_of(body, form.content_type, links, status)

    def _body(
        self, path: str, form: Form, values: Mapping[str, list[str]], language: str
    ) -> tuple[int, bytes | None]:
        if form == HTML:
            from eurohpc_kg.web.pages import page, write_page

            made = page(self.build, path, values)
            if made is None:
                return 404, None
            return made.status, write_page(made, self.build, language)
        return 200, self.data(path, form.suffix, values)

    def data(
        self, path: str, suffix: str, values: Mapping[str, list[str]] | None = None
    ) -> bytes | None:
        """Return what is said of the thing or document at a path, in a form for programs.

        A question gives its answer where the form is one for tables.
        """
        if path.startswith("question/"):
            from eurohpc_kg.web.answers import ANSWERS, answer_data

            if suffix in ANSWERS:
                return answer_data(self.build, path.partition("/")[2], suffix, values or {})
        if suffix == "json":
            return json_of(self.build, path)
        quads = quads_of(self.build, iri_of(path))
        return write_quads(quads, suffix, self.build) if quads else None

    def _links(self, path: str) -> Headers:
        """Return the headers that say what this is about, and where the other forms lie."""
        last = path.rpartition("/")[2]
        found = [f'<{LICENCE}>; rel="license"']
        if path.partition("/")[0] not in ("-", "sparql", START):
            found.append(f'<{iri_of(path)}>; rel="describes"')
            found += [
                f'<{last}.{form.suffix}>; rel="alternate"; type="{form.media_type}"'
                for form in map(FORMS.__getitem__, _offered(path))
            ]
        return [("link", ", ".join(found))]

    def _missing(self, path: str) -> Fault:
        """Return what to say where nothing lies; with the nearest names."""
        last = path.rpartition("/")[2].replace("-", " ")
        near = tuple(
            match.node.value.removeprefix(NAMESPACE)
            for match in (self.build.names.near(last[:80]) if last else ())
            if match.node.value.startswith(NAMESPACE + "id/")
        )
        return Fault(
            404,
            f"Nothing lies at /{path}.",
            "Search for it by name, or start at the front page.",
            near=near[:5],
        )


def json_of(build: Build, path: str) -> bytes | None:
    """Return a thing as its page groups it, or the statements of a document, as JSON."""
    node = ox.NamedNode(iri_of(path))
    if is_thing(path):
        if not build.says_of(node):
            return None
        from eurohpc_kg.show import write_profile

        return write_profile(build.profile(node), "json").encode()
    rows = rows_of(quads_of(build, node.value))
    body = {"iri": node.value, "statements": rows}
    return (json.dumps(body, ensure_ascii=False) + "\n").encode() if rows else None


def _offered(path: str) -> tuple[str, ...]:
    """Return the suffixes of the forms in which something lies at a path."""
    more = ("rq", "parquet") if path.startswith("question/") else ()
    return (HTML.suffix, *DATA, *more)


def _nowhere() -> Fault:
    return Fault(404, "There can be nothing at this address.", "Start at the front page.")


def _unacceptable() -> Fault:
    offered = (FORMS[suffix] for suffix in (HTML.suffix, *DATA))
    forms = ", ".join(f"{form.media_type} (.{form.suffix})" for form in offered)
    return Fault(406, "None of the forms that you accept is there.", f"Ask for one of {forms}.")
