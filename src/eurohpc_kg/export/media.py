"""What a kind of file is called: its media type at IANA, its entry in the list of the EU."""

from __future__ import annotations

_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

# By media type: a format may write files of several kinds (a table, and what describes it).
_EU = {
    "application/csvm+json": "JSON",
    "application/geo+json": "GEOJSON",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "RDF_TRIG",
    "application/vnd.apache.parquet": "PARQUET",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "text/csv": "CSV",
    "text/plain": "TXT",
    "text/tab-separated-values": "TSV",
    "text/turtle": "RDF_TURTLE",
}
_PACKED = {"gzip": "application/gzip", "zstd": "application/zstd"}


def bare(media_type: str) -> str:
    """Return a media type without its parameters.

    >>> bare("text/turtle; version=1.2")
    'text/turtle'
    """
    return media_type.partition(";")[0]


def media_iri(media_type: str) -> str:
    """Return the IRI of a media type.

    >>> media_iri("text/turtle; version=1.2")
    'https://www.iana.org/assignments/media-types/text/turtle'
    """
    return _MEDIA_TYPES + bare(media_type)


def packed_iri(compression: str) -> str | None:
    """Return the IRI of the media type of a compression, where there is one."""
    return media_iri(_PACKED[compression]) if compression else None


def file_type_iri(media_type: str) -> str | None:
    """Return the IRI of a kind of file in the list of the EU, where that has it.

    >>> file_type_iri("text/csv")
    'http://publications.europa.eu/resource/authority/file-type/CSV'
    """
    name = _EU.get(bare(media_type))
    return _FILE_TYPES + name if name else None
