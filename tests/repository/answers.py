"""Which saved question answers which of the article's 29 claims, with rows that must be there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ID = "https://w3id.org/eurohpc-kg/id/"
VOCABULARY = "https://w3id.org/eurohpc-kg/vocabulary/"
SIX = ("1healthai", "czai", "gaia-aif", "litai", "nlaif", "ro-aif")


@dataclass(frozen=True)
class Answer:
    """Hold a question, the values of its parameters, and some of its rows (some of their cells).

    Each row must have the article as its ``source``, unless the answer is an ``aggregate``.
    """

    question: str
    rows: tuple[dict[str, Any], ...]
    values: dict[str, str] = field(default_factory=dict)
    source: str = "source"
    aggregate: bool = False


def _things(column: str, *slugs: str, **cells: Any) -> tuple[dict[str, Any], ...]:
    return tuple({column: ID + slug, **cells} for slug in slugs)


def _sectors(factory: str, *sectors: str) -> tuple[dict[str, Any], ...]:
    cells = {"factory": ID + factory}
    return tuple({**cells, "sector": f"{VOCABULARY}sector/{sector}"} for sector in sectors)


def _texts(thing: str, *texts: str) -> tuple[dict[str, Any], ...]:
    return tuple({"thing": ID + thing, "text": text} for text in texts)


def _count(body: str, quantity: str, value: int) -> dict[str, Any]:
    return {"body": ID + body, "quantity": f"{VOCABULARY}quantity/{quantity}", "value": value}


def _host(factory: str, role: str, host: str) -> Answer:
    row = {"factory": ID + factory, "role": role, "host": ID + host}
    return Answer("hosts-of-factories", (row,), {"factory": factory})


def _in_country(factory: str, country: str) -> Answer:
    row = {"factory": ID + factory, "country": ID + country}
    return Answer("factories-by-country", (row,))


ANSWERED_BY: dict[int, list[Answer]] = {
    1: [
        Answer(
            "joint-undertaking-profile",
            (
                {"aspect": "has member", "value": ID + "european-union"},
                {
                    "aspect": "legal form",
                    "value": "a legal entity jointly held by the European Union, its Member States"
                    " and private partners",
                },
            ),
        )
    ],
    2: [Answer("joint-undertaking-profile", ({"aspect": "established", "value": "2018"},))],
    3: [Answer("joint-undertaking-profile", ({"aspect": "mission"},))],
    4: [
        Answer("factories-in-selection-round", _things("factory", *SIX)),
        Answer("stated-counts", (_count("ai-factories-round-3", "ai-factory-count", 6),)),
    ],
    5: [Answer("stated-counts", (_count("eurohpc-ju", "ai-factory-count", 19),))],
    6: [Answer("stated-counts", (_count("eurohpc-ju", "supercomputer-count", 11),))],
    7: [
        Answer(
            "systems-in-the-top-ten",
            _things(
                "system", "jupiter", "lumi", "leonardo", rank=10, bound=f"{VOCABULARY}bound/at-most"
            ),
        ),
        Answer(
            "systems-owned-by-the-joint-undertaking",
            _things("system", "jupiter", "lumi", "leonardo"),
        ),
    ],
    8: [
        Answer("quantum-systems-operating", _things("system", "piast-q", "vlq", date="2025-10-12")),
        Answer("stated-counts", (_count("eurohpc-ju", "quantum-system-count", 2),)),
    ],
    9: [
        Answer(
            "factories-expected-to-operate",
            _things("factory", *SIX, date="2026", basis=f"{VOCABULARY}basis/planned"),
        )
    ],
    10: [
        Answer(
            "planned-systems-of-factories",
            _things("factory", *SIX, system=f"{VOCABULARY}system-class/ai-optimised"),
        )
    ],
    11: [
        Answer("factories-offering-service", _things("factory", *SIX), {"service": service})
        for service in ("data services", "computing power", "training", "technical support")
    ],
    12: [
        Answer("factories-serving-target-group", _things("factory", *SIX), {"group": group})
        for group in ("start-ups", "SMEs", "researchers")
    ],
    13: [_in_country("czai", "czechia"), _host("czai", "located at", "it4innovations")],
    14: [
        Answer(
            "who-leads-what",
            _things("thing", "czai", role="led by"),
            {"institution": "VSB-TUO"},
        ),
        Answer(
            "partners-of-factory",
            ({"partner": "universities and research institutes of Czechia"},),
            {"factory": "CZAI"},
        ),
    ],
    15: [
        Answer(
            "aims-and-missions",
            _texts("czai", "building up the technical infrastructure", "skills training",
                   "tying the national AI ecosystem into the European AI network"),
            {"thing": "CZAI"},
        )
    ],
    16: [
        _in_country("litai", "lithuania"),
        Answer("who-leads-what", _things("thing", "litai"), {"institution": "Vilnius University"}),
    ],
    17: [
        _host("litai", "located at", "lrtc-vdc3"),
        Answer("places-of", ({"place": ID + "vilnius"},), {"thing": "LRTC VDC3"}),
    ],
    18: [
        Answer(
            "sectors-of-factories",
            _sectors("litai", "cybersecurity", "green-energy", "smart-industry", "digital-health"),
        ),
        Answer(
            "aims-and-missions",
            _texts("litai",
                   "sovereign AI systems made out of the national supercomputing infrastructure"),
        ),
    ],
    19: [
        _in_country("nlaif", "netherlands"),
        Answer(
            "who-leads-what",
            _things("thing", "nlaif", role="chaired by"),
            {"institution": "AIFNL Foundation"},
        ),
        Answer(
            "partners-of-factory",
            ({"partner": "research and technology organisations of the Netherlands"},),
            {"factory": "NLAIF"},
        ),
    ],
    20: [
        Answer(
            "sectors-of-factories", _sectors("nlaif", "healthcare", "agriculture", "cybersecurity")
        ),
        Answer("aims-and-missions", _texts("nlaif", "fields with sensitive data")),
    ],
    21: [_in_country("gaia-aif", "poland"), _host("gaia-aif", "operated by", "cyfronet")],
    22: [
        Answer(
            "sectors-of-factories",
            _sectors("gaia-aif", "healthcare", "aerospace", "large-language-models"),
        )
    ],
    23: [_in_country("ro-aif", "romania"), _host("ro-aif", "hosted by", "ici-bucharest")],
    24: [
        Answer(
            "services-of-factories",
            (
                {"stated": f"{VOCABULARY}target-group/smes"},
                {"stated": f"{VOCABULARY}service/training"},
                {"stated": f"{VOCABULARY}service/compute-access"},
            ),
            {"factory": "RO AI Factory"},
        ),
        Answer(
            "aims-and-missions",
            _texts("ro-aif", "digital transformation of small and medium-sized enterprises",
                   "innovation in applications of AI"),
        ),
    ],
    25: [_in_country("1healthai", "spain"), _host("1healthai", "located at", "cesga")],
    26: [
        Answer(
            "sectors-of-factories",
            _sectors("1healthai", "human-health", "animal-health", "environmental-health"),
        ),
        Answer(
            "aims-and-missions",
            _texts("1healthai", "a contribution to the European One Health model"),
        ),
    ],
    27: [
        Answer("systems-in-country", _things("system", system, country=ID + country))
        for system, country in (
            ("jupiter", "germany"), ("lumi", "finland"), ("leonardo", "italy")
        )
    ],
    28: [
        Answer("quantum-systems-operating", _things("system", system, country=ID + country))
        for system, country in (("piast-q", "poland"), ("vlq", "czechia"))
    ],
    29: [
        Answer(
            "selection-round-profile",
            tuple(
                {"aspect": "aim", "value": value}
                for value in (
                    "technological autonomy", "security of data", "sustainable development"
                )
            ),
        )
    ],
}  # fmt: skip
