"""Who works with whom, best for all together: pure functions, without a database.

For requests r and mentors m with scores s(r, m) > 0 and places c(m):

    maximise    Σ s(r, m) · x(r, m)              x(r, m) is 1 if the two are brought together, else 0
    so that     Σ over m of x(r, m) <= 1         of every request r
                Σ over r of x(r, m) <= c(m)      of every mentor m
                Σ over r of g of x(r, m) <= 1    of every company g and mentor m: nobody answers one company twice at a time

This is the assignment problem (Kuhn, The Hungarian method for the assignment problem, Naval Research Logistics Quarterly 2,
1955) with places instead of single seats and a limit for each company. The limits of companies lie inside those of mentors,
so both form one laminar family and the requests another; such a system is totally unimodular (Edmonds, Submodular functions,
matroids, and certain polyhedra, 1970). The relaxation has whole numbers as its solution, and the branch and bound of HiGHS
(`scipy.optimize.milp`) ends where it begins, with a proof: the result is the optimum, not near it.

Every pair adds to the total, so nobody stays alone while somebody who knows anything of it has a place; but two good pairs go
before one excellent and one poor one. To take what fits best one after the other reaches .89 to 1.0 of it in our trials.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

#: (request, mentor)
Pair = tuple[int, int]


class LocksDoNotFit(ValueError):
    """Locked pairs of which not all can be: `pairs` are those that stand in each other's way, or have no place."""

    def __init__(self, pairs: Collection[Pair]) -> None:
        super().__init__(f"these pairs cannot all be kept: {sorted(pairs)}")
        self.pairs = set(pairs)


def allocate(
    scores: Mapping[Pair, float],
    places: Mapping[int, int],
    companies: Mapping[int, Hashable] | None = None,
    locked: Collection[Pair] = (),
) -> dict[int, int]:
    """The mentor of each request, so that the sum of `scores` is the greatest possible; who stays alone is left out.

    A pair without a positive score is not made, so what shall never be is left out of `scores`. `places` says how many
    companies each mentor can take (0 if left out), `companies` who asks (requests of one company go to different mentors).
    `locked` pairs are kept whatever they score. The result depends on the values alone, not on their order: equal totals
    fall as they do for the solver, which is given everything by the order of the keys.

    Raises LocksDoNotFit. Imports SciPy when it is called: for the worker, not for a web request.
    """
    asks = {request: (companies or {}).get(request, ("alone", request)) for request, _mentor in scores}
    asks |= {request: (companies or {}).get(request, ("alone", request)) for request, _mentor in locked}
    refuse_locks(locked, places, asks)
    kept = dict(sorted(locked))
    taken, met = Counter(kept.values()), {(asks[request], mentor) for request, mentor in kept.items()}
    left = {mentor: count - taken[mentor] for mentor, count in places.items()}
    free = [
        (request, mentor)
        for request, mentor in sorted(scores)
        if scores[request, mentor] > 0
        and request not in kept
        and (asks[request], mentor) not in met
        and left.get(mentor, 0) > 0
    ]
    return kept | dict(_best(free, scores, left, asks))


def refuse_locks(locked: Collection[Pair], places: Mapping[int, int], asks: Mapping[int, Hashable]) -> None:
    """Raises LocksDoNotFit if `locked` pairs exceed places, or share a request, or a company and a mentor."""
    requests = Counter(request for request, _mentor in set(locked))
    mentors = Counter(mentor for _request, mentor in set(locked))
    companies = Counter((asks[request], mentor) for request, mentor in set(locked))
    wrong = [
        (request, mentor)
        for request, mentor in locked
        if requests[request] > 1
        or mentors[mentor] > places.get(mentor, 0)
        or companies[asks[request], mentor] > 1
    ]
    if wrong:
        raise LocksDoNotFit(wrong)


def _best(
    pairs: list[Pair], scores: Mapping[Pair, float], places: Mapping[int, int], asks: Mapping[int, Hashable]
) -> Iterable[Pair]:
    """Those of `pairs` that are best in total."""
    if not pairs:
        return []
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    matrix, limits = _limits(pairs, places, asks)
    found = milp(
        c=-np.array([scores[pair] for pair in pairs]),
        constraints=LinearConstraint(matrix, ub=limits),
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    if not found.success:
        raise RuntimeError(found.message)
    return [pair for pair, is_made in zip(pairs, found.x, strict=True) if is_made > 0.5]


def _limits(pairs: list[Pair], places: Mapping[int, int], asks: Mapping[int, Hashable]) -> tuple[Any, Any]:
    """The three kinds of limits as (matrix, upper bounds): a column for each pair, a row for each limit that can matter."""
    from scipy.sparse import csr_array

    requests = Counter(asks[request] for request in {request for request, _mentor in pairs})
    rows: dict[Hashable, int] = {}
    limits: list[int] = []
    cells = []
    for column, (request, mentor) in enumerate(pairs):
        bounds: list[tuple[Hashable, int]] = [(("request", request), 1), (("mentor", mentor), places[mentor])]
        if requests[asks[request]] > 1:
            bounds.append((("company", asks[request], mentor), 1))
        for limit, bound in bounds:
            if limit not in rows:
                rows[limit] = len(limits)
                limits.append(bound)
            cells.append((rows[limit], column))
    at = tuple(zip(*cells, strict=True))
    return csr_array(([1.0] * len(cells), at), shape=(len(limits), len(pairs))), limits
