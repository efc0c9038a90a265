"""Put the graph into any triple store, all or nothing as its readers see it.

`load_store` loads, `undo` takes back what a broken-off load left, `materialise` lets the store
compute what follows. How it is done: `plan` compares, `staging` sends under a disguise, `swapping`
exchanges, `ledger` remembers, `lock` lets one load go on at a time.
"""

from __future__ import annotations

from eurohpc_kg.loading.canonical import Digest, digest
from eurohpc_kg.loading.materialising import materialise
from eurohpc_kg.loading.plan import Plan
from eurohpc_kg.loading.running import load_store, undo

__all__ = ["Digest", "Plan", "digest", "load_store", "materialise", "undo"]
