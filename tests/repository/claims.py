"""The 29 claims of the first article, in our own words, each with a query that finds it.

The query is the WHERE clause of an ASK over the article's named graph alone: nothing that the
register, another source or the reasoner adds may help.
"""

from __future__ import annotations

from dataclasses import dataclass

DOCUMENT = "https://w3id.org/eurohpc-kg/source/vtv/2025-10-12-eu-opens-six-more-ai-factories"
SIX = ("id:1healthai", "id:czai", "id:gaia-aif", "id:litai", "id:nlaif", "id:ro-aif")


@dataclass(frozen=True)
class Claim:
    """Hold one claim: its number, what it says, and the pattern that must match."""

    number: int
    text: str
    pattern: str


def _each(subjects: tuple[str, ...], *patterns: str) -> str:
    """Return the patterns once for each subject, with ``?x`` replaced by it."""
    return " ".join(pattern.replace("?x", subject) for subject in subjects for pattern in patterns)


def _has(subject: str, predicate: str, *objects: str) -> str:
    return " ".join(f"{subject} {predicate} {object_} ." for object_ in objects)


def _figure(thing: str, quantity: str, value: int, unit: str = "unit:one") -> str:
    return (
        f"[] ehpc:of {thing} ; ehpc:quantity quantity:{quantity} ; ehpc:value {value} ;"
        f' ehpc:unit {unit} ; ehpc:asOf "2025-10-12"^^xsd:date .'
    )


def _text(subject: str, predicate: str, word: str) -> str:
    """Return a pattern for an English text of ``predicate`` that has ``word``."""
    name = "?" + "".join(c for c in subject + predicate + word if c.isalnum())
    return (
        f'{subject} {predicate} {name} . FILTER(LANG({name}) = "en" && CONTAINS({name}, "{word}"))'
    )


def _reported(thing: str, status: str) -> str:
    return f"[] a ehpc:StatusReport ; ehpc:of {thing} ; ehpc:status {status} ."


CLAIMS = (
    Claim(
        1,
        "The JU is a legal entity of the Union, its Member States and private partners.",
        "id:eurohpc-ju a ehpc:JointUndertaking ; ehpc:hasMember id:european-union ."
        + _text("id:eurohpc-ju", "ehpc:legalForm", "Member States")
        + _text("id:eurohpc-ju", "ehpc:legalForm", "private partners"),
    ),
    Claim(
        2,
        "The JU was set up in 2018.",
        "[] a ehpc:Milestone ; ehpc:of id:eurohpc-ju ;"
        ' ehpc:milestoneType milestone-type:established ; ehpc:date "2018"^^xsd:gYear .',
    ),
    Claim(
        3,
        "The JU coordinates, funds and runs infrastructure, and manages programmes.",
        _text("id:eurohpc-ju", "ehpc:mission", "coordinate, fund and run")
        + _text("id:eurohpc-ju", "ehpc:mission", "funding, research and training"),
    ),
    Claim(
        4,
        "The JU has selected six AI Factories in one round.",
        "id:ai-factories-round-3 a ehpc:SelectionRound ; ehpc:announcedBy id:eurohpc-ju ."
        + _figure("id:ai-factories-round-3", "ai-factory-count", 6)
        + _each(SIX, "?x ehpc:selectedIn id:ai-factories-round-3 .")
        + _each(SIX, _reported("?x", "status:selected")),
    ),
    Claim(5, "There are then 19 of them.", _figure("id:eurohpc-ju", "ai-factory-count", 19)),
    Claim(6, "The JU owns 11 supercomputers.", _figure("id:eurohpc-ju", "supercomputer-count", 11)),
    Claim(
        7,
        "JUPITER, LUMI and Leonardo, the JU's own, are among the ten fastest of the world.",
        _each(
            ("id:jupiter", "id:lumi", "id:leonardo"),
            "?x ehpc:ownedBy id:eurohpc-ju .",
            "[] ehpc:of ?x ; ehpc:quantity quantity:world-rank ; ehpc:value 10 ;"
            " ehpc:bound bound:at-most ; ehpc:unit unit:rank .",
        ),
    ),
    Claim(
        8,
        "PIAST-Q and VLQ are the JU's first two quantum systems to operate.",
        _figure("id:eurohpc-ju", "quantum-system-count", 2)
        + _each(
            ("id:piast-q", "id:vlq"),
            "?x ehpc:fundedBy id:eurohpc-ju .",
            _reported("?x", "status:operational"),
        ),
    ),
    Claim(
        9,
        "The six are planned to be in operation in 2026.",
        _each(
            SIX,
            "[] ehpc:of ?x ; ehpc:milestoneType milestone-type:operational ;"
            ' ehpc:date "2026"^^xsd:gYear ; ehpc:basis basis:planned .',
        ),
    ),
    Claim(
        10,
        "The new factories get AI-optimised supercomputers.",
        _each(SIX, "?x ehpc:plansSystemClass system-class:ai-optimised ."),
    ),
    Claim(
        11,
        "They offer data services, computing power, training and technical support.",
        _each(
            SIX,
            _has(
                "?x",
                "ehpc:offersService",
                "service:data-services",
                "service:compute-access",
                "service:training",
                "service:technical-support",
            ),
        ),
    ),
    Claim(
        12,
        "They serve start-ups, small and medium-sized enterprises and researchers.",
        _each(
            SIX,
            _has(
                "?x",
                "ehpc:servesTargetGroup",
                "target-group:startups",
                "target-group:smes",
                "target-group:researchers",
            ),
        ),
    ),
    Claim(
        13,
        "CZAI is in Czechia, at IT4Innovations.",
        "id:czai a ehpc:AIFactory ; ehpc:locatedIn id:czechia ; ehpc:locatedAt id:it4innovations .",
    ),
    Claim(
        14,
        "VSB-TUO leads CZAI, together with Czech universities and institutes.",
        "id:czai ehpc:ledBy id:vsb-tuo ."
        + _text("id:czai", "ehpc:partnerDescription", "universities and research institutes"),
    ),
    Claim(
        15,
        "CZAI is about infrastructure, skills and the link to the European network.",
        _text("id:czai", "ehpc:focus", "infrastructure")
        + _text("id:czai", "ehpc:focus", "skills")
        + _text("id:czai", "ehpc:focus", "European AI network"),
    ),
    Claim(
        16,
        "LitAI is in Lithuania and led by Vilnius University.",
        "id:litai a ehpc:AIFactory ; ehpc:locatedIn id:lithuania ;"
        " ehpc:ledBy id:vilnius-university .",
    ),
    Claim(
        17,
        "LitAI is at the data centre LRTC VDC3 in Vilnius.",
        "id:litai ehpc:locatedAt id:lrtc-vdc3 ."
        " id:lrtc-vdc3 a ehpc:DataCentre ; ehpc:locatedIn id:vilnius .",
    ),
    Claim(
        18,
        "LitAI serves four sectors and turns the national infrastructure into sovereign AI.",
        _has(
            "id:litai",
            "ehpc:targetsSector",
            "sector:cybersecurity",
            "sector:green-energy",
            "sector:smart-industry",
            "sector:digital-health",
        )
        + _text("id:litai", "ehpc:aim", "sovereign AI systems"),
    ),
    Claim(
        19,
        "NLAIF is in the Netherlands; the AIFNL Foundation chairs it, with national partners.",
        "id:nlaif a ehpc:AIFactory ; ehpc:locatedIn id:netherlands ;"
        " ehpc:chairedBy id:aifnl-foundation ."
        + _text("id:nlaif", "ehpc:partnerDescription", "research and technology organisations"),
    ),
    Claim(
        20,
        "NLAIF serves three sectors, where data are sensitive.",
        _has(
            "id:nlaif",
            "ehpc:targetsSector",
            "sector:healthcare",
            "sector:agriculture",
            "sector:cybersecurity",
        )
        + _text("id:nlaif", "ehpc:focus", "sensitive data"),
    ),
    Claim(
        21,
        "Gaia AI Factory is in Poland; Cyfronet runs it.",
        "id:gaia-aif a ehpc:AIFactory ; ehpc:locatedIn id:poland ; ehpc:operatedBy id:cyfronet .",
    ),
    Claim(
        22,
        "Gaia AI Factory serves healthcare, aerospace and large language models.",
        _has(
            "id:gaia-aif",
            "ehpc:targetsSector",
            "sector:healthcare",
            "sector:aerospace",
            "sector:large-language-models",
        ),
    ),
    Claim(
        23,
        "RO AI Factory is in Romania; ICI Bucharest hosts it.",
        "id:ro-aif a ehpc:AIFactory ; ehpc:locatedIn id:romania ; ehpc:hostedBy id:ici-bucharest .",
    ),
    Claim(
        24,
        "RO AI Factory trains smaller companies and gives them computing power.",
        "id:ro-aif ehpc:servesTargetGroup target-group:smes ."
        + _has("id:ro-aif", "ehpc:offersService", "service:training", "service:compute-access")
        + _text("id:ro-aif", "ehpc:aim", "digital transformation")
        + _text("id:ro-aif", "ehpc:aim", "innovation"),
    ),
    Claim(
        25,
        "1HealthAI is in Spain, at CESGA.",
        "id:1healthai a ehpc:AIFactory ; ehpc:locatedIn id:spain ; ehpc:locatedAt id:cesga .",
    ),
    Claim(
        26,
        "1HealthAI is about the health of people, animals and the environment as one.",
        _has(
            "id:1healthai",
            "ehpc:targetsSector",
            "sector:human-health",
            "sector:animal-health",
            "sector:environmental-health",
        )
        + _text("id:1healthai", "ehpc:aim", "One Health"),
    ),
    Claim(
        27,
        "JUPITER is in Germany, LUMI in Finland, Leonardo in Italy.",
        "id:jupiter a ehpc:Supercomputer ; ehpc:locatedIn id:germany ."
        " id:lumi a ehpc:Supercomputer ; ehpc:locatedIn id:finland ."
        " id:leonardo a ehpc:Supercomputer ; ehpc:locatedIn id:italy .",
    ),
    Claim(
        28,
        "PIAST-Q is in Poland, VLQ in Czechia; both operate.",
        "id:piast-q a ehpc:QuantumSystem ; ehpc:locatedIn id:poland ."
        " id:vlq a ehpc:QuantumSystem ; ehpc:locatedIn id:czechia ."
        + _each(("id:piast-q", "id:vlq"), _reported("?x", "status:operational")),
    ),
    Claim(
        29,
        "The selection serves technological autonomy, data security and sustainability.",
        _text("id:ai-factories-round-3", "ehpc:aim", "technological autonomy")
        + _text("id:ai-factories-round-3", "ehpc:aim", "security of data")
        + _text("id:ai-factories-round-3", "ehpc:aim", "sustainable development"),
    ),
)
