"""How well the topics of a text are guessed, on the articles of the demo with the topics that their authors gave them.

Each article is asked about as if it were new: its own page does not count as a neighbour (leave-one-out).
"""

import json
import math
import statistics
import sys
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.library import Article, shelve
from tests.benchmarks.scratch import scratch_portal
from tests.benchmarks.search import LANGUAGES, ROOT

FOLDERS = ("guides", "case_studies", "news", "events")


def measure(engine: str) -> dict[str, dict[str, list[float]]]:
    """{language: {"labels P@3": one figure per article, ...}}"""
    with scratch_portal(engine):
        from matching.domain.suggesting import neighbours_topics, suggested_topics
        from portal.topics.domain.suggest import suggest_topics
        from portal.topics.models import Topic

        topics = dict(Topic.objects.values_list("slug", "pk"))
        found: dict[str, dict[str, list[float]]] = {}
        for language in LANGUAGES:
            articles = list(_articles(language, topics))
            pages = shelve(articles, language)
            rows: dict[str, list[float]] = {}
            for page, article in zip(pages, articles, strict=True):
                text = f"{article.title}\n{article.text}"
                votes = neighbours_topics(text, language, [page])
                guesses = {
                    "labels": [topic.pk for topic in suggest_topics(text, language, 5)],
                    "neighbours": sorted(votes, key=lambda key: (-votes[key], key))[:5],
                    "both": [topic.pk for topic in suggested_topics(text, language, 5, [page])],
                }
                for name, guess in guesses.items():
                    for measure_name, figure in figures(guess, set(article.topics)).items():
                        rows.setdefault(f"{name} {measure_name}", []).append(figure)
            found[language] = rows
        return found


def figures(guess: list[int], given: set[int]) -> dict[str, float]:
    """Precision among the first three and five (of as many as there could be right), and nDCG@5."""
    gains = [1 / math.log2(place + 2) for place, topic in enumerate(guess) if topic in given]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(5, len(given))))
    return {
        "P@3": len(given & set(guess[:3])) / min(3, len(given)),
        "P@5": len(given & set(guess[:5])) / min(5, len(given)),
        "nDCG@5": sum(gains) / ideal,
    }


def _articles(language: str, topics: dict[str, int]) -> Iterator[Article]:
    for folder in FOLDERS:
        for path in sorted((ROOT / "home/demo" / folder).glob(f"*/{language}.md")):
            facts = _yaml((path.parent / "facts.yaml").read_text(encoding="utf-8"))
            _empty, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
            words = _yaml(front)
            given = [topics[slug] for slug in facts.get("topics", [])]
            if given:
                yield Article(words["title"], f"{words.get('summary', '')}\n{body}", given)


def _yaml(text: str) -> Any:
    import yaml

    return yaml.safe_load(text)


def main(engine: str) -> None:
    """One line of JSON: the means."""
    found = measure(engine)
    print(
        json.dumps(
            {
                language: {name: statistics.mean(row) for name, row in rows.items()}
                | {"articles": len(next(iter(rows.values())))}
                for language, rows in found.items()
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
