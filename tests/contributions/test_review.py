"""Who reviews what members write: a coordinator of the partner that looks after them."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from mentoring.models import MentorPage
from portal.accounts.models import User
from portal.members.models import Coordinator
from tests.editorial import begin_translation, member_of, publish, reread, write
from tests.factories.pages import GuidePageFactory, MentorPageFactory
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> MentorPage:
    """A draft whose person BIC Zwickau looks after."""
    return MentorPageFactory(
        person=PersonFactory(home_partner=OrganisationFactory(slug="bic-zwickau")), live=False
    )


def coordinator_of(partner: str) -> User:
    user = member_of("Coordinators")
    Coordinator.objects.create(user=user, organisation=OrganisationFactory(slug=partner))
    return user


def actions(page: MentorPage, user: User) -> set[str]:
    """What `user` may do with `page`, once it is under review."""
    page.save_revision()
    state = page.get_workflow().start(page, user=None)
    return {name for name, _label, _asks in state.current_task_state.task.specific.get_actions(page, user)}


@pytest.mark.parametrize(("partner", "may"), [("bic-zwickau", True), ("icuk", False)])
def test_a_coordinator_publishes_what_the_own_partner_looks_after(
    page: MentorPage, partner: str, may: bool
) -> None:
    permissions = page.permissions_for_user(coordinator_of(partner))

    assert (permissions.can_edit(), permissions.can_publish()) == (True, may)


def test_an_editor_publishes_every_profile(page: MentorPage) -> None:
    assert page.permissions_for_user(member_of("Editors")).can_publish()


@pytest.mark.parametrize(
    ("partner", "expected"), [("bic-zwickau", {"approve", "reject"}), ("icuk", {"reject"})]
)
def test_a_coordinator_approves_what_the_own_partner_looks_after(
    page: MentorPage, partner: str, expected: set[str]
) -> None:
    assert actions(page, coordinator_of(partner)) == expected


def test_approval_puts_the_profile_on_line_in_both_languages(page: MentorPage) -> None:
    page.save_revision()
    state = page.get_workflow().start(page, user=None)

    state.current_task_state.specific.approve(user=coordinator_of("bic-zwickau"))

    assert [other.live for other in [reread(page), *page.get_translations()]] == [True, True]


def test_a_translation_under_review_can_only_be_approved_whole() -> None:
    guide = begin_translation(GuidePageFactory())
    editor = member_of("Editors")
    write(guide, leave_out=["summary"])
    assert actions(guide, editor) == {"reject"}

    guide.current_workflow_state.cancel()
    write(guide)
    assert actions(guide, editor) == {"approve", "reject"}


@pytest.mark.parametrize(("name", "reads"), [("preview", True), ("page", False)])
def test_a_draft_is_read_in_the_preview_only(
    page: MentorPage, rf: RequestFactory, name: str, reads: bool
) -> None:
    request = rf.get("/")
    if name == "preview":
        assert page.make_preview_request(request).status_code == 200
    else:
        with pytest.raises(Http404):
            page.serve(request)


def test_before_a_profile_goes_off_line_the_question_says_that_it_does_in_every_language(settings) -> None:
    settings.PORTAL_DEMO = True
    profile = publish(MentorPageFactory(live=False))
    other = reread(profile.get_translations().get())
    client = Client()
    client.force_login(member_of("Editors"))

    question = client.get(reverse("wagtailadmin_pages:unpublish", args=[other.pk]))
    assert question.context["translation_count"] == 1

    client.post(reverse("wagtailadmin_pages:unpublish", args=[other.pk]))
    assert [reread(page).live for page in (profile, other)] == [False, False]
