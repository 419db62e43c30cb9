"""The page of results, below each language, and what its box suggests."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from search import api, views

app_name = "search"
below = [path("", views.results, name="results"), path("suggestions", api.suggestions, name="suggestions")]
urlpatterns = [path(_("search/"), include(below))]
