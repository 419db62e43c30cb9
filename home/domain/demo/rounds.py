"""Rounds that the demo's coordinators have begun, and that the worker computes."""

from collections.abc import Iterator

from home.domain.demo.files import FILES, read_yaml
from mentoring.domain.rounds import compute, create, mentors_for
from mentoring.models import MentoringRequest, Round
from portal.accounts.models import User
from portal.core.domain.publishing import key_of


def load_rounds() -> Iterator[str]:
    """The rounds that are missing, with every mentor who can be asked."""
    for row in read_yaml(FILES / "rounds.yaml"):
        by = User.objects.filter(email=row["by"]).select_related("coordinator__organisation").first()
        if by is None or Round.objects.filter(name=row["name"]).exists():
            continue
        keys = [key_of("request", key) for key in row["requests"]]
        requests = MentoringRequest.objects.filter(key__in=keys).values_list("pk", flat=True)
        mentors = dict.fromkeys(mentors_for().values_list("pk", flat=True), 0)
        begun = create(row["name"], by.coordinator.organisation, by, list(requests), mentors)
        compute(begun, by, begun.version)
        yield f"rounds/{row['name']}"
