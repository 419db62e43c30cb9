"""`make bench allocation`: who works with whom in a round, against the proven optimum, and how long a larger round takes.

The instances stand beside the project (PORTAL_SHARED); without them only the generated rounds are measured.
"""

import json
import random
import time
from collections.abc import Mapping

from matching.domain.allocation import Pair, allocate
from tests.benchmarks.search import SHARED

INSTANCES = SHARED / "data" / "match_experts_debian" / "allocation.jsonl"
#: (requests, mentors) of generated rounds
SIZES = ((20, 10), (200, 100), (500, 300))


def main() -> None:
    """Prints the table and keeps nothing; a worker has loaded SciPy once and for all."""
    begun = time.perf_counter()
    allocate({(1, 1): 1.0}, {1: 1})
    print(f"SciPy loads in {(time.perf_counter() - begun) * 1000:.0f} ms, once in a worker")
    print(
        f"{'allocation':<14}{'pairs':>8}{'greedy':>9}{'ours':>9}{'optimum':>9}{'ms':>8}   goal: 1.0 within 1 s"
    )
    if INSTANCES.exists():
        for line in INSTANCES.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            scores = {
                (request, mentor): score
                for request, scores in enumerate(row["score"])
                for mentor, score in enumerate(scores)
                if score >= row["min_score"]
            }
            _print_row(row["id"], scores, dict(enumerate(row["capacity"])), row["optimum_total"])
    for requests, mentors in SIZES:
        _print_row(f"{requests} x {mentors}", *generated(requests, mentors))


def _print_row(
    name: str, scores: Mapping[Pair, float], places: Mapping[int, int], optimum: float | None = None
) -> None:
    begun = time.perf_counter()
    made = allocate(scores, places)
    spent = (time.perf_counter() - begun) * 1000
    ours = sum(scores[pair] for pair in made.items())
    best = optimum if optimum is not None else ours
    proven = f"{optimum:>9.4f}" if optimum is not None else f"{'':>9}"
    print(
        f"{name:<14}{len(scores):>8}{greedy(scores, places) / best:>9.3f}{ours / best:>9.3f}{proven}{spent:>8.0f}"
    )


def greedy(scores: Mapping[Pair, float], places: Mapping[int, int]) -> float:
    """What it is worth to take the best pair, then the best of the rest, and so on."""
    left, asked, total = dict(places), set[int](), 0.0
    for (request, mentor), score in sorted(scores.items(), key=lambda item: -item[1]):
        if request not in asked and left[mentor]:
            asked.add(request)
            left[mentor] -= 1
            total += score
    return total


def generated(requests: int, mentors: int) -> tuple[dict[Pair, float], dict[int, int]]:
    """A round in which everybody knows something of a third of what is asked, and places run short."""
    chance = random.Random(requests)
    scores = {
        (request, mentor): chance.uniform(0.1, 2.0)
        for request in range(requests)
        for mentor in range(mentors)
        if chance.random() < 1 / 3
    }
    return scores, {mentor: chance.randint(0, 3) for mentor in range(mentors)}


if __name__ == "__main__":
    main()
