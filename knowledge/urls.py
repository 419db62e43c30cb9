"""Feeds and calendars, which stand beside the pages of each language."""

from django.urls import path

from knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("feeds/<slug:section>/", views.section_feed, name="feed"),
    path("feeds/topics/<slug:slug>/", views.topic_feed, name="topic_feed"),
    path("calendar/events.ics", views.all_events, name="calendar"),
    path("calendar/<uuid:key>.ics", views.one_event, name="event_calendar"),
]
#: what search engines look for at the root of a site
at_root = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
