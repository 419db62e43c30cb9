"""Addresses of requests and invitations, below each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from mentoring.views import asking, invitations, profile, requests

app_name = "mentoring"

urlpatterns = [
    path(_("request-mentoring/"), asking.begin, name="begin"),
    path(_("request-mentoring/<uuid:key>/topic/"), asking.draft, {"step": "topic"}, name="draft"),
    path(_("request-mentoring/<uuid:key>/need/"), asking.draft, {"step": "need"}, name="draft"),
    path(_("request-mentoring/<uuid:key>/mentors/"), asking.draft, {"step": "mentors"}, name="draft"),
    path(_("request-mentoring/<uuid:key>/send/"), asking.draft, {"step": "send"}, name="draft"),
    path(_("requests/<uuid:key>/"), requests.request_page, name="request"),
    path(_("requests/<uuid:key>/withdraw/"), requests.withdraw, name="withdraw"),
    path(_("requests/<uuid:key>/name-another/"), requests.name_another, name="name_another"),
    path(_("requests/<uuid:key>/discard/"), requests.discard, name="discard"),
    path(_("requests/<uuid:key>/copy/"), requests.copy_request, name="copy"),
    path(_("invitations/<uuid:key>/"), invitations.invitation, name="invitation"),
    path(_("invitations/by-mail/<str:token>/"), invitations.invitation_by_mail, name="invitation_by_mail"),
    path(_("my-profile/"), profile.my_profile, name="my_profile"),
]
