"""The page of results, below each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from search.views.results import results

app_name = "search"
urlpatterns = [path(_("search/"), results, name="results")]
