"""Names to things and back: what a person writes for a thing, and what to call it.

A name is an IRI, a CURIE, a slug, a label or short name in any language, an identifier (ROR,
Wikidata, ISO …), or publisher and date of a document. An exact spelling is looked up in the graph;
only where there is none are names compared without case, accents and punctuation, Cyrillic and
Greek in Latin letters, by the file of all names beside the store (`store.spellings`). Nothing is
ever taken on likeness alone: the nearest names are in the error.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.errors import AmbiguousNameError, EurohpcKgError, UnknownNameError, UsageError
from eurohpc_kg.keeping import Keeping
from eurohpc_kg.names import EHPC, SOURCE, THING, Prefixes, is_slug, readable_slug
from eurohpc_kg.namespaces import DCTERMS, RDF, RDFS, SCHEMA, SKOS
from eurohpc_kg.records import dataclass
from eurohpc_kg.store.spellings import (
    IDENTIFIER,
    NAMING,
    REASONS,
    SLUG,
    SUB_PROPERTY,
    Spelling,
    Spellings,
    own_name,
    plain,
    read_spellings,
    spellings_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["NAMING", "Match", "Names"]

_RDF_TYPE = ox.NamedNode(RDF + "type")
_RDFS_LABEL = ox.NamedNode(RDFS + "label")
_PREFERRED = ox.NamedNode(SKOS + "prefLabel")
_IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
_TITLE = ox.NamedNode(DCTERMS + "title")
_SAME_AS = ox.NamedNode(SCHEMA + "sameAs")
_IDENTIFIER = ox.NamedNode(EHPC + "identifier")

# Languages of the names: of the EU, of the participating states, and of some vendors.
_LANGUAGES = (
    "en bg bs ca cs da de el es et eu fi fr ga gl he hr hu is it ja lb lt lv me mk mt nb nl nn no"
    " pl pt ro ru sk sl sq sr sv tr uk vi zh"
).split()

MOST_CANDIDATES = 6
LONGEST_NAME = 1_000


@dataclass(frozen=True)
class Match:
    """Hold the thing that a name stands for, and why it was taken."""

    node: ox.NamedNode
    name: str
    reason: str


class Names(Keeping):
    """Look names up in one store; what was read once is kept, for a process that asks often."""

    one_file = True  # whether one look-up serves every class and scheme

    def __init__(
        self, store: ox.Store, prefixes: Prefixes, folder: str | Path | None = None
    ) -> None:
        """Take the folder of the store, if it lies in one: its file of names saves reading them."""
        self.store = store
        self.prefixes = prefixes
        self._folder = folder
        self._spellings: dict[str, Spellings] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._above: dict[ox.NamedNode, frozenset[ox.NamedNode]] = {}
        self._identifying: dict[ox.NamedNode, str] | None = None

    def find(self, text: str, within: str = "") -> Match:
        """Return the one thing that has this name.

        ``within`` is the IRI of a concept scheme or of a class that the thing must belong to.
        Raises `AmbiguousNameError` when several things have the name, and `UnknownNameError` with
        the nearest names when none has.
        """
        name = " ".join(text.split())
        if not name or len(name) > LONGEST_NAME:
            raise UsageError(
                "the name is empty" if not name else f"the name has {len(name):,} characters",
                remedy=f"Write a name of 1 to {LONGEST_NAME:,} characters.",
            )
        address = self._by_address(name, within)
        if address is not None:
            return address
        for look_up in (self.exact, self.folded):
            matches = look_up(name, within)
            nodes = {match.node: match for match in reversed(matches)}
            if len(nodes) == 1:
                return next(iter(nodes.values()))
            if nodes:
                raise AmbiguousNameError(
                    f"{text!r} is the name of {len(nodes)} things",
                    candidates=self._written(sorted(nodes, key=str)),
                )
        raise self._unknown(name, within)

    def label(self, node: ox.NamedNode, language: str = "en") -> str:
        """Return what to call a thing: its label in this language, in any, or its CURIE."""
        key = node.value, language
        if key not in self._labels:
            self._labels[key] = self._read_label(node, language)
        return self._labels[key]

    def folded(self, name: str, within: str = "") -> list[Match]:
        """Return what has this name without case, accents and punctuation, whatever its script."""
        return _best(self._within(self._names(within).like(name), within), name)

    def above(self, predicate: ox.NamedNode) -> frozenset[ox.NamedNode]:
        """Return the super-properties of a property, near and far."""
        if predicate not in self._above:
            found: set[ox.NamedNode] = set()
            todo = [predicate]
            while todo:
                for quad in self.store.quads_for_pattern(todo.pop(), SUB_PROPERTY, None):
                    if isinstance(quad.object, ox.NamedNode) and quad.object not in found:
                        found.add(quad.object)
                        todo.append(quad.object)
            self._above[predicate] = frozenset(found)
        return self._above[predicate]

    def near(self, text: str, within: str = "") -> list[Match]:
        """Return the things with the most similar names, best first."""
        found: dict[ox.NamedNode, Match] = {}
        for _, spelling in self._names(within).near(text):
            for match in self._within([spelling], within):
                found.setdefault(match.node, match)
            if len(found) == MOST_CANDIDATES:
                break
        return list(found.values())

    def index(self, within: str = "") -> dict[str, list[Match]]:
        """Return every name of the things within a scheme or class, by its plain form."""
        index: dict[str, list[Match]] = {}
        for key, spelling in self._names(within):
            for match in self._within([spelling], within):
                index.setdefault(key, []).append(match)
        return index

    def belongs(self, node: ox.NamedNode, within: str) -> bool:
        """Tell whether a node is in the scheme or class, or, where that is empty, in the graph."""
        if not within:
            return self._has(node, None, None)
        target = ox.NamedNode(within)
        return self._has(node, _IN_SCHEME, target) or self._has(node, _RDF_TYPE, target)

    def exact(self, name: str, within: str = "") -> list[Match]:
        """Return what has exactly this slug, else what has exactly this name, in any language."""
        slug = self._by_slug(name, within)
        return [slug] if slug else self._by_spelling(name, within)

    def _by_address(self, name: str, within: str) -> Match | None:
        """Take an IRI or a CURIE, or the IRI of the same thing elsewhere (ROR, Wikidata …)."""
        if ":" not in name or " " in name:
            return None
        try:
            node = ox.NamedNode(self.prefixes.expand(name))
        except (EurohpcKgError, ValueError):
            return None
        if self.belongs(node, within):
            return Match(node, name, "address")
        for quad in self.store.quads_for_pattern(None, _SAME_AS, node):
            if isinstance(quad.subject, ox.NamedNode) and self.belongs(quad.subject, within):
                return Match(quad.subject, name, "outside identifier")
        if within and self.belongs(node, ""):
            raise UnknownNameError(
                f"{name} is no {self.label(ox.NamedNode(within))}",
                remedy="Its kind and names: eurohpc-kg show " + name,
            )
        return None

    def _by_slug(self, name: str, within: str) -> Match | None:
        if not is_slug(name.replace(".", "-").replace("/", "-")):
            return None
        things = (within + "/", THING) if within else (THING,)
        for namespace in (SOURCE,) if "/" in name else things:
            node = ox.NamedNode(namespace + name)
            if self.belongs(node, within):
                return Match(node, name, SLUG)
        return None

    def _by_spelling(self, name: str, within: str) -> list[Match]:
        """Look the exact text up, in each language; the graph's index makes that cheap."""
        naming = {**NAMING, **self._identifiers()}
        literals = [ox.Literal(name), *(ox.Literal(name, language=tag) for tag in _LANGUAGES)]
        if name != name.upper():  # identifiers are upper case: q60983149, fi
            literals.append(ox.Literal(name.upper()))
        found = (
            Match(quad.subject, name, naming[quad.predicate])
            for quad in self._quads_named(literals)
            if quad.predicate in naming
            and isinstance(quad.subject, ox.NamedNode)
            and self.belongs(quad.subject, within)
        )
        return _best(found, name)

    def _quads_named(self, literals: list[ox.Literal]) -> Iterator[ox.Quad]:
        """Yield the quads that have one of these texts; the seam for a store that is far away."""
        for literal in literals:
            yield from self.store.quads_for_pattern(None, None, literal)

    def _names(self, within: str) -> Spellings:
        """Return all names, or, where one look-up does not serve all, those of a class."""
        key = "" if self.one_file else within
        if key not in self._spellings:
            beside = read_spellings(self._folder) if self._folder else None
            self._spellings[key] = beside or spellings_of(
                (match.node.value, match.name, match.reason) for match in self._all_names(key)
            )
        return self._spellings[key]

    def _within(self, spellings: Iterable[Spelling], within: str) -> list[Match]:
        found = [Match(ox.NamedNode(one.iri), one.name, one.reason) for one in spellings]
        if not within or not self.one_file:
            return found
        return [match for match in found if self.belongs(match.node, within)]

    def _unknown(self, name: str, within: str) -> UnknownNameError:
        kind = self.label(ox.NamedNode(within)) if within else "thing"
        near = self._written(match.node for match in self.near(name, within))
        is_class = within.startswith(EHPC) or not within
        return UnknownNameError(
            f"no {kind} has the name {name!r}" if is_class else f"{name!r} is none of the {kind}",
            candidates=near,
            remedy="" if near else "Find names with: eurohpc-kg ask search-by-name --text TEXT",
        )

    def _written(self, nodes: Iterable[ox.NamedNode]) -> list[str]:
        return [f"{self.label(node)} ({self.prefixes.compact(node.value)})" for node in nodes]

    def _all_names(self, within: str) -> Iterator[Match]:  # noqa: ARG002 - see `one_file`
        """Read the names from the graph; SPARQL is twice as fast here as a pattern a property."""
        naming = {**NAMING, **self._identifiers()}
        solutions = self.store.query(
            f"SELECT ?thing ?p ?name {{ VALUES ?p {{ {' '.join(map(str, naming))} }}"
            " GRAPH ?graph { ?thing ?p ?name } }"
        )
        assert isinstance(solutions, ox.QuerySolutions)
        named: set[ox.NamedNode] = set()
        for node, predicate, name in solutions:
            if isinstance(node, ox.NamedNode) and isinstance(name, ox.Literal):
                yield Match(node, name.value, naming[predicate])
                if node not in named:
                    named.add(node)
                    yield Match(node, *own_name(node.value))

    def _identifiers(self) -> dict[ox.NamedNode, str]:
        if self._identifying is None:
            self._identifying = {_IDENTIFIER: IDENTIFIER} | {
                quad.subject: IDENTIFIER
                for quad in self.store.quads_for_pattern(None, SUB_PROPERTY, _IDENTIFIER)
                if isinstance(quad.subject, ox.NamedNode)
            }
        return self._identifying

    def _read_label(self, node: ox.NamedNode, language: str) -> str:
        predicates: tuple[ox.NamedNode, ...] = (_PREFERRED, _RDFS_LABEL, _TITLE)
        if node.value.startswith(SOURCE):
            predicates = (_TITLE,)
        elif node.value.startswith(THING):  # has no other, nearly always
            predicates = (_RDFS_LABEL, _PREFERRED, _TITLE)
        other = ""
        for predicate in predicates:
            for quad in self.store.quads_for_pattern(node, predicate, None):
                if isinstance(quad.object, ox.Literal):
                    if quad.object.language == language:
                        return quad.object.value
                    other = min(other, quad.object.value) if other else quad.object.value
        return other or self.prefixes.compact(node.value)

    def _has(
        self, subject: ox.NamedNode, predicate: ox.NamedNode | None, target: ox.NamedNode | None
    ) -> bool:
        return next(self.store.quads_for_pattern(subject, predicate, target), None) is not None


def _best(matches: Iterable[Match], name: str) -> list[Match]:
    """Keep those of the strongest reason: a label wins over another thing's former name.

    Of several things that of which it is the slug, too, is kept alone.
    """
    ranked = sorted(matches, key=lambda match: (REASONS.index(match.reason), str(match.node)))
    found = [match for match in ranked if match.reason == ranked[0].reason]
    slug = plain(name).replace(" ", "-")
    chosen = [match for match in found if readable_slug(match.node.value) == slug]
    return chosen if len({match.node for match in chosen}) == 1 else found
