"""The components of the design system. `{% ui "name" ... %}` renders one; the style guide shows all."""

from portal.ui.components import cards, controls, marks, texts, wayfinding
from portal.ui.components.base import Component, registry

__all__ = ["Component", "cards", "controls", "marks", "registry", "texts", "wayfinding"]
