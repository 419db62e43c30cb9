"""Who works with whom: the best there is, whatever is thrown at it, and never what may not be."""

import json
import os
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.allocation import LocksDoNotFit, allocate

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("PORTAL_SHARED", ROOT.parent / "shared"))
INSTANCES = SHARED / "data" / "match_experts_debian" / "allocation.jsonl"


def total(scores, made):
    """What an allocation is worth."""
    return sum(scores.get(pair, 0.0) for pair in made.items())


def is_allowed(made, places, companies):
    """Whether nobody has more than their places, and no company the same mentor twice."""
    mentors = list(made.values())
    met = [(companies.get(request, -request - 1), mentor) for request, mentor in made.items()]
    return all(mentors.count(m) <= places.get(m, 0) for m in mentors) and len(met) == len(set(met))


def every_allocation(scores, places, companies, locked):
    """All that are allowed, by trying everything."""
    requests = sorted({request for request, _mentor in scores})
    fixed = dict(locked)
    options = [
        [fixed[request]]
        if request in fixed
        else [None, *(mentor for r, mentor in sorted(scores) if r == request)]
        for request in requests
    ]
    for choice in product(*options):
        made = {r: m for r, m in zip(requests, choice, strict=True) if m is not None}
        if is_allowed(made, places, companies):
            yield made


@st.composite
def rounds(draw):
    """(scores, places, companies, locked) of up to five requests and four mentors; some pairs may not be."""
    pairs = list(product(range(draw(st.integers(1, 5))), range(10, 10 + draw(st.integers(1, 4)))))
    values = st.integers(1, 200).map(lambda n: n / 100)
    scores = draw(st.dictionaries(st.sampled_from(pairs), values, min_size=1))
    places = {mentor: draw(st.integers(0, 3)) for _request, mentor in pairs}
    companies = {request: draw(st.integers(0, 3)) for request, _mentor in pairs}
    locked = draw(st.lists(st.sampled_from(sorted(scores)), max_size=2, unique_by=lambda pair: pair[0]))
    return scores, places, companies, locked if is_allowed(dict(locked), places, companies) else []


@given(rounds())
@settings(max_examples=150, deadline=None)
def test_nothing_that_is_allowed_is_worth_more(instance):
    scores, places, companies, locked = instance
    best = max(total(scores, made) for made in every_allocation(*instance))
    assert total(scores, allocate(scores, places, companies, locked)) == pytest.approx(best, abs=1e-6)


@given(rounds())
@settings(max_examples=100, deadline=None)
def test_places_companies_exclusions_and_locks_are_kept(instance):
    scores, places, companies, locked = instance
    made = allocate(scores, places, companies, locked)
    assert is_allowed(made, places, companies)
    assert set(made.items()) <= set(scores), "what has no score is not made"
    assert set(locked) <= set(made.items())


@given(rounds(), st.randoms())
@settings(max_examples=50, deadline=None)
def test_the_order_of_requests_and_mentors_does_not_matter(instance, chance):
    scores, places, companies, locked = instance
    rows = list(scores.items())
    chance.shuffle(rows)
    turned = dict(reversed(list(places.items())))
    assert allocate(dict(rows), turned, companies, locked[::-1]) == allocate(*instance)


def test_two_good_pairs_go_before_one_excellent_and_none():
    scores = {(1, 10): 1.0, (1, 11): 0.9, (2, 10): 0.8}
    assert allocate(scores, {10: 1, 11: 1}) == {1: 11, 2: 10}


def test_requests_of_one_company_go_to_different_mentors():
    scores = {(1, 10): 1.0, (2, 10): 1.0, (2, 11): 0.1}
    places = {10: 2, 11: 1}
    assert allocate(scores, places) == {1: 10, 2: 10}
    assert allocate(scores, places, {1: "Alfa", 2: "Alfa"}) == {1: 10, 2: 11}


def test_a_locked_pair_is_kept_although_nothing_speaks_for_it():
    assert allocate({(1, 10): 1.0, (2, 10): 0.5}, {10: 1, 11: 1}, locked=[(1, 11)]) == {1: 11, 2: 10}


@pytest.mark.parametrize(
    ("locked", "companies", "wrong"),
    [
        ([(1, 10), (2, 10)], {}, {(1, 10), (2, 10)}),
        ([(1, 10), (1, 11)], {}, {(1, 10), (1, 11)}),
        ([(1, 11), (2, 11)], {1: "Alfa", 2: "Alfa"}, {(1, 11), (2, 11)}),
        ([(1, 12)], {}, {(1, 12)}),
    ],
    ids=["more than places", "one request twice", "one company twice", "a mentor who is not there"],
)
def test_locks_that_cannot_all_be_kept_are_named(locked, companies, wrong):
    with pytest.raises(LocksDoNotFit) as error:
        allocate({(1, 10): 1.0}, {10: 1, 11: 2}, companies, locked)
    assert error.value.pairs == wrong


def test_where_nobody_fits_or_nobody_asks_nothing_is_made():
    assert allocate({}, {10: 1}) == {}
    assert allocate({(1, 10): 0.0, (2, 10): -1.0, (3, 11): 1.0}, {10: 1}) == {}


@pytest.mark.skipif(not INSTANCES.exists(), reason="the collections do not stand beside the project")
def test_the_proven_optimum_of_every_instance_is_reached_within_a_second():
    for line in INSTANCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        scores = {
            (r, m): score
            for r, scores in enumerate(row["score"])
            for m, score in enumerate(scores)
            if score >= row["min_score"]
        }
        begun = time.process_time()
        made = allocate(scores, dict(enumerate(row["capacity"])))
        assert time.process_time() - begun < 1, row["id"]
        assert total(scores, made) == pytest.approx(row["optimum_total"], abs=1e-4), row["id"]


def loaded_by(code: str) -> bool:
    """Whether a process of its own that serves a page and then runs `code` has loaded SciPy."""
    program = f"""
import django, sys
django.setup()
from django.test import Client
import portal.wsgi, portal.urls, mentoring.wagtail_hooks
Client().get("/livez")
{code}
print("scipy" in sys.modules or "numpy" in sys.modules)
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1] == "True"


def test_a_web_process_does_not_load_scipy():
    assert not loaded_by("import matching.domain.allocation")


def test_whoever_allocates_does():
    assert loaded_by("from matching.domain.allocation import allocate; allocate({(1, 2): 1.0}, {2: 1})")
