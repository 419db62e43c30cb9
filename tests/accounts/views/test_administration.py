"""Users in Wagtail's administration: by address and name, for administrators alone."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from tests.accounts.people import RESET, link_in_mail, set_up_telephone, sign_in, signed_in_user
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

USERS, ADD = "/admin/users/", "/admin/users/new/"


@pytest.fixture
def administrator(client: Client, root: User) -> Client:
    set_up_telephone(root)
    client.force_login(root)
    return client


def test_an_administrator_adds_an_editor_who_chooses_a_password_by_mail(
    administrator: Client, stranger: Client
):
    editors = Group.objects.create(name="Somebody's editors")

    administrator.post(
        ADD,
        {"email": "Eva@Partner.example", "name": "Eva Horáková", "language": "cs", "groups": [editors.pk]},
    )

    eva = User.objects.get(email="eva@partner.example")
    assert (eva.name, eva.language, list(eva.groups.all())) == ("Eva Horáková", "cs", [editors])
    assert not eva.has_usable_password() or not eva.check_password("")
    stranger.post(RESET["cs"], {"email": eva.email})
    form = stranger.get(link_in_mail(), follow=True)
    stranger.post(form.redirect_chain[-1][0], {"password1": "modrá loď na Labi"})
    sign_in(stranger, eva.email, "modrá loď na Labi")
    assert signed_in_user(stranger) == str(eva.pk)
    assert [message.to for message in mail.outbox] == [[eva.email]] * len(mail.outbox)


def test_the_pages_ask_for_no_password_and_no_first_name(administrator: Client, jens: User):
    for page in (administrator.get(ADD), administrator.get(f"/admin/users/edit/{jens.pk}/")):
        assert page.status_code == 200
        assert {"password1", "first_name", "last_name"} & set(page.context["form"].fields) == set()
        assert 'name="name"' in page.content.decode()


def test_a_corrected_address_is_the_one_that_signs_in(administrator: Client, stranger: Client, jens: User):
    form = {"email": "jens.weber@werkzeug.example", "name": jens.name, "language": "de", "is_active": "on"}

    administrator.post(f"/admin/users/edit/{jens.pk}/", form)

    assert list(EmailAddress.objects.filter(user=jens).values_list("email", "verified", "primary")) == [
        ("jens.weber@werkzeug.example", True, True)
    ]
    sign_in(stranger, "jens.weber@werkzeug.example")
    assert signed_in_user(stranger) == str(jens.pk)


def test_an_address_serves_one_account_whatever_its_case(administrator: Client, jens: User):
    page = administrator.post(ADD, {"email": jens.email.upper(), "name": "Somebody Else", "language": "de"})

    assert page.context["form"].errors.keys() == {"email"}
    assert User.objects.filter(email__iexact=jens.email).count() == 1


def test_people_are_found_by_name(administrator: Client, anna: User, jens: User):
    page = administrator.get(USERS, {"q": "Nováková"})

    assert [user.email for user in page.context["users"]] == [anna.email]


@pytest.mark.parametrize("path", [USERS, ADD, "/admin/groups/", "/admin/groups/new/"])
def test_editors_never_reach_users_or_groups_even_if_somebody_granted_it_to_their_group(
    client: Client, petra: User, path: str
):
    petra.groups.get().permissions.add(
        *Permission.objects.filter(
            content_type__model__in=["user", "group"], content_type__app_label__in=["accounts", "auth"]
        )
    )
    set_up_telephone(petra)
    client.force_login(petra)

    assert client.get(path).status_code == 302
    assert User.objects.get(pk=petra.pk).has_perm("accounts.change_user") is False


def test_editors_cannot_change_users_in_bulk(client: Client, petra: User, jens: User):
    group = petra.groups.get()
    group.permissions.add(
        *Permission.objects.filter(content_type__model="user", content_type__app_label="accounts")
    )
    set_up_telephone(petra)
    client.force_login(petra)

    client.post(f"/admin/bulk/accounts/user/assign_role/?id={jens.pk}", {"role": group.pk})

    assert list(jens.groups.all()) == []


def test_administrators_reach_all_of_it(administrator: Client):
    for path in (USERS, ADD, "/admin/groups/", "/admin/groups/new/"):
        assert administrator.get(path).status_code == 200


def test_other_permissions_of_groups_hold_as_before(petra: User):
    assert petra.has_perm("wagtailadmin.access_admin")
    assert not petra.has_perm("wagtailimages.add_image")


def test_an_editor_who_reads_czech_meets_the_administration_in_czech_whatever_the_browser_says(
    client: Client, settings
):
    settings.PORTAL_DEMO = True
    editor = UserFactory(language="cs")
    editor.groups.add(Group.objects.get(name="Editors"))

    sign_in(client, editor.email, language="cs")

    page = client.get("/admin/", headers={"accept-language": "de"}).content.decode()
    assert '<html lang="cs"' in page


def test_the_language_that_an_editor_chose_in_the_administration_stays(client: Client, settings):
    settings.PORTAL_DEMO = True
    editor = UserFactory(language="cs")
    editor.groups.add(Group.objects.get(name="Editors"))
    UserProfile.objects.create(user=editor, preferred_language="en")

    sign_in(client, editor.email)

    assert UserProfile.objects.get(user=editor).preferred_language == "en"


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("de", "Die Verwaltung ist für alle da, die das Portal betreuen."),
        ("cs", "Správa je určena těm, kdo se o portál starají."),
    ],
)
def test_a_member_is_told_that_the_administration_is_not_for_members(
    client: Client, jens: User, language: str, reason: str
):
    sign_in(client, jens.email)

    answer = client.get("/admin/", headers={"accept-language": language})

    assert answer.status_code == 403
    assert reason in answer.content.decode()
