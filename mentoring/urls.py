"""Addresses of requests and invitations, below each language."""

app_name = "mentoring"

urlpatterns: list = []
