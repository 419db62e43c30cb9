"""Pages about a row of facts, written by the one whom they are about."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.models import BasePage


class ContributedPage(BasePage):
    """A page that exists in both languages from the day it is published.

    All or nothing: until its translation is complete, the page in the other language shows the author's whole text.
    `written_in` names the language of the words that the page holds.
    """

    written_in = models.CharField(
        _("written in"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE, editable=False
    )

    class Meta:
        abstract = True

    @property
    def words_language(self) -> str:
        return self.written_in
