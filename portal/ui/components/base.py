"""What a component is: a dataclass of declared attributes, a template and samples."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

import yaml
from laces.components import Component as LacesComponent

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

#: Every component by the name that templates call it by.
registry: dict[str, type["Component"]] = {}


class Component(LacesComponent):
    """A piece of interface that many pages use."""

    #: what templates call it by
    key: ClassVar[str]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The declared attributes; the template sees these and nothing of the page around it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def declared(cls) -> list[str]:
        """The names of the attributes, in the order of their declaration."""
        return [field.name for field in fields(cls)]

    @classmethod
    def samples(cls, language: str) -> list[Self]:
        """Instances to show and to test, with words of `language`; from samples/<key>.yaml."""
        path = SAMPLES / f"{cls.key}.yaml"
        return [
            cls(**attributes) for attributes in yaml.safe_load(path.read_text(encoding="utf-8"))[language]
        ]


Declared = TypeVar("Declared", bound=type[Component])


def component(key: str) -> Callable[[Declared], Declared]:
    """Makes a dataclass known to `{% ui "key" %}`, with ui/components/<key>.html as its template."""

    def register(cls: Declared) -> Declared:
        cls.key = key
        cls.template_name = f"ui/components/{key}.html"
        registry[key] = cls
        return cls

    return register
