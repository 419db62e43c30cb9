"""Addresses of requests and invitations, below each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from mentoring.views import asking

app_name = "mentoring"

urlpatterns = [
    path(_("request-mentoring/"), asking.begin, name="begin"),
    path(_("request-mentoring/<uuid:key>/topic/"), asking.draft, {"step": "topic"}, name="draft"),
    path(_("request-mentoring/<uuid:key>/need/"), asking.draft, {"step": "need"}, name="draft"),
    path(_("request-mentoring/<uuid:key>/mentors/"), asking.draft, {"step": "mentors"}, name="draft"),
    path(_("request-mentoring/<uuid:key>/send/"), asking.draft, {"step": "send"}, name="draft"),
]
