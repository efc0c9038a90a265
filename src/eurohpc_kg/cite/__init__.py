"""Citations: the smallest set of documents behind each row of an answer, whatever the query.

`answer` is what a caller meets; see ``docs/citations.md`` for the meaning and ``docs/decisions``
for the reasons. How a document is written down stands in `eurohpc_kg.documents`.
"""
