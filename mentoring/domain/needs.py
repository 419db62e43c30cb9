"""A mentoring request as matching measures it, and as a mentor may read it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from matching.domain.needs import SIDES, NeedFacts
from matching.domain.relaxing import relaxed, way_of
from mentoring.models import MentoringRequest


def need_of(request: MentoringRequest, without: Collection[int] | None = None) -> NeedFacts:
    """What a request asks for.

    Left out are the people `without` (keys); if that is None, mentors who were asked before, or shall not be.
    """
    company = request.company
    place = company.place if company else None
    if without is None:
        asked = [invitation.mentor_id for invitation in request.invitations.all()]
        without = {*request.excluded.values_list("pk", flat=True), *asked}
    return NeedFacts(
        topics=[topic.pk for topic in request.topics.all()],
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
