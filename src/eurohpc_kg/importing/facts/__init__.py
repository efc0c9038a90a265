"""From a sheet of sourced facts to the register and the source documents.

A fact sheet has one fact a row, with the ids of the sources that state it; a second sheet says
what those sources are. `sheets` reads both, `documents` names the source documents, `things` the
things, `register` and `statements` turn rows into triples by the reviewed tables in ``tables/``,
and `merging` adds them to the files without changing what stands there.
"""
