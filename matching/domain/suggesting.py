"""Which topics a text is about: those that it names, and those that people gave to pages and profiles which say something similar."""

from collections import Counter
from collections.abc import Collection

from knowledge.models import CaseStudyPage, EventPage, GuidePage, NewsPage
from portal.topics.domain.suggest import LEAST_SHARE, topic_scores
from portal.topics.models import PageTopic, Topic
from search.domain.similarity import most_similar

#: whose topics count as given by people who wrote about similar things
NEIGHBOURS = 10
#: a page speaks for its topics if it has this share of what one would have that says just the same
LEAST_LIKENESS = 0.02
PAGES = (GuidePage, CaseStudyPage, NewsPage, EventPage)


def suggested_topics(text: str, language: str, limit: int = 5, without: Collection[int] = ()) -> list[Topic]:
    """The topics that `text` is about, the surest first. The pages `without` (keys) are not asked.

    Two witnesses are added up, each on a scale up to 1 (CombSUM, as in `matching.domain.scoring`): the labels in the text, and
    the votes of the NEIGHBOURS most similar pages, each as strong as it is similar (k nearest neighbours, as Yang, Expert
    network: effective and efficient learning from human decisions in text categorization and retrieval, SIGIR 1994).
    """
    scores = Counter(_shares(topic_scores(text, language)))
    scores.update(_shares(neighbours_topics(text, language, without)))
    best = max(scores.values(), default=0.0)
    wanted = [key for key, score in scores.items() if score >= best * LEAST_SHARE]
    ranked = sorted(wanted, key=lambda key: (-scores[key], key))[:limit]
    topics = Topic.objects.prefetch_related("labels").in_bulk(ranked)
    return [topics[key] for key in ranked]


def neighbours_topics(text: str, language: str, without: Collection[int] = ()) -> dict[int, float]:
    """How much the most similar pages speak for each topic (key): the sum of how alike those are that carry it; five queries."""
    themselves = [f"{page._meta.label_lower}:{key}" for page in PAGES for key in without]
    kinds = [page.kind for page in PAGES]
    found = (
        most_similar(text, language, kinds, NEIGHBOURS, themselves, least=LEAST_LIKENESS)
        if text.strip()
        else []
    )
    alike = {int(match.source.rpartition(":")[2]): match.score for match in found}
    votes: Counter[int] = Counter()
    for page, topic in PageTopic.objects.filter(content_object__in=alike).values_list(
        "content_object", "tag"
    ):
        votes[topic] += alike[page]  # type: ignore[assignment] # a counter of fractions
    return dict(votes)


def _shares(scores: dict[int, float]) -> dict[int, float]:
    """Scores as shares of the best one."""
    best = max(scores.values(), default=0.0)
    return {key: score / best for key, score in scores.items()} if best else {}
