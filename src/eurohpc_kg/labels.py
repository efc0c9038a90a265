"""Names to things and back: what a person writes for a thing, and what to call it.

A name is an IRI, a CURIE, a slug, a label or short name in any language, or an identifier (ROR,
Wikidata, ISO …). Exact spellings are looked up in the store directly; only when there is none are
the names of all things of the kind read and compared without case, accents and punctuation
(`Names.find`). Nothing is ever taken on likeness alone: the nearest names are in the error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from eurohpc_kg.errors import AmbiguousNameError, EurohpcKgError, InputError, UnknownNameError
from eurohpc_kg.names import EHPC, SOURCE, THING, Prefixes, fold, readable_slug
from eurohpc_kg.records import dataclass

_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_SUB_PROPERTY = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_PREFERRED = ox.NamedNode(_SKOS + "prefLabel")
_IN_SCHEME = ox.NamedNode(_SKOS + "inScheme")
_TITLE = ox.NamedNode("http://purl.org/dc/terms/title")
_SAME_AS = ox.NamedNode("https://schema.org/sameAs")
_IDENTIFIER = ox.NamedNode(EHPC + "identifier")

# Property -> how a match by it is called. Earlier ones win over later ones.
NAMING = {
    _RDFS_LABEL: "label",
    _PREFERRED: "label",
    ox.NamedNode(EHPC + "shortName"): "short name",
    ox.NamedNode(EHPC + "officialName"): "official name",
    ox.NamedNode(_SKOS + "altLabel"): "alternative name",
    ox.NamedNode(EHPC + "formerName"): "former name",
    ox.NamedNode(_SKOS + "hiddenLabel"): "hidden name",
    _TITLE: "title",
}
# Languages of the names: of the EU, of the participating states, and of some vendors.
_LANGUAGES = re.findall(
    r"\w+",
    "en bg bs ca cs da de el es et eu fi fr ga gl he hr hu is it ja lb lt lv me mk mt nb nl nn no"
    " pl pt ro ru sk sl sq sr sv tr uk vi zh",
)

_PUNCTUATION = re.compile(r"[\W_]+")

MOST_CANDIDATES = 6
LONGEST_NAME = 1_000


@dataclass(frozen=True)
class Match:
    """Hold the thing that a name stands for, and why it was taken."""

    node: ox.NamedNode
    name: str
    reason: str


class Names:
    """Look names up in one store; what was read once is kept, for a process that asks often."""

    def __init__(self, store: ox.Store, prefixes: Prefixes) -> None:
        self.store = store
        self.prefixes = prefixes
        self._indexes: dict[str, dict[str, list[Match]]] = {}
        self._labels: dict[str, str] = {}
        self._identifying: dict[ox.NamedNode, str] | None = None

    def find(self, text: str, within: str = "") -> Match:
        """Return the one thing that has this name.

        ``within`` is the IRI of a concept scheme or of a class that the thing must belong to.
        Raises `AmbiguousNameError` when several things have the name, and `UnknownNameError` with
        the nearest names when none has.
        """
        name = " ".join(text.split())
        if not name or len(name) > LONGEST_NAME:
            raise InputError(
                "the name is empty" if not name else f"the name has {len(name):,} characters",
                remedy=f"Write a name of 1 to {LONGEST_NAME:,} characters.",
            )
        address = self._by_address(name, within)
        if address is not None:
            return address
        for look_up in (self.exact, self._folded):
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
        key = node.value
        if key not in self._labels:
            self._labels[key] = self._read_label(node, language)
        return self._labels[key]

    def near(self, text: str, within: str = "") -> list[Match]:
        """Return the things with the most similar names, best first."""
        wanted = _trigrams(_key(text))
        scored: dict[ox.NamedNode, tuple[float, Match]] = {}
        for key, matches in self.index(within).items():
            trigrams = _trigrams(key)
            common = len(wanted & trigrams)
            if not common:
                continue
            score = 2 * common / (len(wanted) + len(trigrams))
            score = max(score, 0.9 * common / len(wanted))
            for match in matches:
                if score > scored.get(match.node, (0.0,))[0]:
                    scored[match.node] = (score, match)
        best = sorted(scored.values(), key=lambda item: (-item[0], len(item[1].name), item[1].name))
        return [match for score, match in best[:MOST_CANDIDATES] if score >= 0.4]

    def index(self, within: str = "") -> dict[str, list[Match]]:
        """Return every name of the things within a scheme or class, by its folded form."""
        if within not in self._indexes:
            index: dict[str, list[Match]] = {}
            for match in self._all_names(within):
                index.setdefault(_key(match.name), []).append(match)
            self._indexes[within] = index
        return self._indexes[within]

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
        if not re.fullmatch(r"[a-z0-9]+(?:[a-z0-9.-]*[a-z0-9])?", name):
            return None
        for namespace in (within + "/", THING) if within else (THING,):
            node = ox.NamedNode(namespace + name)
            if self.belongs(node, within):
                return Match(node, name, "slug")
        return None

    def _by_spelling(self, name: str, within: str) -> list[Match]:
        """Look the exact text up, in each language; the graph's index makes that cheap."""
        naming = {**NAMING, **self._identifiers()}
        literals = [ox.Literal(name), *(ox.Literal(name, language=tag) for tag in _LANGUAGES)]
        if name != name.upper():  # identifiers are upper case: q60983149, fi
            literals.append(ox.Literal(name.upper()))
        found = [
            Match(quad.subject, name, naming[quad.predicate])
            for quad in self._quads_named(literals)
            if quad.predicate in naming
            and isinstance(quad.subject, ox.NamedNode)
            and self.belongs(quad.subject, within)
        ]
        return _best(found, list(naming.values()))

    def _quads_named(self, literals: list[ox.Literal]) -> Iterator[ox.Quad]:
        """Yield the quads that have one of these texts; the seam for a store that is far away."""
        for literal in literals:
            yield from self.store.quads_for_pattern(None, None, literal)

    def _folded(self, name: str, within: str) -> list[Match]:
        reasons = [*NAMING.values(), *self._identifiers().values()]
        return _best(self.index(within).get(_key(name), []), reasons)

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

    def _all_names(self, within: str) -> Iterator[Match]:
        naming = {**NAMING, **self._identifiers()}
        if not within:
            yield from self._names_of_everything()
            return
        target = ox.NamedNode(within)
        members = {
            quad.subject
            for predicate in (_IN_SCHEME, _RDF_TYPE)
            for quad in self.store.quads_for_pattern(None, predicate, target)
            if isinstance(quad.subject, ox.NamedNode)
        }
        for node in sorted(members, key=str):
            yield Match(node, readable_slug(node.value), "slug")
            for quad in self.store.quads_for_pattern(node, None, None):
                if quad.predicate in naming and isinstance(quad.object, ox.Literal):
                    yield Match(node, quad.object.value, naming[quad.predicate])

    def _names_of_everything(self) -> Iterator[Match]:
        """Read all names but identifiers; SPARQL is twice as fast here as a pattern a property."""
        properties = " ".join(map(str, NAMING))
        solutions = self.store.query(
            f"SELECT ?thing ?p ?name {{ VALUES ?p {{ {properties} }}"
            " GRAPH ?graph { ?thing ?p ?name } }"
        )
        assert isinstance(solutions, ox.QuerySolutions)
        for node, predicate, name in solutions:
            if isinstance(node, ox.NamedNode) and isinstance(name, ox.Literal):
                yield Match(node, name.value, NAMING[predicate])

    def _identifiers(self) -> dict[ox.NamedNode, str]:
        if self._identifying is None:
            self._identifying = {_IDENTIFIER: "identifier"} | {
                quad.subject: "identifier"
                for quad in self.store.quads_for_pattern(None, _SUB_PROPERTY, _IDENTIFIER)
                if isinstance(quad.subject, ox.NamedNode)
            }
        return self._identifying

    def _read_label(self, node: ox.NamedNode, language: str) -> str:
        predicates = (
            (_TITLE,) if node.value.startswith(SOURCE) else (_PREFERRED, _RDFS_LABEL, _TITLE)
        )
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


def _best(matches: Iterable[Match], reasons: list[str]) -> list[Match]:
    """Keep the matches of the best reason only: a label wins over another thing's former name."""
    order = {reason: rank for rank, reason in enumerate(dict.fromkeys(["slug", *reasons]))}
    ranked = sorted(matches, key=lambda match: (order[match.reason], str(match.node)))
    return [match for match in ranked if match.reason == ranked[0].reason]


def _key(text: str) -> str:
    """Return the folded form with each run of punctuation as one space."""
    if text.isascii():  # nearly all names; `fold` would do the same more slowly
        return _PUNCTUATION.sub(" ", text.lower()).strip()
    return " ".join(_PUNCTUATION.sub(" ", fold(text)).split())


def _trigrams(key: str) -> set[str]:
    padded = f"  {key} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
