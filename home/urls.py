"""The member's own start page, below each language."""

urlpatterns: list = []
