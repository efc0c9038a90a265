"""One small broken ontology for each check of the ontology, and the thing that it must name.

``FAULTS`` maps the name of the check to Turtle (prefixes as in the house) and the subject of the
row that the check must return. A subject that has no name is an empty string.
"""

from __future__ import annotations

GRAPH = "https://w3id.org/eurohpc-kg/graph/ontology"
ONTOLOGY = "https://w3id.org/eurohpc-kg/ontology"

FAULTS: dict[str, tuple[str, str]] = {
    "alignment-judged-twice": (
        "ehpc:Place skos:exactMatch schema:Place ; skos:broadMatch schema:Place .",
        "ehpc:Place",
    ),
    "alignment-taken-twice": (
        "ehpc:Place skos:exactMatch schema:Place . ehpc:Spot skos:exactMatch schema:Place .",
        "ehpc:Place",
    ),
    "alignment-with-own-term": (
        "ehpc:Place skos:broadMatch ehpc:Thing .",
        "ehpc:Place",
    ),
    "alternative-label-taken": (
        'ehpc:Place a owl:Class ; skos:altLabel "spot"@en . '
        'ehpc:Spot a owl:Class ; rdfs:label "spot"@en .',
        "ehpc:Place",
    ),
    "blank-node-outside-list": (
        "ehpc:Port rdfs:subClassOf [ a owl:Restriction ] .",
        "",
    ),
    "built-in-vocabulary-redefined": (
        'rdfs:label rdfs:comment "A name."@en .',
        "rdfs:label",
    ),
    "chain-of-one-property": (
        "ehpc:near owl:propertyChainAxiom ( ehpc:within ) .",
        "ehpc:near",
    ),
    "class-disjoint-with-its-parent": (
        "ehpc:Port rdfs:subClassOf ehpc:Place , ehpc:Facility . "
        "ehpc:Place owl:disjointWith ehpc:Facility .",
        "ehpc:Port",
    ),
    "class-of-leftovers": (
        "ehpc:OtherInstitution a owl:Class .",
        "ehpc:OtherInstitution",
    ),
    "class-of-two-concepts": (
        "ehpc:UniversityOrInstitute a owl:Class .",
        "ehpc:UniversityOrInstitute",
    ),
    "class-used-but-not-defined": (
        "<https://w3id.org/eurohpc-kg/id/lumi> a ehpc:SuperComputer .",
        "ehpc:SuperComputer",
    ),
    "class-with-several-parents": (
        "ehpc:Port a owl:Class ; rdfs:subClassOf ehpc:Place , ehpc:Facility .",
        "ehpc:Port",
    ),
    "classes-declared-equivalent": (
        "ehpc:Place a owl:Class ; owl:equivalentClass ehpc:Spot .",
        "ehpc:Place",
    ),
    "definition-badly-punctuated": (
        'ehpc:Place a owl:Class ; skos:definition "a spot"@en .',
        "ehpc:Place",
    ),
    "definition-of-itself": (
        'ehpc:Place a owl:Class ; rdfs:label "place"@en ; skos:definition "A place of note."@en .',
        "ehpc:Place",
    ),
    "deprecated-flag-not-boolean": (
        'ehpc:Spot owl:deprecated "yes" .',
        "ehpc:Spot",
    ),
    "deprecated-term-not-labelled-so": (
        'ehpc:Spot a owl:Class ; owl:deprecated true ; rdfs:label "spot"@en .',
        "ehpc:Spot",
    ),
    "deprecated-term-used": (
        "ehpc:Spot a owl:Class ; owl:deprecated true . ehpc:Port rdfs:subClassOf ehpc:Spot .",
        "ehpc:Spot",
    ),
    "deprecated-term-without-replacement": (
        "ehpc:Spot a owl:Class ; owl:deprecated true .",
        "ehpc:Spot",
    ),
    "duplicate-definition": (
        'ehpc:Place a owl:Class ; skos:definition "A spot."@en . '
        'ehpc:Spot a owl:Class ; skos:definition "A spot."@en .',
        "ehpc:Place",
    ),
    "duplicate-label": (
        'ehpc:Place a owl:Class ; rdfs:label "place"@en . '
        'ehpc:Spot a owl:Class ; rdfs:label "Place"@en .',
        "ehpc:Place",
    ),
    "hierarchy-with-cycle": (
        "ehpc:Place rdfs:subClassOf ehpc:Region . ehpc:Region rdfs:subClassOf ehpc:Place .",
        "ehpc:Place",
    ),
    "inverse-between-other-classes": (
        "ehpc:near a owl:ObjectProperty ; rdfs:range ehpc:Place ; owl:inverseOf ehpc:nearTo . "
        "ehpc:nearTo a owl:ObjectProperty ; rdfs:domain ehpc:Facility .",
        "ehpc:near",
    ),
    "inverse-of-itself": (
        "ehpc:near owl:inverseOf ehpc:near .",
        "ehpc:near",
    ),
    "iri-with-file-extension": (
        "<https://w3id.org/eurohpc-kg/ontology.owl> a owl:Ontology .",
        "https://w3id.org/eurohpc-kg/ontology.owl",
    ),
    "label-and-definition-swapped": (
        'ehpc:Place a owl:Class ; rdfs:label "A part of the Earth."@en ; skos:definition '
        '"place"@en .',
        "ehpc:Place",
    ),
    "label-with-line-break": (
        'ehpc:Place a owl:Class ; rdfs:label "a\\nplace"@en .',
        "ehpc:Place",
    ),
    "ontology-iri-not-persistent": (
        "<https://example.org/mine> a owl:Ontology .",
        "https://example.org/mine",
    ),
    "ontology-namespace-unclear": (
        f'<{ONTOLOGY}> a owl:Ontology ; vann:preferredNamespaceUri "https://example.org/#" .',
        ONTOLOGY,
    ),
    "ontology-version-unclear": (
        f'<{ONTOLOGY}> a owl:Ontology ; owl:versionIRI <{ONTOLOGY}> ; owl:versionInfo "0.1.0" .',
        ONTOLOGY,
    ),
    "ontology-with-several-headers": (
        f"<{ONTOLOGY}> a owl:Ontology . <https://w3id.org/eurohpc-kg/second> a owl:Ontology .",
        ONTOLOGY,
    ),
    "ontology-without-detailed-metadata": (
        f'<{ONTOLOGY}> a owl:Ontology ; dcterms:issued "2026" .',
        ONTOLOGY,
    ),
    "ontology-without-header": (
        "ehpc:Place a owl:Class .",
        GRAPH,
    ),
    "ontology-without-licence": (
        f'<{ONTOLOGY}> a owl:Ontology ; dcterms:license "free" .',
        ONTOLOGY,
    ),
    "ontology-without-minimum-metadata": (
        f'<{ONTOLOGY}> a owl:Ontology ; dcterms:title "Title"@en .',
        ONTOLOGY,
    ),
    "ontology-without-recommended-metadata": (
        f'<{ONTOLOGY}> a owl:Ontology ; owl:versionInfo "1" .',
        ONTOLOGY,
    ),
    "ontology-without-reuse": (
        f"<{ONTOLOGY}> a owl:Ontology . ehpc:Place a owl:Class .",
        ONTOLOGY,
    ),
    "parent-of-another-kind": (
        "ehpc:near a owl:ObjectProperty ; rdfs:subPropertyOf ehpc:text . "
        "ehpc:text a owl:DatatypeProperty .",
        "ehpc:near",
    ),
    "properties-declared-equivalent": (
        "ehpc:near a owl:ObjectProperty ; owl:equivalentProperty ehpc:closeTo .",
        "ehpc:near",
    ),
    "property-with-several-domains": (
        "ehpc:near a owl:ObjectProperty ; rdfs:domain ehpc:Place , ehpc:Facility .",
        "ehpc:near",
    ),
    "property-without-domain": (
        "ehpc:near a owl:ObjectProperty .",
        "ehpc:near",
    ),
    "property-without-inverse": (
        "ehpc:near a owl:ObjectProperty ; rdfs:range ehpc:Place .",
        "ehpc:near",
    ),
    "property-without-range": (
        "ehpc:near a owl:ObjectProperty .",
        "ehpc:near",
    ),
    "relation-named-is": (
        "ehpc:isA a owl:ObjectProperty .",
        "ehpc:isA",
    ),
    "symmetric-property-between-unlike-classes": (
        "ehpc:near a owl:SymmetricProperty ; rdfs:domain ehpc:Facility ; rdfs:range ehpc:Place .",
        "ehpc:near",
    ),
    "symmetric-property-with-inverse": (
        "ehpc:near a owl:SymmetricProperty ; owl:inverseOf ehpc:nearTo .",
        "ehpc:near",
    ),
    "term-named-against-convention": (
        "ehpc:data_centre a owl:Class .",
        "ehpc:data_centre",
    ),
    "term-of-two-kinds": (
        "ehpc:near a owl:ObjectProperty , owl:DatatypeProperty .",
        "ehpc:near",
    ),
    "term-unconnected": (
        "ehpc:Place a owl:Class .",
        "ehpc:Place",
    ),
    "term-with-several-definitions": (
        'ehpc:Place a owl:Class ; skos:definition "One."@en , "Two."@en .',
        "ehpc:Place",
    ),
    "term-with-several-labels": (
        'ehpc:Place a owl:Class ; rdfs:label "place"@en , "spot"@en .',
        "ehpc:Place",
    ),
    "term-without-definition": (
        'ehpc:Place a owl:Class ; rdfs:label "place"@en .',
        "ehpc:Place",
    ),
    "term-without-example": (
        'ehpc:Place a owl:Class ; rdfs:label "place"@en .',
        "ehpc:Place",
    ),
    "term-without-label": (
        'ehpc:Place a owl:Class ; rdfs:label "Ort"@de .',
        "ehpc:Place",
    ),
    "term-without-ontology": (
        "ehpc:Place a owl:Class ; rdfs:isDefinedBy <https://example.org/> .",
        "ehpc:Place",
    ),
    "term-without-type": (
        "ehpc:Port a owl:Class ; rdfs:subClassOf ehpc:Place .",
        "ehpc:Place",
    ),
    "text-with-outer-whitespace": (
        'ehpc:Place a owl:Class ; rdfs:label "place "@en .',
        "ehpc:Place",
    ),
    "text-without-language": (
        'ehpc:Place a owl:Class ; rdfs:label "place" .',
        "ehpc:Place",
    ),
    "top-class-without-disjointness": (
        "ehpc:Place a owl:Class .",
        "ehpc:Place",
    ),
    "transitive-property-between-unlike-classes": (
        "ehpc:within a owl:TransitiveProperty ; rdfs:domain ehpc:Facility ; rdfs:range "
        "ehpc:Place .",
        "ehpc:within",
    ),
}
