"""`make bench matching`: how well and how fast the portal finds people for a need, items that belong together and the topics
of a text, on every engine that is there.

Quality needs the judged collections beside the project (PORTAL_SHARED, ../shared by default); without them it is left out.
They are stand-ins for measuring, not for tuning. PostgreSQL is measured if DATABASE_URL names a server.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import allocation
from tests.benchmarks.crowd import Someone, settle
from tests.benchmarks.scratch import scratch_portal
from tests.benchmarks.search import LANGUAGES, ROOT, SHARED, engines, interval, scores_of, sentences_in

#: collection -> (the best baseline known, what we promise), nDCG@10
SETS = {"match_experts_debian": (0.365, 0.38), "match_experts_tags": (0.258, 0.27)}
SIZES = (10, 10_000, 100_000)
NEEDS = 200
#: how many people a list shows
LIMIT = 20


def main() -> None:
    """Prints both tables and keeps nothing."""
    sets = [name for name in SETS if (SHARED / "data" / name).exists()]
    if sets:
        print(
            f"{'nDCG@10':<24}{'engine':>14}{'needs':>7}{'topics':>8}{'text':>7}{'both':>7}{'baseline':>10}{'goal':>6}"
        )
        for engine in engines():
            for name in sets:
                _print_quality(name, engine)
        print()
    for engine in engines():
        _print_related(engine)
        _print_tagging(engine)
    print(
        f"{'speed':<12}{'people':>8}{'queries':>9}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'changed p95':>13}{'topics alone':>14}"
        f"{'less p95':>10}{'RSS MB':>8}{'load':>8}"
    )
    for engine in engines():
        for size in SIZES:
            run = _run("tests.benchmarks.matching", "--speed", engine, str(size))
            row = json.loads(run.stdout.splitlines()[-1])
            figures = "".join(f"{row[key]:>8.1f}" for key in ("p50", "p95", "cpu"))
            print(
                f"{engine:<12}{size:>8}{row['queries']:>9}{figures}{row['changed']:>13.1f}{row['alone']:>14.1f}"
                f"{row['less']:>10.1f}{row['rss']:>8.0f}{row['load']:>8.1f}"
            )
    allocation.main()


def _print_quality(name: str, engine: str) -> None:
    folder, means = SHARED / "data" / name, []
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as scratch:
        for only in (["--only", "topics"], ["--only", "text"], []):
            run = Path(scratch) / "run.jsonl"
            files = ["--experts", str(folder / "experts.jsonl"), "--needs", str(folder / "needs.jsonl")]
            _run("tests.benchmarks.rank", "matching", *files, *only, "--engine", engine, "--out", str(run))
            scores = scores_of(folder / "needs.jsonl", run)
            means.append(statistics.mean(scores))
    low, high = interval(scores)
    baseline, goal = SETS[name]
    parts = "".join(f"{mean:>{width}.3f}" for mean, width in zip(means, (8, 7, 7), strict=True))
    print(
        f"{name:<24}{engine:>14}{len(scores):>7}{parts}{baseline:>10}{goal:>6}   95 %: {low:.3f} – {high:.3f}"
    )


#: what is best known for related items, and what we promise, nDCG@10
RELATED = (0.245, 0.27)


def _print_related(engine: str) -> None:
    """Items that belong together, as guides that are related to a guide."""
    folder = SHARED / "data" / "content_debian_de_cs"
    if not folder.exists():
        return
    baseline, goal = RELATED
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as scratch:
        for language in LANGUAGES:
            run = Path(scratch) / "run.jsonl"
            files = ["--items", str(folder / "items.jsonl"), "--of", str(folder / "related.jsonl")]
            options = ["--lang", language, "--engine", engine, "--out", str(run)]
            _run("tests.benchmarks.rank", "related", *files, *options)
            scores = scores_of(folder / "related.jsonl", run)
            low, high = interval(scores)
            mean = statistics.mean(scores)
            print(
                f"related items, {language}      {engine:>14}{len(scores):>7}{mean:>22.3f}{baseline:>10}{goal:>6}   95 %: {low:.3f} – {high:.3f}"
            )


def _print_tagging(engine: str) -> None:
    """Topics guessed for the articles of the demo, each as if it were new."""
    run = _run("tests.benchmarks.tagging", engine)
    for language, row in json.loads(run.stdout.splitlines()[-1]).items():
        for name in ("labels", "neighbours", "both"):
            means = "  ".join(
                f"{figure} {row[f'{name} {figure}']:.3f}" for figure in ("P@3", "P@5", "nDCG@5")
            )
            print(f"guessed topics, {language} {engine:>14}{row['articles']:>7}  {name:<11}{means}")


def _run(module: str, *arguments: str) -> Any:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)


def measure_speed(engine: str, size: int) -> dict[str, float]:
    """Figures of one engine among `size` generated people: the best LIMIT for a need by all criteria, with reasons and bars.

    `changed` is p95 where somebody writes before each need, so that nothing is kept; `alone` is p95 of adding up the rarities of
    topics in plain SQL, without any other criterion, profile or reason: what the machine can do at that time.
    """
    with scratch_portal(engine):
        settle(generated(size))
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        from django.utils import translation

        from matching.domain.people import Question

        translation.activate("de")
        for need in needs(seed=6):
            _answer(need)  # a warm process: others have asked it before
        wanted = list(needs(seed=5))
        cpu = time.process_time()
        times = [_milliseconds(_answer, need) for need in wanted]
        spent = (time.process_time() - cpu) * 1000 / len(wanted)
        changed = [_milliseconds(_answer, need) for need in wanted if not _write()]
        alone = [_milliseconds(_topics_alone, need.topics, size) for need in wanted]
        questions = [Question(need, need.language) for need in wanted]
        less = [_milliseconds(question.fitting) for question in questions]
        with CaptureQueriesContext(connection) as queries:
            _answer(wanted[0])
        return {
            "queries": len(queries),
            "p50": statistics.median(times),
            "p95": _p95(times),
            "cpu": spent,
            "changed": _p95(changed),
            "alone": _p95(alone),
            "less": _p95(less),
            "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "load": os.getloadavg()[0],
        }


def _milliseconds(act: Any, *arguments: Any) -> float:
    begun = time.perf_counter()
    act(*arguments)
    return (time.perf_counter() - begun) * 1000


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _answer(need: Any) -> None:
    from matching.domain.cards import bar, reasons
    from matching.domain.people import who_can_help_with

    helpers, _vocabulary = who_can_help_with(need, need.language, LIMIT)
    for helper in helpers:
        reasons(helper)
        bar(helper)


def _write() -> None:
    """Changes something that is nobody's topic."""
    from portal.topics.models import Place

    Place.objects.earliest("pk").save()


#: the 20 who cover most, by rarity
TOPICS_ALONE = """WITH rarity AS (
    SELECT tag_id, LN(1 + %s / (1.0 + COUNT(*))) AS worth FROM members_persontopic WHERE tag_id IN ({asked}) GROUP BY tag_id
)
SELECT carried.content_object_id, SUM(rarity.worth) AS total FROM members_persontopic AS carried
JOIN rarity ON rarity.tag_id = carried.tag_id JOIN members_person AS person ON person.id = carried.content_object_id
WHERE person.verified_on IS NOT NULL GROUP BY carried.content_object_id ORDER BY total DESC, carried.content_object_id LIMIT %s"""


def _topics_alone(topics: Collection[int], size: int) -> None:
    from django.db import connection

    asked = ", ".join(["%s"] * len(topics))
    with connection.cursor() as cursor:
        cursor.execute(TOPICS_ALONE.format(asked=asked), [size, *topics, LIMIT])
        cursor.fetchall()


def needs(seed: int = 5) -> Iterator[Any]:
    """What companies of the region may ask for: two to five topics, some sentences, and everything else by chance.

    One half asks in German, the other in Czech; every second need names a broad topic among others.
    """
    from matching.domain.needs import NeedFacts
    from portal.members.enums import Meeting, MentoringFormat
    from portal.topics.models import Place, Topic

    chance = random.Random(seed)
    topics = list(Topic.objects.order_by("slug").values_list("pk", flat=True))
    broad = list(Topic.objects.filter(broader=None).order_by("slug").values_list("pk", flat=True))
    places = list(Place.objects.order_by("pk"))
    sentences = {language: sentences_in(language) for language in LANGUAGES}
    for number in range(NEEDS):
        place, language = chance.choice(places), LANGUAGES[number // 2 % 2]
        asked = set(chance.sample(topics, chance.randint(2, 5)))
        yield NeedFacts(
            topics=sorted(asked | {chance.choice(broad)} if number % 2 else asked),
            text=" ".join(chance.choices(sentences[language], k=4)),
            language=language,
            spoken=[language, "en"],
            interpreting=chance.random() < 0.5,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            meeting=chance.choice(Meeting.values),
            format=chance.choice(MentoringFormat.values),
            company=1,
            seed=str(number),
        )


def generated(size: int) -> Iterator[Someone]:
    """`size` people of the region with 3 to 8 topics each, some of which are asked for far more often than others."""
    from portal.core.enums import SpokenLanguage
    from portal.members.enums import MentoringFormat
    from portal.topics.models import Place, Topic

    chance = random.Random(size)
    topics = list(Topic.objects.order_by("slug").values_list("pk", flat=True))
    popular = [1 / (1 + at / 20) for at in range(len(topics))]
    places = list(Place.objects.order_by("pk").values_list("pk", "country"))
    sentences = {language: sentences_in(language) for language in LANGUAGES}
    for number in range(size):
        place, country = chance.choice(places)
        own, other = ("de", "cs") if country == "DE" else ("cs", "de")
        known = {own: 2} | ({other: chance.randint(1, 2)} if chance.random() < 0.3 else {})
        known |= {SpokenLanguage.ENGLISH.value: chance.randint(1, 2)} if chance.random() < 0.6 else {}
        yield Someone(
            name=f"Person {number}",
            headline=chance.choice(sentences["de"])[:100],
            words={code: " ".join(chance.choices(sentences[code], k=5)) for code in LANGUAGES},
            topics=sorted(set(chance.choices(topics, popular, k=chance.randint(3, 8)))),
            languages=known,
            place=place,
            places=chance.randint(0, 4),
            answers_within=chance.choice([None, chance.randint(1, 7)]),
            facts={
                "online": chance.random() < 0.8,
                "on_site_radius": chance.choice([0, 0, 30, 60, 100]),
                "formats": chance.sample(MentoringFormat.values, 2),
            },
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--speed", nargs=2, metavar=("ENGINE", "PEOPLE"))
    options = parser.parse_args()
    if options.speed:
        print(json.dumps(measure_speed(options.speed[0], int(options.speed[1]))))
    else:
        main()
