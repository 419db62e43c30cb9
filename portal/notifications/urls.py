"""The inbox, below each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.notifications import views

app_name = "notifications"

urlpatterns = [
    path(_("messages/"), views.inbox, name="inbox"),
    path(_("messages/read/"), views.read_all, name="read_all"),
    path(_("messages/<uuid:key>/"), views.open_notification, name="open"),
]
