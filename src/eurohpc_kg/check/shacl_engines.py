"""SHACL by one of two engines, with one kind of result.

``shacl`` (Rust) is the fast one, ``pyshacl`` the reference that is always there. Both are reached
through `validate` and give the same `Result`s; tests hold them to that over every fixture and over
the real data, for the releases of `PROVEN`. This module alone knows either.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from eurohpc_kg.errors import InputError, MissingDependencyError
from eurohpc_kg.findings import Severity
from eurohpc_kg.namespaces import SH

if TYPE_CHECKING:
    import rdflib

ENGINES = ("fast", "reference")
# Releases of the fast engine that the tests compare with the reference.
PROVEN = frozenset(("0.3.4",))

SEVERITIES = {
    "Violation": Severity.ERROR,
    "Warning": Severity.WARNING,
    "Info": Severity.INFO,
}
_PARTS = (
    "sourceShape",
    "focusNode",
    "resultPath",
    "value",
    "sourceConstraintComponent",
    "resultSeverity",
)


class Result(NamedTuple):
    """Hold one result of a validation.

    ``shape`` and ``path`` are IRIs (``path`` is empty where it is not one property), ``focus`` and
    ``value`` are terms as N-Triples, ``component`` is a local name of the SHACL vocabulary.
    """

    shape: str
    focus: str
    path: str
    value: str
    component: str
    severity: str
    message: str


def validate(data: bytes, shapes: bytes, engine: str = "") -> set[Result]:
    """Validate ``data`` against ``shapes``, both as N-Triples, and return the results.

    ``engine`` is one of `ENGINES`; when empty, the fast one where a proven release is installed,
    else the reference. Raises `InputError` where the shapes can't be compiled, and
    `MissingDependencyError` where the fast engine is asked for and not installed.
    """
    chosen = engine or ("fast" if fast_is_proven() else "reference")
    return _fast(data, shapes) if chosen == "fast" else _reference(data, shapes)


def has_violation(data: bytes, shapes: bytes) -> bool:
    """Tell whether N-Triples break a shape so that they can't be published."""
    results = validate(data, shapes)
    return any(SEVERITIES[result.severity] >= Severity.ERROR for result in results)


def fast_is_proven() -> bool:
    """Tell whether the fast engine is installed in a release that the tests have compared."""
    try:
        import shacl
    except ImportError:
        return False
    return shacl.__version__ in PROVEN


def _fast(data: bytes, shapes: bytes) -> set[Result]:
    try:
        from shacl import Shapes
    except ImportError as error:
        raise MissingDependencyError(
            "the fast SHACL engine is not installed",
            remedy="Install it with: pip install 'eurohpc-kg[fast]', or leave the engine out.",
        ) from error
    try:
        report = Shapes.from_text(shapes.decode(), "ntriples").validate_text(
            data.decode(), "ntriples"
        )
    except ValueError as error:
        raise _unusable(error) from error
    return {
        Result(
            shape=_iri(r.root_shape or r.source_shape or ""),
            focus=r.focus_node,
            path=_iri(r.path or ""),
            value=r.value or "",
            component=r.component,
            severity=r.severity,
            message=r.message or "",
        )
        for r in report.results
    }


def _reference(data: bytes, shapes: bytes) -> set[Result]:
    import logging

    import pyshacl
    import rdflib

    normalize = rdflib.NORMALIZE_LITERALS
    logs = {name: logging.getLogger(name) for name in ("rdflib.term", "pyshacl-validate")}
    levels = {name: log.level for name, log in logs.items()}
    # A literal that is no value of its datatype is what a shape is to find, not the parser.
    rdflib.NORMALIZE_LITERALS = False
    for log in logs.values():
        log.setLevel(logging.CRITICAL)
    try:
        _, report, _ = pyshacl.validate(
            _prepared_graph().parse(data=data, format="nt"),
            shacl_graph=rdflib.Graph().parse(data=shapes, format="nt"),
            inference="none",
        )
        if not isinstance(report, rdflib.Graph):
            raise _unusable(report)
        return set(_report(report))
    except (pyshacl.errors.ShapeLoadError, pyshacl.errors.ReportableRuntimeError) as error:
        raise _unusable(error) from error
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        for name, log in logs.items():
            log.setLevel(levels[name])


def _prepared_graph() -> rdflib.Graph:
    """Return an empty graph that parses each query once, not once for every focus node as pyshacl
    asks it: parsing takes ten times as long as the answer.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    class Prepared(rdflib.Graph):
        prepared = staticmethod(cache(prepareQuery))

        def query(self, query_object: Any, *arguments: Any, **options: Any) -> rdflib.query.Result:
            if isinstance(query_object, str):
                query_object = self.prepared(query_object)
            return super().query(query_object, *arguments, **options)

    return Prepared()


def _report(report: object) -> Iterator[Result]:
    """Read pyshacl's report graph."""
    import rdflib

    assert isinstance(report, rdflib.Graph)
    shacl = rdflib.Namespace(SH)
    # Not every sh:ValidationResult: the details of a result are results too.
    for node in report.objects(None, shacl.result):
        one = {name: report.value(node, shacl[name]) for name in _PARTS}
        path, value = one["resultPath"], one["value"]
        message = next(iter(sorted(str(m) for m in report.objects(node, shacl.resultMessage))), "")
        yield Result(
            shape=str(one["sourceShape"]),
            focus=_n3(one["focusNode"]),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            value="" if value is None else _n3(value),
            component=str(one["sourceConstraintComponent"]).removeprefix(SH),
            severity=str(one["resultSeverity"]).removeprefix(SH),
            message=message,
        )


def _n3(term: object) -> str:
    """Write an rdflib term as N-Triples, with its lexical form as it was read."""
    from rdflib import Literal
    from rdflib.plugins.serializers.nt import _quoteLiteral

    return _quoteLiteral(term) if isinstance(term, Literal) else term.n3()  # type: ignore[attr-defined]


def _iri(text: str) -> str:
    """Return the IRI of ``<iri>``; a path that is more than one property gives nothing."""
    return text[1:-1] if text.startswith("<") and text.count("<") == 1 else ""


def _unusable(error: object) -> InputError:
    return InputError(f"the shapes can't be used: {error}", remedy="Correct the shape it names.")
