"""How soon mentors answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.members.models import Person


class AnsweringHabit(models.Model):
    """Within how many days a mentor usually answers; there is none before that can be said.

    Written by `mentoring.domain.habits` as answers come in: lists of thousands read it, and a median is dear to ask for.
    """

    mentor = models.OneToOneField(
        Person,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="answering_habit",
        verbose_name=_("mentor"),
    )
    days = models.PositiveSmallIntegerField(_("usually answers within (days)"))

    class Meta:
        verbose_name = _("answering habit")
        verbose_name_plural = _("answering habits")

    def __str__(self) -> str:
        return f"{self.mentor}: {self.days}"
