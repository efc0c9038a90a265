"""From the spreadsheets of TOP500, Green500 and HPCG to one source file an edition.

`spreadsheets` opens a file, `header` places its columns, `rows` reads the entries, `identity` says
which are one machine, `graph` and `register` write triples, `known` reads them back. What columns,
countries, sites and systems are called stands in ``tables/``.
"""
