"""The inbox, below each language."""

app_name = "notifications"

urlpatterns: list = []
