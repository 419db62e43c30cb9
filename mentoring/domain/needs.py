"""A mentoring request as matching measures it, and as a mentor may read it."""

from collections.abc import Collection

from django.db.models import Value
from django.utils.translation import gettext as _

from matching.domain.needs import SIDES, NeedFacts
from matching.domain.relaxing import relaxed, way_of
from mentoring.models import MentoringRequest
from mentoring.models.requests import RequestTopic


def need_of(
    request: MentoringRequest,
    without: Collection[int] | None = None,
    topics: Collection[int] | None = None,
) -> NeedFacts:
    """What a request asks for.

    Left out are the people `without` (keys); if that is None, mentors who were asked before, or shall not be. Whoever has
    read the `topics` (keys) already spares a query.
    """
    company = request.company
    place = company.place if company else None
    if without is None:
        topics, excluded = _topics_and_excluded(request)
        without = {*excluded, *(invitation.mentor_id for invitation in request.invitations.all())}
    elif topics is None:
        topics = [topic.pk for topic in request.topics.all()]
    return NeedFacts(
        topics=topics or (),
        text="\n".join(filter(None, [request.problem, request.goal, request.tried])),
        language=request.language,
        spoken=list(request.languages) or [request.language],
        interpreting=request.interpreting,
        country=place.country if place else SIDES.get(request.language, ""),
        across_the_border=request.across_the_border,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        meeting=request.meeting,
        format=request.format,
        excluded=without,
        company=request.company_id,
        seed=f"request:{request.key}",
    )


def _topics_and_excluded(request: MentoringRequest) -> tuple[list[int], list[int]]:
    """The keys of the topics that are asked for, and of the people who shall not be; one query for both."""
    topics = RequestTopic.objects.filter(content_object=request).values_list(Value("topic"), "tag")
    people = MentoringRequest.excluded.through.objects.filter(mentoringrequest=request)
    rows = sorted(topics.union(people.values_list(Value("person"), "person"), all=True))
    return [key for of, key in rows if of == "topic"], [key for of, key in rows if of == "person"]


def asking_less(need: NeedFacts, code: str) -> tuple[NeedFacts, bool]:
    """`need` as if it asked for less in the way that `code` names, and whether `code` names one.

    For whoever only looks what there would be: the request stays as it is.
    """
    way = way_of(code, need)
    return (relaxed(need, way), True) if way else (need, False)


def company_line(request: MentoringRequest) -> str:
    """The company as a mentor may know it before accepting: its name if the company allows it, else size and region."""
    company = request.company
    if company is None:
        return ""
    about = _("%(size)s, %(region)s") % {
        "size": company.get_size_display(),
        "region": company.place.region.label,
    }
    return f"{company.name} ({about})" if request.shows_company else about
