"""Names: prefixes, CURIEs, slugs, and the folding that makes two spellings of a name equal.

The prefixes stand in ``ontology/prefixes.ttl`` as ``sh:declare`` and nowhere else. That file is
read here as text, not with a parser, because every command needs it first.
"""

from __future__ import annotations

import os

from eurohpc_kg.errors import InputError, UnknownNameError, UsageError
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.records import cached_property, dataclass
from eurohpc_kg.repository import Repository

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMESPACE = "https://w3id.org/eurohpc-kg/"
ONTOLOGY = NAMESPACE + "ontology"
EHPC = NAMESPACE + "ontology#"
THING = NAMESPACE + "id/"
SOURCE = NAMESPACE + "source/"
GRAPH = NAMESPACE + "graph/"
VOCABULARY = NAMESPACE + "vocabulary/"

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# A day, month or year, as the name of a document begins with one.
DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"

# For `short_source`, which nearly every answer calls: to compile DATE takes longer than that does.
_MONTHS = frozenset(f"{month:02}" for month in range(1, 13))
_DAYS = frozenset(f"{day:02}" for day in range(1, 32))
_LONGEST_SLUG = 64  # characters of a title in the name of a file

_MOST_KEPT = 50_000  # CURIEs
_READ: dict[str, Prefixes] = {}  # by path of the file
_HUMP = Pattern(r"(?<=[a-z])(?=[A-Z])")  # between the words of lowerCamelCase
_LOCAL = Pattern(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
_CURIE = Pattern(r"(?s)([A-Za-z][A-Za-z0-9_\-]*)?:(.*)")
_NOT_IN_SLUG = Pattern(r"[^a-z0-9]+")
_LANGUAGE = Pattern(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BAD_IRI = Pattern(r"[\x00-\x20<>\"{}|^`\\]")
# Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
    }
)


@dataclass(frozen=True)
class Prefixes:
    """Map prefixes to namespaces, both ways; longest namespace first when compacting."""

    namespaces: Mapping[str, str]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(sorted(self.namespaces.items()))

    def expand(self, curie: str) -> str:
        """Return the IRI of ``prefix:local``, or of ``<iri>`` or an absolute IRI as it is.

        Raises `UnknownNameError` for an unknown prefix and `UsageError` for characters that no
        IRI may have (RFC 3987, as SPARQL 1.1 IRIREF states them).

        >>> Prefixes({"id": "https://w3id.org/eurohpc-kg/id/"}).expand("id:lumi")
        'https://w3id.org/eurohpc-kg/id/lumi'
        """
        text = curie[1:-1] if curie.startswith("<") and curie.endswith(">") else curie
        if _BAD_IRI.search(text):
            raise UsageError(
                f"{curie!r} has a character that an IRI can't have",
                remedy="Write a CURIE such as id:lumi, or an absolute IRI.",
            )
        match = _CURIE.fullmatch(text)
        if match is None:
            raise UnknownNameError(
                f"{curie!r} is neither a CURIE nor an IRI",
                remedy="Write a CURIE such as id:lumi, or an absolute IRI.",
            )
        prefix, local = match.group(1) or "", match.group(2)
        if curie.startswith("<") or local.startswith("//"):
            return text
        if prefix in self.namespaces:
            return self.namespaces[prefix] + local
        if prefix in ("urn", "mailto", "tag", "doi"):
            return text
        raise UnknownNameError(
            f"the prefix {prefix!r} is not declared", remedy="See ontology/prefixes.ttl."
        )

    def compact(self, iri: str) -> str:
        """Return the CURIE of an IRI, or ``<iri>`` where no prefix fits.

        >>> Prefixes({"id": "https://w3id.org/id/"}).compact("https://w3id.org/id/lumi")
        'id:lumi'
        """
        known = self._compacted.get(iri)
        if known is None:
            if len(self._compacted) > _MOST_KEPT:
                self._compacted.clear()
            known = self._compacted[iri] = self._compact(iri)
        return known

    def _compact(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1  # no local name has either
        for end in (*self._unusual, cut):
            prefix = self._prefix_of.get(iri[:end]) if end <= len(iri) else None
            if prefix is not None and _is_local(iri[end:]):
                return f"{prefix}:{iri[end:]}"
        return f"<{iri}>"

    @cached_property
    def _compacted(self) -> dict[str, str]:
        return {}

    @cached_property
    def _prefix_of(self) -> dict[str, str]:
        """Return the prefix of each namespace; of several the first."""
        return {namespace: prefix for prefix, namespace in reversed(list(self))}

    @cached_property
    def _unusual(self) -> tuple[int, ...]:
        """Return the lengths of the namespaces that end neither in ``/`` nor in ``#``."""
        ends = {len(one) for one in self.namespaces.values() if not one.endswith(("/", "#"))}
        return tuple(sorted(ends, reverse=True))


def _is_local(name: str) -> bool:
    plain = name.replace("-", "").replace("_", "")  # nearly all names are of these and letters
    if plain.isascii() and plain.isalnum() and name[0] != "-":
        return True
    return _LOCAL.fullmatch(name) is not None


def read_prefixes(repository: Repository) -> Prefixes:
    """Read ``ontology/prefixes.ttl``; raise `InputError` when it declares nothing."""
    path = os.path.join(repository.top, "ontology", "prefixes.ttl")
    if path not in _READ:
        _READ[path] = _read_prefixes(path)
    return _READ[path]


def _read_prefixes(path: str) -> Prefixes:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = {}
    for declaration in text.split('sh:namespace "')[1:]:
        namespace, _, rest = declaration.partition('"')
        found[rest.partition('sh:prefix "')[2].partition('"')[0]] = namespace
    if not found:
        raise InputError(
            "no sh:declare found", place=path, remedy="Restore the file from version control."
        )
    return Prefixes(found)


def fold(text: str) -> str:
    """Return ``text`` without case, accents and doubled spaces, so that spellings compare.

    >>> fold("  Zdravotnictví ")
    'zdravotnictvi'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    import unicodedata

    once = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    plain = "".join(c for c in once if not unicodedata.combining(c))
    folded = " ".join(plain.split())
    # A compatibility letter may fold to one that folds again.
    return folded if folded == text else fold(folded)


def slug(text: str) -> str:
    """Return the last part of an IRI for a name: ASCII words joined by hyphens.

    >>> slug("Jülich Supercomputing Centre")
    'julich-supercomputing-centre'
    """
    return _NOT_IN_SLUG.sub("-", fold(text)).strip("-")


def title_slug(title: str) -> str:
    """Return the slug of a title for a file name: cut between two words where it is long.

    >>> len(title_slug("word " * 30)), title_slug("One  Two")
    (64, 'one-two')
    """
    whole = slug(title)
    if len(whole) <= _LONGEST_SLUG:
        return whole
    return whole[: _LONGEST_SLUG + 1].rpartition("-")[0] or whole[:_LONGEST_SLUG]


def is_slug(text: str) -> bool:
    """Tell whether a text is one: small letters, digits and single hyphens.

    >>> is_slug("euro-q-exa"), is_slug("Euro-Q-Exa"), is_slug("-lumi")
    (True, False, False)
    """
    parts = text.split("-")
    return text.isascii() and text == text.lower() and all(part.isalnum() for part in parts)


def is_language(text: str) -> bool:
    """Tell whether a text is the tag of a language: its code, perhaps with script or country.

    >>> is_language("en"), is_language("sr-Latn"), is_language("english")
    (True, True, False)
    """
    return _LANGUAGE.fullmatch(text) is not None


def readable_slug(iri: str) -> str:
    """Return the last part of an IRI, for a person to read and type."""
    return iri.replace("#", "/").rpartition("/")[2] or iri


def short_source(iri: str) -> str:
    """Return publisher and date of a source's IRI.

    >>> short_source("https://w3id.org/eurohpc-kg/source/vtv/2025-10-12-eu-opens-six-more")
    'vtv 2025-10-12'
    """
    if not iri.startswith(SOURCE):
        return iri.rsplit("/", 1)[-1]
    publisher, _, name = iri[len(SOURCE) :].partition("/")
    year, *more = name.split("-", 3)
    if not more or len(year) != 4 or not year.isdecimal():
        return publisher
    month = more[0] if more[1:] and more[0] in _MONTHS else ""
    day = more[1] if month and more[2:] and more[1] in _DAYS else ""
    return f"{publisher} {'-'.join(filter(None, (year, month, day)))}"


def local_name_in_words(iri: str) -> str:
    """Return the local name of a property that has no label as a person says it.

    >>> local_name_in_words("http://www.w3.org/2000/01/rdf-schema#seeAlso")
    'see also'
    """
    parts = _HUMP.sub(" ", readable_slug(iri)).lower()
    return {"type": "is a", "lat": "latitude", "long": "longitude"}.get(parts, parts)
