"""The rules of OWL 2 RL, written as the W3C writes them.

Each line is one rule of https://www.w3.org/TR/owl2-profiles/, tables 4 to 9, under its own name:
the axioms it needs of an ontology, a bar, the premises it needs of the data, an arrow, the
conclusion. `compile` replaces the part before the bar by the axioms of one ontology. The rules
over lists (chains, keys, intersections …) can't be written in one line: see `lists`.

A line that begins with a blank goes on from the one before. ``?a != ?b`` only keeps a conclusion
from being about one thing twice.
"""

from __future__ import annotations

from functools import lru_cache

from eurohpc_kg.reason.rules import Pattern, Place, Rule, renumbered
from eurohpc_kg.reason.vocabulary import expand
from eurohpc_kg.records import dataclass

# Tables 5, 6 and 7: what an axiom makes of the things in the data.
DATA = """
prp-dom     ?p rdfs:domain ?c | ?x ?p ?y -> ?x rdf:type ?c
prp-rng     ?p rdfs:range ?c | ?x ?p ?y -> ?y rdf:type ?c
prp-fp      ?p rdf:type owl:FunctionalProperty | ?x ?p ?y . ?x ?p ?z . ?y != ?z -> ?y owl:sameAs ?z
prp-ifp     ?p rdf:type owl:InverseFunctionalProperty | ?x ?p ?z . ?y ?p ?z . ?x != ?y
            -> ?x owl:sameAs ?y
prp-symp    ?p rdf:type owl:SymmetricProperty | ?x ?p ?y -> ?y ?p ?x
prp-trp     ?p rdf:type owl:TransitiveProperty | ?x ?p ?y . ?y ?p ?z -> ?x ?p ?z
prp-spo1    ?p rdfs:subPropertyOf ?q | ?x ?p ?y -> ?x ?q ?y
prp-eqp1    ?p owl:equivalentProperty ?q | ?x ?p ?y -> ?x ?q ?y
prp-eqp2    ?p owl:equivalentProperty ?q | ?x ?q ?y -> ?x ?p ?y
prp-inv1    ?p owl:inverseOf ?q | ?x ?p ?y -> ?y ?q ?x
prp-inv2    ?p owl:inverseOf ?q | ?x ?q ?y -> ?y ?p ?x
cls-svf1    ?c owl:someValuesFrom ?d . ?c owl:onProperty ?p | ?x ?p ?y . ?y rdf:type ?d
            -> ?x rdf:type ?c
cls-svf2    ?c owl:someValuesFrom owl:Thing . ?c owl:onProperty ?p | ?x ?p ?y -> ?x rdf:type ?c
cls-avf     ?c owl:allValuesFrom ?d . ?c owl:onProperty ?p | ?x rdf:type ?c . ?x ?p ?y
            -> ?y rdf:type ?d
cls-hv1     ?c owl:hasValue ?v . ?c owl:onProperty ?p | ?x rdf:type ?c -> ?x ?p ?v
cls-hv2     ?c owl:hasValue ?v . ?c owl:onProperty ?p | ?x ?p ?v -> ?x rdf:type ?c
cls-maxc2   ?c owl:maxCardinality 1 . ?c owl:onProperty ?p | ?x rdf:type ?c . ?x ?p ?y
            . ?x ?p ?z . ?y != ?z -> ?y owl:sameAs ?z
cls-maxqc3  ?c owl:maxQualifiedCardinality 1 . ?c owl:onProperty ?p . ?c owl:onClass ?d
            | ?x rdf:type ?c . ?x ?p ?y . ?y rdf:type ?d . ?x ?p ?z . ?z rdf:type ?d
            . ?y != ?z -> ?y owl:sameAs ?z
cls-maxqc4  ?c owl:maxQualifiedCardinality 1 . ?c owl:onProperty ?p
            . ?c owl:onClass owl:Thing | ?x rdf:type ?c . ?x ?p ?y . ?x ?p ?z . ?y != ?z
            -> ?y owl:sameAs ?z
cax-sco     ?c rdfs:subClassOf ?d | ?x rdf:type ?c -> ?x rdf:type ?d
cax-eqc1    ?c owl:equivalentClass ?d | ?x rdf:type ?c -> ?x rdf:type ?d
cax-eqc2    ?c owl:equivalentClass ?d | ?x rdf:type ?d -> ?x rdf:type ?c
"""

# Table 4. eq-ref (everything is the same as itself) is left out: it says nothing.
EQUALITY = """
eq-sym      | ?x owl:sameAs ?y . ?x != ?y -> ?y owl:sameAs ?x
eq-trans    | ?x owl:sameAs ?y . ?y owl:sameAs ?z . ?x != ?z -> ?x owl:sameAs ?z
eq-rep-s    | ?s owl:sameAs ?t . ?s ?p ?o -> ?t ?p ?o
eq-rep-p    | ?p owl:sameAs ?q . ?s ?p ?o -> ?s ?q ?o
eq-rep-o    | ?o owl:sameAs ?t . ?s ?p ?o -> ?s ?p ?t
"""

# Table 9: what the axioms make of each other.
SCHEMA = """
scm-cls     | ?c rdf:type owl:Class -> ?c rdfs:subClassOf ?c
scm-cls     | ?c rdf:type owl:Class -> ?c owl:equivalentClass ?c
scm-cls     | ?c rdf:type owl:Class -> ?c rdfs:subClassOf owl:Thing
scm-cls     | ?c rdf:type owl:Class -> owl:Nothing rdfs:subClassOf ?c
scm-sco     | ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?e -> ?c rdfs:subClassOf ?e
scm-eqc1    | ?c owl:equivalentClass ?d -> ?c rdfs:subClassOf ?d
scm-eqc1    | ?c owl:equivalentClass ?d -> ?d rdfs:subClassOf ?c
scm-eqc2    | ?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?c -> ?c owl:equivalentClass ?d
scm-op      | ?p rdf:type owl:ObjectProperty -> ?p rdfs:subPropertyOf ?p
scm-op      | ?p rdf:type owl:ObjectProperty -> ?p owl:equivalentProperty ?p
scm-dp      | ?p rdf:type owl:DatatypeProperty -> ?p rdfs:subPropertyOf ?p
scm-dp      | ?p rdf:type owl:DatatypeProperty -> ?p owl:equivalentProperty ?p
scm-spo     | ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r -> ?p rdfs:subPropertyOf ?r
scm-eqp1    | ?p owl:equivalentProperty ?q -> ?p rdfs:subPropertyOf ?q
scm-eqp1    | ?p owl:equivalentProperty ?q -> ?q rdfs:subPropertyOf ?p
scm-eqp2    | ?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p -> ?p owl:equivalentProperty ?q
scm-dom1    | ?p rdfs:domain ?c . ?c rdfs:subClassOf ?d -> ?p rdfs:domain ?d
scm-dom2    | ?q rdfs:domain ?c . ?p rdfs:subPropertyOf ?q -> ?p rdfs:domain ?c
scm-rng1    | ?p rdfs:range ?c . ?c rdfs:subClassOf ?d -> ?p rdfs:range ?d
scm-rng2    | ?q rdfs:range ?c . ?p rdfs:subPropertyOf ?q -> ?p rdfs:range ?c
scm-hv      | ?c owl:hasValue ?v . ?c owl:onProperty ?p . ?d owl:hasValue ?v
            . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q -> ?c rdfs:subClassOf ?d
scm-svf1    | ?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?z
            . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z -> ?c rdfs:subClassOf ?d
scm-svf2    | ?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?y
            . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q -> ?c rdfs:subClassOf ?d
scm-avf1    | ?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?z
            . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z -> ?c rdfs:subClassOf ?d
scm-avf2    | ?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?y
            . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q -> ?d rdfs:subClassOf ?c
"""

# Tables 4 to 7: premises that can't all be true.
CONTRADICTION = """
eq-diff1    | ?x owl:sameAs ?y . ?x owl:differentFrom ?y -> false
prp-irp     ?p rdf:type owl:IrreflexiveProperty | ?x ?p ?x -> false
prp-asyp    ?p rdf:type owl:AsymmetricProperty | ?x ?p ?y . ?y ?p ?x -> false
prp-pdw     ?p owl:propertyDisjointWith ?q | ?x ?p ?y . ?x ?q ?y -> false
prp-npa1    ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p
            . ?n owl:targetIndividual ?y | ?x ?p ?y -> false
prp-npa2    ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetValue ?y
            | ?x ?p ?y -> false
cls-nothing2 | ?x rdf:type owl:Nothing -> false
cls-com     ?c owl:complementOf ?d | ?x rdf:type ?c . ?x rdf:type ?d -> false
cls-maxc1   ?c owl:maxCardinality 0 . ?c owl:onProperty ?p | ?x rdf:type ?c . ?x ?p ?y -> false
cls-maxqc1  ?c owl:maxQualifiedCardinality 0 . ?c owl:onProperty ?p . ?c owl:onClass ?d
            | ?x rdf:type ?c . ?x ?p ?y . ?y rdf:type ?d -> false
cls-maxqc2  ?c owl:maxQualifiedCardinality 0 . ?c owl:onProperty ?p
            . ?c owl:onClass owl:Thing | ?x rdf:type ?c . ?x ?p ?y -> false
cax-dw      ?c owl:disjointWith ?d | ?x rdf:type ?c . ?x rdf:type ?d -> false
"""


@dataclass(frozen=True)
class Template:
    """Hold one line of the rule book: axioms to find, and the rule they make.

    ``rule`` has the template's own variable numbers, shared with ``axioms``.
    """

    axioms: tuple[Pattern, ...]
    rule: Rule


@lru_cache(maxsize=8)
def templates(text: str) -> tuple[Template, ...]:
    """Read the lines of one of the tables above.

    >>> templates(EQUALITY)[0].rule.name
    'eq-sym'
    """
    return tuple(_template(line) for line in text.strip().replace("\n ", " ").splitlines())


def plain_rules(text: str) -> tuple[Rule, ...]:
    """Return the rules of a table whose lines need no axioms (`EQUALITY`, `SCHEMA`)."""
    return tuple(renumbered(template.rule) for template in templates(text))


def _template(line: str) -> Template:
    name, _, rest = line.partition(" ")
    axioms, _, implication = rest.partition("|")
    premises, _, conclusion = implication.partition("->")
    numbers: dict[str, int] = {}
    body: list[Pattern] = []
    distinct: list[tuple[int, int]] = []
    needed = tuple(_pattern(words, numbers) for words in _sentences(axioms))
    for words in _sentences(premises):
        if words[1] == "!=":
            distinct.append((numbers[words[0]], numbers[words[2]]))
        else:
            body.append(_pattern(words, numbers))
    head = None if conclusion.strip() == "false" else _pattern(conclusion.split(), numbers)
    return Template(needed, Rule(name, head, tuple(body), (), tuple(distinct)))


def _sentences(text: str) -> list[list[str]]:
    return [words for part in text.split(" . ") if (words := part.split())]


def _pattern(words: list[str], numbers: dict[str, int]) -> Pattern:
    def place(word: str) -> Place:
        if word.startswith("?"):
            return numbers.setdefault(word, len(numbers))
        return expand(word)

    subject, predicate, object_ = words
    return (place(subject), place(predicate), place(object_))
