"""The written rule that chooses between values of one thing, and why it chose.

It is the rule of ``queries/views/best-figures.rq``, which derives the shortcuts; here it also
serves values for which there is no shortcut. Of states it takes what ``current-status.rq`` takes.
A test holds each two together on the whole graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from eurohpc_kg.trust.claims import FIGURE, STATUS, Claim

# What a value can win by, the strongest first: the words, and what is compared, the higher wins.
CRITERIA = (
    "an accepted correction before all",
    "the later correction before the earlier",
    "a primary source before a secondary one",
    "measured before contracted or stated, these before estimated, and planned last",
    "the newer statement before the older",
    "an exact value before one that is about right",
    "what comes last in the alphabet, where nothing else decides",
)
# Of states, the newest is the state; what a better source said before is history.
STATUS_CRITERIA = (
    "the newer statement before the older",
    "what is further along the life of a thing, of two of one date",
    "what comes last in the alphabet, where nothing else decides",
)
ONLY = "no other value is of the whole thing and more than a limit"
NONE = "none: each is a limit or covers a part"
_CERTAINTY = {"measured": 3, "contracted": 2, "stated": 2, "estimated": 1, "planned": 0}


def merit(claim: Claim) -> tuple[int | str, ...]:
    """Return what `CRITERIA`, or `STATUS_CRITERIA`, compare, in their order."""
    if claim.kind == STATUS:
        return claim.date, claim.stage, str(claim.final)
    return (
        int(bool(claim.correction)),
        claim.corrected_on,
        int(claim.primary),
        _CERTAINTY.get(claim.basis, 2),
        claim.date,
        int(not claim.bound),
        f"{claim.record or claim.document} {claim.final}",
    )


def eligible(claim: Claim) -> bool:
    """Tell whether a claim may be taken: a figure must be of the whole thing, and no mere limit."""
    return claim.kind != FIGURE or (claim.bound in ("", "about") and not claim.scope)


def choose(
    claims: Iterable[Claim], agree: Callable[[Claim, Claim], bool]
) -> tuple[Claim | None, str]:
    """Return the claim that the rule takes, and the criterion by which it beat another value.

    ``agree`` tells whether the values of two claims can both be true.
    """
    ranked = sorted(filter(eligible, claims), key=merit, reverse=True)
    if not ranked:
        return None, NONE
    best = ranked[0]
    rival = next((claim for claim in ranked if not agree(best, claim)), None)
    if rival is None:
        return best, ONLY
    criteria = STATUS_CRITERIA if best.kind == STATUS else CRITERIA
    pairs = zip(criteria, merit(best), merit(rival), strict=True)
    return best, next(words for words, one, other in pairs if one != other)
