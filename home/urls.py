"""The member's own start page, below each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.views.my_area import my_area

urlpatterns = [
    path(_("my-area/"), my_area, name="my_area"),
]
