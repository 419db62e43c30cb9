"""What the portal can ask of its search."""

from search.domain.finding import find

__all__ = ["find"]
