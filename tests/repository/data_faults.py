"""One small broken graph for each check of the data, and the thing that it must name.

``FAULTS`` maps the name of the check to TriG (prefixes as in the house, and the graphs below) and
the first column of the row that the check must return. Beside it stands ``SOUND``: the nearest
graph in which the check must find nothing.
"""

from __future__ import annotations

REGISTER = "<https://w3id.org/eurohpc-kg/graph/register>"
SOURCE = "<https://w3id.org/eurohpc-kg/source/example-centre/2026-03-02-news>"
DOCUMENT = (
    f'{SOURCE} {{ {SOURCE} a ehpc:SourceDocument ; dcterms:issued "2026-03-02"^^xsd:date ; '
    'dcterms:publisher id:example-centre ; ehpc:retrieved "2026-03-05"^^xsd:date . '
)


def register(turtle: str) -> str:
    return f"{REGISTER} {{ {turtle} }}"


def source(turtle: str) -> str:
    return f"{DOCUMENT} {turtle} }}"


def entry(number: int, rank: int, rmax: str) -> str:
    return (
        f"entry:top500-2026-06-{number} ehpc:inEdition edition:top500-2026-06 ; "
        f"ehpc:rank {rank} ; ehpc:rmax {rmax} . "
    )


def share(name: str, value: str) -> str:
    return (
        f"figure:{name} ehpc:of id:a ; ehpc:quantity quantity:{name} ; ehpc:unit unit:percent ; "
        f'ehpc:asOf "2026"^^xsd:gYear ; ehpc:value {value} . '
    )


def amount(name: str, value: int) -> str:
    return (
        f"figure:{name} ehpc:of id:a ; ehpc:quantity quantity:{name} ; ehpc:unit unit:euro ; "
        f'ehpc:asOf "2026"^^xsd:gYear ; ehpc:value {value} . '
    )


def milestone(kind: str, date: str, basis: str = "stated") -> str:
    return (
        f"milestone:a-{kind} ehpc:of id:a ; ehpc:milestoneType milestone-type:{kind} ; "
        f'ehpc:basis basis:{basis} ; ehpc:date "{date}" . '
    )


def correction(stated: int) -> str:
    return (
        "<https://w3id.org/eurohpc-kg/graph/corrections> { correction:a ehpc:corrects figure:a ; "
        f"ehpc:correctionStatus ehpc:AcceptedCorrection ; ehpc:statedValue {stated} }} "
    )


EDITION = "edition:top500-2026-06 ehpc:rankingList ranking:top500 . "
NOTE = 'skos:editorialNote "{}"@en .'
COUNTRY = (
    "id:d ehpc:southBound 49.0 ; ehpc:northBound 54.9 ; "
    "ehpc:westBound 14.1 ; ehpc:eastBound 24.2 . "
)
CITY = "id:c a ehpc:City ; geo:lat 50.0 ; geo:long 20.0 . "

# check: (broken, what the first row names, sound)
FAULTS: dict[str, tuple[str, str, str]] = {
    "as-of-after-document": (
        source('figure:a ehpc:asOf "2026-03-03"^^xsd:date .'),
        "figure:a",
        source(
            'figure:a ehpc:asOf "2026-03-02"^^xsd:date . figure:b ehpc:asOf "2026"^^xsd:gYear .'
        ),
    ),
    "as-of-after-retrieval": (
        source('figure:a ehpc:asOf "2026-04"^^xsd:gYearMonth .'),
        "figure:a",
        source('figure:a ehpc:asOf "2026-03"^^xsd:gYearMonth .'),
    ),
    "claim-in-register": (
        register("id:a a ehpc:AIFactory ; ehpc:targetsSector sector:healthcare ."),
        "id:a",
        register('id:a a ehpc:AIFactory ; ehpc:shortName "A"@en ; ehpc:rorIdentifier "0" .'),
    ),
    "contract-value-without-contract": (
        source("figure:a ehpc:quantity quantity:contract-value ; ehpc:basis basis:estimated ."),
        "figure:a",
        source(
            "figure:a ehpc:quantity quantity:contract-value ; ehpc:basis basis:contracted . "
            "figure:b ehpc:quantity quantity:tender-value ; ehpc:basis basis:estimated ."
        ),
    ),
    "coordinates-far-from-city": (
        register(f"{CITY} id:a ehpc:locatedIn id:c ; geo:lat 20.0 ; geo:long 50.0 ."),
        "id:a",
        register(
            f"{CITY} id:d a ehpc:City ; geo:lat 40.0 ; geo:long 10.0 . "
            "id:a ehpc:locatedIn id:c , id:d ; geo:lat 50.1 ; geo:long 20.1 ."
        ),
    ),
    "coordinates-incomplete": (
        register("id:a geo:lat 50.0 ."),
        "id:a",
        register("id:a geo:lat 50.0 ; geo:long 20.0 ."),
    ),
    "coordinates-outside-country": (
        register(f"{COUNTRY} id:a ehpc:locatedIn id:d ; geo:lat 20.0 ; geo:long 50.0 ."),
        "id:a",
        register(
            f"{COUNTRY} id:e ehpc:southBound 0.0 ; ehpc:northBound 1.0 ; ehpc:westBound 0.0 ; "
            "ehpc:eastBound 1.0 . id:a ehpc:locatedIn id:d , id:e ; geo:lat 50.0 ; geo:long 20.0 ."
        ),
    ),
    "correction-outdated": (
        source("figure:a ehpc:value 8 .") + correction(7),
        "correction:a",
        source("figure:a ehpc:value 7 .") + correction(7),
    ),
    "date-not-of-path": (
        f'{SOURCE} {{ {SOURCE} a ehpc:SourceDocument ; dcterms:issued "2026-03-03"^^xsd:date }}',
        SOURCE,
        source(""),
    ),
    "date-words-in-scope": (
        source(
            milestone("operational", "2027") + 'milestone:a-operational ehpc:scope "early in the'
            ' year"@en .'
        ),
        "milestone:a-operational",
        source(
            milestone("operational", "2027") + 'milestone:a-operational ehpc:scope "in full"@en ;'
            ' ehpc:dateText "early in the year"@en .'
        ),
    ),
    "dates-out-of-order": (
        source(milestone("selected", "2024-12-10") + milestone("operational", "2024-11")),
        "milestone:a-operational",
        source(milestone("selected", "2024-12-10") + milestone("operational", "2024")),
    ),
    "future-stated-as-fact": (
        source(milestone("operational", "2026-04")),
        "milestone:a-operational",
        source(milestone("operational", "2026-03") + milestone("retired", "2027", "planned")),
    ),
    "identifier-against-link": (
        register('id:a ehpc:rorIdentifier "04dvh0v63" ; schema:sameAs <https://ror.org/00> .'),
        "id:a",
        register(
            'id:a ehpc:rorIdentifier "04dvh0v63" ; schema:sameAs <https://ror.org/04dvh0v63> .'
        ),
    ),
    "identifier-malformed": (
        register('id:a ehpc:isin "DE000A3E5A3" .'),
        "id:a",
        register('id:a ehpc:isin "DE000A3E5A34" ; ehpc:vatIdentifier "IT00502591209" .'),
    ),
    "identifier-shared": (
        register('id:a ehpc:wikidataIdentifier "Q1" . id:b ehpc:wikidataIdentifier "Q1" .'),
        "id:a",
        register('id:a ehpc:wikidataIdentifier "Q1" . id:b ehpc:wikidataIdentifier "Q2" .'),
    ),
    "literal-outside-range": (
        source('id:a ehpc:mission "to compute" .'),
        "id:a",
        source('id:a ehpc:mission "to compute"@en .'),
    ),
    "name-in-source": (
        source('id:a rdfs:label "A"@en .'),
        "id:a",
        register('id:a rdfs:label "A"@en .') + source('id:a skos:altLabel "B"@en .'),
    ),
    "near-duplicate-names": (
        register(
            'id:a a ehpc:University ; rdfs:label "Vilnius University"@en . '
            'id:b a ehpc:Institution ; rdfs:label "Vílnius-university"@en .'
        ),
        "id:a",
        register(
            'id:a a ehpc:University ; rdfs:label "Vilnius"@en ; owl:differentFrom id:c . '
            'id:b a ehpc:City ; rdfs:label "Vilnius"@en . '
            'id:c a ehpc:Institution ; rdfs:label "VILNIUS"@en .'
        ),
    ),
    "orphan-thing": (
        register('id:a a ehpc:Company ; rdfs:label "A"@en .'),
        "id:a",
        register(
            "id:a a ehpc:Company . id:c a ehpc:Company ; " + NOTE.format("Joined with nothing: so.")
        )
        + source("id:b ehpc:suppliedBy id:a ; a ehpc:Event ."),
    ),
    "parts-above-whole": (
        source(amount("eu-contribution", 60) + amount("total-cost", 50)),
        "id:a",
        source(amount("eu-contribution", 30) + amount("total-cost", 60)),
    ),
    "percent-out-of-range": (
        source(share("eu-share", "350")),
        "figure:eu-share",
        source(share("eu-share", "35")),
    ),
    "planned-and-stated": (
        source(
            share("eu-share", "35") + "figure:eu-share ehpc:basis basis:stated . "
            "figure:b ehpc:of id:a ; ehpc:quantity quantity:eu-share ; ehpc:unit unit:percent ; "
            "ehpc:value 35 ; ehpc:basis basis:planned ."
        ),
        "figure:eu-share",
        source(
            share("eu-share", "35") + "figure:eu-share ehpc:basis basis:stated . "
            "figure:b ehpc:of id:a ; ehpc:quantity quantity:eu-share ; ehpc:unit unit:percent ; "
            "ehpc:value 50 ; ehpc:basis basis:planned ."
        ),
    ),
    "publisher-not-of-path": (
        f"{SOURCE} {{ {SOURCE} a ehpc:SourceDocument ; dcterms:publisher id:another-centre }}",
        SOURCE,
        source(""),
    ),
    "rank-against-rmax": (
        source(EDITION + entry(1, 1, "10.0") + entry(2, 2, "20.0")),
        "entry:top500-2026-06-2",
        source(EDITION + entry(1, 1, "20.0") + entry(2, 2, "10.0")),
    ),
    "rank-twice": (
        source(EDITION + entry(1, 1, "10.0") + entry(2, 1, "20.0")),
        "entry:top500-2026-06-1",
        source(EDITION + entry(1, 1, "20.0") + entry(2, 2, "10.0")),
    ),
    "record-in-register": (
        register("figure:a a ehpc:Figure ."),
        "figure:a",
        source("figure:a a ehpc:Figure ."),
    ),
    "record-not-named-after-thing": (
        source("figure:lumi-power a ehpc:Figure ; ehpc:of id:leonardo ."),
        "figure:lumi-power",
        source("figure:lumi-power a ehpc:Figure ; ehpc:of id:lumi ."),
    ),
    "record-said-twice": (
        source(
            milestone("selected", "2025-10-10")
            + 'milestone:a-selected ehpc:asOf "2026" . milestone:b ehpc:of id:a ; '
            "ehpc:milestoneType milestone-type:selected ; ehpc:basis basis:stated ; "
            'ehpc:asOf "2026" ; ehpc:date "2025-10-10" ; ehpc:scope "all six"@en .'
        ),
        "milestone:a-selected",
        source(
            milestone("selected", "2025-10-10")
            + 'milestone:a-selected ehpc:asOf "2026" ; ehpc:scope "the host"@en . milestone:b '
            "ehpc:of id:a ; ehpc:milestoneType milestone-type:selected ; ehpc:basis basis:stated ; "
            'ehpc:asOf "2026" ; ehpc:date "2025-10-10" ; ehpc:scope "all six"@en .'
        ),
    ),
    "rmax-above-rpeak": (
        source("entry:a ehpc:rmax 1.1 ; ehpc:rpeak 1.0 ."),
        "entry:a",
        source(
            "entry:a ehpc:rmax 1.0 ; ehpc:rpeak 1.0 . "
            "entry:b ehpc:rmax 1.1 ; ehpc:rpeak 1.0 ; " + NOTE.format("The list has it so.")
        ),
    ),
    "shares-not-a-whole": (
        source(share("eu-share", "35") + share("national-share", "35")),
        "id:a",
        source(share("eu-share", "35") + share("national-share", "65")),
    ),
    "source-without-claims": (source(""), SOURCE, source("id:a a ehpc:Event .")),
    "subject-outside-domain": (
        source('id:a a ehpc:Country ; ehpc:mission "to compute"@en .'),
        "id:a",
        source('id:a a ehpc:Consortium ; ehpc:mission "to compute"@en .'),
    ),
    "successor-still-to-come": (
        source(milestone("operational", "2027", "planned") + "id:b ehpc:replacedBy id:a ."),
        "id:b",
        source(
            milestone("operational", "2025", "planned")
            + milestone("inaugurated", "2026-01")
            + "id:b ehpc:replacedBy id:a . id:c ehpc:dueForReplacementBy id:d ."
        ),
    ),
    "thing-not-in-register": (
        source("id:a ehpc:hostedBy id:b .") + register("id:a a ehpc:Supercomputer ."),
        "id:b",
        source("id:a ehpc:hostedBy id:b .")
        + register(
            "id:a a ehpc:Event . id:b a ehpc:Company . id:example-centre a ehpc:Publisher ."
        ),
    ),
    "thing-without-place": (
        register("id:a a ehpc:Company . id:b a ehpc:Supercomputer ; ehpc:hostedBy id:a ."),
        "id:a",
        register(
            "id:a a ehpc:Supercomputer . id:b a ehpc:Company ; ehpc:locatedIn id:c . "
            "id:d a ehpc:DataCentre ; ehpc:locatedIn id:c . id:e a ehpc:Supercomputer . "
            "id:f a ehpc:Project . id:g a ehpc:Company ; " + NOTE.format("No place: unknown.")
        )
        + source("id:a ehpc:hostedBy id:b . id:d ehpc:houses id:e ."),
    ),
    "unit-not-of-quantity": (
        source("figure:a ehpc:quantity quantity:power-draw ; ehpc:unit unit:euro ."),
        "figure:a",
        source("figure:a ehpc:quantity quantity:power-draw ; ehpc:unit unit:megawatt ."),
    ),
    "unknown-concept": (
        source("id:a ehpc:targetsSector sector:helthcare ; ehpc:hasFriend sector:helthcare ."),
        "id:a",
        source("id:a ehpc:targetsSector sector:healthcare ."),
    ),
    "unknown-property": (
        source("id:a ehpc:isHostedBy id:b ."),
        "id:a",
        source("id:a ehpc:hostedBy id:b ."),
    ),
    "unused-concept": (
        source(""),
        "sector:healthcare",
        source("id:a ehpc:targetsSector sector:digital-health ."),
    ),
    "value-outside-range": (
        source("id:a a ehpc:Country ; ehpc:foundedBy id:b . id:b a ehpc:City ."),
        "id:a",
        source("id:a a ehpc:Company ; ehpc:foundedBy id:b . id:b a ehpc:Country ."),
    ),
}
