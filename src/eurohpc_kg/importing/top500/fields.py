"""The fields of a ranking entry: what each is, and the term of the ontology that holds it.

A field has the name of its column in a table of many editions (``rmax_tflops``), whatever a
spreadsheet of one edition calls it. `MEASURES` are what an edition measures and ranks: they stand
at the entry. `DESCRIPTIONS` are what the list says of the machine: they stand at the system as
long as they don't change (see `top500_graph`). This module alone knows fields, editions and the
reviewed tables of names beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from eurohpc_kg.importing.csv_files import table
from eurohpc_kg.names import EHPC, fold
from eurohpc_kg.namespaces import RDFS, SCHEMA

SITE = "https://www.top500.org/"
SEE_ALSO = RDFS + "seeAlso"
URL = SCHEMA + "url"

INTEGER, DECIMAL, TEXT, YEAR, EDITION, SITE_PAGE = (
    "integer",
    "decimal",
    "text",
    "year",
    "edition",
    "site page",
)

# field: (kind, term)
MEASURES: Mapping[str, tuple[str, str]] = {
    "rank": (INTEGER, EHPC + "rank"),
    "previous_rank": (INTEGER, EHPC + "previousRank"),
    "total_cores": (INTEGER, EHPC + "cores"),
    "accelerator_cores": (INTEGER, EHPC + "acceleratorCores"),
    "rmax_tflops": (DECIMAL, EHPC + "rmax"),
    "rpeak_tflops": (DECIMAL, EHPC + "rpeak"),
    "nmax": (INTEGER, EHPC + "nmax"),
    "nhalf": (INTEGER, EHPC + "nhalf"),
    "hpcg_tflops": (DECIMAL, EHPC + "hpcgTflops"),
    "power_kw": (DECIMAL, EHPC + "powerKilowatt"),
    "power_source": (TEXT, EHPC + "powerOrigin"),
    "energy_efficiency_gflops_per_w": (DECIMAL, EHPC + "efficiencyGflopsPerWatt"),
    "memory_gb": (DECIMAL, EHPC + "memoryGigabyte"),
}
DESCRIPTIONS: Mapping[str, tuple[str, str]] = {
    "name": (TEXT, EHPC + "nameText"),
    "computer": (TEXT, EHPC + "computerText"),
    "site": (TEXT, EHPC + "siteText"),
    "manufacturer": (TEXT, EHPC + "manufacturerText"),
    "year": (YEAR, EHPC + "installationYear"),
    "segment": (TEXT, EHPC + "segment"),
    "accelerator": (TEXT, EHPC + "accelerator"),
    "processor": (TEXT, EHPC + "processorText"),
    "processor_generation": (TEXT, EHPC + "processorGeneration"),
    "interconnect": (TEXT, EHPC + "interconnect"),
    "interconnect_family": (TEXT, EHPC + "interconnectFamily"),
    "architecture": (TEXT, EHPC + "architecture"),
    "operating_system": (TEXT, EHPC + "operatingSystem"),
    "first_appearance": (EDITION, EHPC + "firstAppearance"),
    "first_rank": (INTEGER, EHPC + "firstRank"),
    "top500_site_id": (SITE_PAGE, SEE_ALSO),
}
# The fields that the other two rankings have of a system that is in the TOP500.
GREEN500 = ("green500_rank", "green500_energy_efficiency_gflops_per_w")
HPCG = ("hpcg_rank", "hpcg_list_tflops")
KINDS: Mapping[str, str] = {
    **{field: kind for field, (kind, _) in {**MEASURES, **DESCRIPTIONS}.items()},
    **dict.fromkeys(("green500_rank", "hpcg_rank", "top500_rank"), INTEGER),
    **dict.fromkeys((GREEN500[1], HPCG[1]), DECIMAL),
    **dict.fromkeys(("first_appearance", "top500_site_id", "top500_system_id"), INTEGER),
}
# Quotients of two numbers with fewer digits; spreadsheets store up to ten.
SIX_DIGITS = ("energy_efficiency_gflops_per_w", GREEN500[1])
# Fields in which lists write 0 (or -1) for a value that they don't have.
NOUGHT_IS_BLANK = ("nmax", "nhalf", "power_kw")
# Without these a row is no entry of the TOP500.
REQUIRED = ("rank", "computer", "site", "country", "rmax_tflops", "rpeak_tflops")
MONTHS = {"06": "June", "11": "November"}
FIRST_YEAR = 1993


@dataclass(frozen=True)
class Ranking:
    """Name one ranking list: slug, name, and the two fields that an entry of it has, if fixed."""

    slug: str
    name: str
    fields: tuple[str, str] | None = None


TOP500 = Ranking("top500", "TOP500")
RANKINGS = (
    TOP500,
    Ranking("green500", "Green500", GREEN500),
    Ranking("hpcg", "HPCG", HPCG),
)
# The terms of the second field of the two smaller rankings.
SECOND_TERM = {GREEN500[1]: EHPC + "efficiencyGflopsPerWatt", HPCG[1]: EHPC + "hpcgTflops"}


def edition_number(edition: str) -> int:
    """Return the list's own number of an edition: 1 is June 1993, two a year.

    >>> edition_number("2026-06")
    67
    """
    year, month = edition.split("-")
    return (int(year) - FIRST_YEAR) * 2 + (1 if month == "06" else 2)


def edition_of(number: int) -> str:
    """Return the edition of the list's own number.

    >>> edition_of(2)
    '1993-11'
    """
    years, half = divmod(number - 1, 2)
    return f"{FIRST_YEAR + years}-{'11' if half else '06'}"


def is_edition(text: str) -> bool:
    """Tell whether ``text`` is the year and month of an edition, such as ``2026-06``."""
    return bool(re.fullmatch(r"(199[3-9]|2\d\d\d)-(06|11)", text))


def edition_words(edition: str) -> str:
    """Return an edition as people say it.

    >>> edition_words("2026-06")
    'June 2026'
    """
    year, month = edition.split("-")
    return f"{MONTHS[month]} {year}"


@dataclass(frozen=True)
class Column:
    """Say which field a column holds (none: known, not kept) and the factor to our unit."""

    field: str
    factor: str


@lru_cache(maxsize=1)
def known_columns() -> Mapping[str, Column]:
    """Return the columns that the lists have had since 1993, by folded name."""
    return {
        fold(row["column"]): Column(row["field"], row["factor"])
        for row in table(__file__, "columns.csv")
    }


@lru_cache(maxsize=1)
def countries() -> Mapping[str, tuple[str, str]]:
    """Return country name -> (slug, ``europe`` or ``world``); Europe as EuroHPC draws it."""
    return {row["name"]: (row["slug"], row["region"]) for row in table(__file__, "countries.csv")}


@lru_cache(maxsize=1)
def known_systems() -> Mapping[str, str]:
    """Return TOP500 system id -> slug of the thing that the register has for it."""
    return {row["system_id"]: row["slug"] for row in table(__file__, "systems.csv")}


@lru_cache(maxsize=1)
def known_sites() -> Mapping[str, str]:
    """Return TOP500 site id, or slug of country and name -> slug of the register's institution."""
    return {row["site"]: row["slug"] for row in table(__file__, "sites.csv")}
