"""Addresses inside the admin; included before Wagtail's own."""

from django.urls import path

from portal.topics.views import autocomplete

urlpatterns = [path("topic-autocomplete/", autocomplete, name="topic_autocomplete")]
