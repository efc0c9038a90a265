"""Claims from the store: the queries, and how a row becomes a claim.

Only what can disagree is read: the records of a thing and aspect that has several, the relations
of which a thing has several values. This module alone knows how the claims lie in the graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, SOURCE, VOCABULARY, Prefixes
from eurohpc_kg.namespaces import DCTERMS
from eurohpc_kg.sparql import Term
from eurohpc_kg.trust.claims import FIGURE, MILESTONE, RELATION, STATUS, Claim, Correction

# Kind -> how a record says what it is about, what its value is, and what else counts.
_RECORDS = {
    FIGURE: ("ehpc:quantity ?aspect", "ehpc:value ?value", "unit basis bound scope period"),
    MILESTONE: ("ehpc:milestoneType ?aspect", "ehpc:date ?value", "basis scope regarding"),
    STATUS: ("ehpc:status ?any", "ehpc:status ?value", "scope"),
}
# The values stand inside: outside, an engine reads all records before those of one thing.
_RECORD_QUERY = """
SELECT ?thing ?aspect ?value ?document ?date ?record {variables} WHERE {{
  GRAPH ?document {{
    VALUES ?thing {{ UNDEF }}
    ?record {about} ; ehpc:of ?thing ; {valued} .
    OPTIONAL {{ ?record ehpc:asOf ?date }}
    {optional}
  }}
}}"""
# The lines of rankings count as figures, in the units that their properties have.
_MEASURES = """
SELECT ?thing ?aspect ?value ?document ?date ?record ?unit ?basis WHERE {
  { SELECT DISTINCT ?thing ?aspect WHERE {
      VALUES ?thing { UNDEF }
      VALUES ?aspect { quantity:linpack-performance quantity:peak-performance quantity:power-draw }
      ?figure ehpc:quantity ?aspect ; ehpc:of ?thing } }
  VALUES (?property ?aspect ?unit ?basis) {
    (ehpc:rmax quantity:linpack-performance unit:teraflop-per-second basis:measured)
    (ehpc:rpeak quantity:peak-performance unit:teraflop-per-second basis:stated)
    (ehpc:powerKilowatt quantity:power-draw unit:kilowatt basis:measured)
  }
  ?record ehpc:of ?thing ; ehpc:inEdition ?edition .
  GRAPH ?document { ?record ?property ?value }
  ?edition ehpc:asOf ?date .
}"""
# The ranks of the lists themselves stand beside the ranks that others give.
_RANKS = """
SELECT ?thing ?aspect ?value ?document ?date ?record ?unit ?basis WHERE {
  { SELECT DISTINCT ?thing ?aspect ?list WHERE {
      VALUES ?thing { UNDEF }
      VALUES (?aspect ?list) {
        (quantity:top500-rank ranking:top500) (quantity:green500-rank ranking:green500)
        (quantity:hpcg-rank ranking:hpcg) (quantity:hpl-mxp-rank ranking:hpl-mxp)
      }
      ?figure ehpc:quantity ?aspect ; ehpc:of ?thing } }
  VALUES (?unit ?basis) { (unit:rank basis:measured) }
  ?record ehpc:of ?thing ; ehpc:inEdition ?edition .
  ?edition ehpc:rankingList ?list ; ehpc:asOf ?date .
  GRAPH ?document { ?record ehpc:rank ?value }
}"""
_SINGLE_VALUED = """
SELECT ?aspect ?inverse WHERE {
  { ?aspect ehpc:expectsOneValue true } UNION { ?aspect a owl:FunctionalProperty }
  OPTIONAL { ?aspect owl:inverseOf|^owl:inverseOf ?inverse }
}"""
# Counting inside the engine keeps thousands of single values from becoming Python objects.
_RELATIONS = """
SELECT ?thing ?aspect ?value ?document WHERE {{
  {{ SELECT ?thing ?aspect WHERE {{
      VALUES ?thing {{ UNDEF }}
      VALUES ?aspect {{ {aspects} }}
      GRAPH ?in {{ ?thing ?aspect ?one }}
      FILTER(STRSTARTS(STR(?in), "{source}"))
    }} GROUP BY ?thing ?aspect HAVING (COUNT(DISTINCT ?one) >= {least}) }}
  GRAPH ?document {{ ?thing ?aspect ?value }}
  FILTER(STRSTARTS(STR(?document), "{source}"))
}}"""
_TURNED = """
SELECT ?thing ?aspect ?value ?document WHERE {{
  VALUES ?thing {{ UNDEF }}
  VALUES (?inverse ?aspect) {{ {aspects} }}
  GRAPH ?document {{ ?value ?inverse ?thing }}
  FILTER(STRSTARTS(STR(?document), "{source}"))
}}"""
_CORRECTIONS = """
SELECT ?correction ?created ?record ?thing ?aspect ?object ?value ?to WHERE {
  ?correction ehpc:correctionStatus ehpc:AcceptedCorrection ; dcterms:created ?created .
  OPTIONAL { ?correction ehpc:corrects ?record }
  OPTIONAL { ?correction ehpc:correctsThing ?thing ; ehpc:correctsProperty ?aspect ;
    ehpc:correctsObject ?object }
  OPTIONAL { ?correction ehpc:correctedValue ?value }
  OPTIONAL { ?correction ehpc:correctedObject ?to }
}"""
_LINE = ["unit", "basis"]
_EMPTY = Correction("", "", None)
_ISSUED = DCTERMS + "issued"
_LIFE_ORDER = ox.NamedNode(EHPC + "lifeOrder")

Row = tuple[Term | None, ...]


class Reader:
    """Read claims from one store; documents and corrections are read once."""

    def __init__(self, store: ox.Store, prefixes: Prefixes) -> None:
        self.store = store
        self._prefixes = dict(prefixes)
        self._documents: dict[str, tuple[bool, str]] = {}
        self._corrections = dict(self._read_corrections())

    def rows(self, query: str, thing: ox.NamedNode | None = None) -> Iterator[Row]:
        """Ask a query, of one thing where one is given: it stands in the place of ``UNDEF``."""
        text = query.replace("UNDEF", str(thing)) if thing else query
        found = self.store.query(text, prefixes=self._prefixes, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return (tuple(row) for row in found)

    def claims(self, kind: str, thing: ox.NamedNode | None = None) -> list[Claim]:
        """Return the claims of a kind where there are several, each once; of one thing if given."""
        names = [] if kind == RELATION else _RECORDS[kind][2].split()
        rows = list(self._relations(thing) if kind == RELATION else self._records(kind, thing))
        several = Counter(row[:2] for row in rows)
        found = list(self._ranking_lines(thing)) if kind == FIGURE else []
        several.update((claim.thing, claim.aspect) for claim in found)
        found += (
            self._claim(kind, row, names)
            for row in rows
            if several[row[:2]] > 1 and isinstance(row[2], ox.NamedNode | ox.Literal)
        )
        # A scope in two languages makes two rows of one claim; one line of a ranking, several.
        kept = {(c.record or (c.thing, c.value), c.aspect, c.document): c for c in found}
        return list(kept.values())

    def document(self, iri: str) -> tuple[bool, str]:
        """Return whether a document is a primary source, and when it was issued, else read."""
        if iri not in self._documents:
            node = ox.NamedNode(iri)
            said = {
                quad.predicate.value: quad.object
                for quad in self.store.quads_for_pattern(node, None, None, node)
            }
            date = said.get(_ISSUED) or said.get(EHPC + "retrieved")
            primary = said.get(EHPC + "standing") == ox.NamedNode(EHPC + "PrimarySource")
            self._documents[iri] = (primary, date.value if isinstance(date, ox.Literal) else "")
        return self._documents[iri]

    def _records(self, kind: str, thing: ox.NamedNode | None) -> Iterator[Row]:
        about, valued, others = _RECORDS[kind]
        query = _RECORD_QUERY.format(
            variables=" ".join(f"?{name}" for name in others.split()),
            about=about,
            valued=valued,
            optional=" ".join(f"OPTIONAL {{ ?record ehpc:{n} ?{n} }}" for n in others.split()),
        )
        return self.rows(query, thing)

    def _ranking_lines(self, thing: ox.NamedNode | None) -> Iterator[Claim]:
        """Yield the lines of rankings beside figures: all ranks, the newest of each measure."""
        newest: dict[Row, Claim] = {}
        for row in self.rows(_MEASURES, thing):
            line = self._claim(FIGURE, row, _LINE)
            newest[row[:2]] = max(newest.get(row[:2], line), line, key=lambda c: (c.date, c.record))
        yield from newest.values()
        yield from (self._claim(FIGURE, row, _LINE) for row in self.rows(_RANKS, thing))

    def _relations(self, thing: ox.NamedNode | None) -> Iterator[Row]:
        """Yield the single-valued relations, also those that a document states the other way."""
        aspects = {row[0]: row[1] for row in self.rows(_SINGLE_VALUED)}
        names = " ".join(map(str, aspects))
        yield from self.rows(_RELATIONS.format(aspects=names, source=SOURCE, least=2), thing)
        pairs = " ".join(f"({inverse} {a})" for a, inverse in aspects.items() if inverse)
        turned = list(self.rows(_TURNED.format(aspects=pairs, source=SOURCE), thing))
        yield from turned
        for one, aspect in {(row[0], row[1]) for row in turned}:  # with the one value stated forth
            assert isinstance(one, ox.NamedNode)
            query = _RELATIONS.format(aspects=aspect, source=SOURCE, least=1)
            yield from self.rows(query, one)

    def _claim(self, kind: str, row: Row, names: list[str]) -> Claim:
        """Make a claim of a row: thing, aspect, value, document, date, record, then ``names``."""
        thing, aspect, value, document = row[:4]
        assert isinstance(thing, ox.NamedNode)
        assert value is not None
        assert isinstance(aspect, ox.NamedNode | None)
        date, record = ("", "") if kind == RELATION else (_text(row[4]), _text(row[5]))
        aspect = aspect or ox.NamedNode(EHPC + "status")
        more = {name: _text(row[6 + i]) for i, name in enumerate(names)}
        for name in ("basis", "bound"):
            if name in more:
                more[name] = more[name].removeprefix(VOCABULARY).partition("/")[2]
        primary, issued = self.document(_text(document))
        correction = self._corrections.get(record or _statement(thing, aspect, value), _EMPTY)
        return Claim(
            kind,
            thing,
            aspect,
            value,
            _text(document),
            date or issued,
            primary,
            record,
            correction=correction.iri,
            corrected_on=correction.created,
            corrected=correction.value,
            stage=self._stage(correction.value or value) if kind == STATUS else 0,
            **more,
        )

    def _stage(self, status: Term) -> int:
        """Return how far along the life of a thing a state is, 0 where it is at no stage."""
        if not isinstance(status, ox.NamedNode):
            return 0
        order = next(self.store.quads_for_pattern(status, _LIFE_ORDER, None), None)
        return int(order.object.value) if order and isinstance(order.object, ox.Literal) else 0

    def _read_corrections(self) -> Iterator[tuple[str, Correction]]:
        """Yield what each accepted correction is directed against, the latest last."""
        rows = sorted(self.rows(_CORRECTIONS), key=lambda row: (_text(row[1]), _text(row[0])))
        for iri, created, record, thing, aspect, wrong, value, to in rows:
            key = _text(record) or _statement(thing, aspect, wrong)
            yield key, Correction(_text(iri), _text(created), to if value is None else value)


def _statement(*terms: Term | None) -> str:
    return " ".join(map(str, terms))


def _text(term: Term | None) -> str:
    return "" if term is None else term.value
