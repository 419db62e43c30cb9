"""Columns that follow from others, whoever writes the row."""

from typing import Any

from django.db import models

from search.analysis import fold, words


class FoldedWordsField(models.CharField):
    """The words of another column, folded, each with a blank before it: " %" finds beginnings of words in every database."""

    def __init__(self, source: str, **options: Any) -> None:
        self.source = source
        super().__init__(**{"max_length": 512, "default": "", "editable": False, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, options = super().deconstruct()
        return name, path, [self.source], options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = folded_words(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


def folded_words(text: str) -> str:
    """ "Über Fräsen" -> " uber frasen"."""
    return "".join(f" {fold(word)}" for word in words(text))
