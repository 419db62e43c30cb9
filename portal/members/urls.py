"""Addresses for members and their companies, below each language."""

app_name = "members"

urlpatterns: list = []
