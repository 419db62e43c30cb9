"""The page of results, below each language, and what its box suggests."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from search.api import suggestions
from search.views.results import results

app_name = "search"
below = [path("", results, name="results"), path("suggestions", suggestions, name="suggestions")]
urlpatterns = [path(_("search/"), include(below))]
