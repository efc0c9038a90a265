"""The rule file that w3id.org needs to send each IRI of the namespace to where it is served."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.errors import UsageError
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.names import NAMESPACE

# What a client accepts, and the ending under which the site has it; the first that fits.
_FORMS = (
    ("application/ld\\+json", "jsonld"),
    ("application/rdf\\+xml", "rdf"),
    ("application/n-quads", "nq"),
    ("application/trig", "trig"),
    ("application/n-triples", "nt"),
    ("text/turtle|application/x-turtle", "ttl"),
)
_THINGS = "id|figure|milestone|report|entry|edition|correction|vocabulary|question|check|source"


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write the rules; raise `UsageError` where no site is known to send to."""
    if not dataset.site:
        raise UsageError(
            "the rules for w3id.org need the address of the site",
            place="w3id",
            remedy="Give --site https://… , where `eurohpc-kg serve` or its static site is.",
        )
    file.write(_rules(dataset.site).encode())


def _rules(site: str) -> str:
    lines = [
        f"# {NAMESPACE}: to {site}",
        "# Pages for people, data for programs that ask for it (Accept); names with a suffix as",
        "# they are. This is the file eurohpc-kg/.htaccess of the repository of w3id.org.",
        "Options -MultiViews",
        "RewriteEngine On",
        "",
        "# Addresses that say by themselves what is wanted, and what is no part of the graph.",
        f"RewriteRule ^$ {site} [R=302,L]",
        f"RewriteRule ^(sparql.*)$ {site}$1 [R=307,L,QSA]",
        f"RewriteRule ^(\\.well-known/void|void\\.ttl|context\\.jsonld|logo\\.svg)$ {site}$1 "
        "[R=302,L]",
        f"RewriteRule ^graph/catalog$ {site}.well-known/void [R=303,L]",
        f"RewriteRule ^(download/.+)$ {site}$1 [R=302,L]",
        f"RewriteRule ^(.+\\.(?:html|ttl|nt|nq|trig|jsonld|rdf|csv))$ {site}$1 [R=303,L]",
    ]
    for accept, ending in _FORMS:
        lines += [
            "",
            f"RewriteCond %{{HTTP_ACCEPT}} {accept} [NC]",
            f"RewriteRule ^(ontology|shape|(?:{_THINGS})(?:/.*)?)$ {site}$1.{ending} [R=303,L]",
        ]
    lines += ["", "# Everything else is for people.", f"RewriteRule ^(.+)$ {site}$1 [R=303,L]", ""]
    return "\n".join(lines)


EXPORTER = Exporter(
    "Rules for w3id.org (with --site), which send each IRI to where it is served",
    group="description",
    ending="htaccess",
    media_type="text/plain",
    write=write,
    file="w3id.htaccess",
    only_named=True,
    rank=0,
)
