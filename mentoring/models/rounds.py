"""A programme's round: many requests and many mentors, brought together at once (mentoring/domain/rounds.py)."""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.enums import Alone, Outcome, RoundState
from mentoring.models.requests import Invitation, MentoringRequest
from portal.members.models import Organisation, Person
from portal.members.rules import partner_of


class RoundQuerySet(models.QuerySet):
    """The words for rounds."""

    def visible_to(self, user: Any) -> Self:
        """Those of the user's partner; an administrator sees all."""
        if not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(partner=partner_of(user) or 0)

    def unfinished(self) -> Self:
        """Those whose invitations have not all gone out."""
        return self.exclude(state=RoundState.CONFIRMED)


class Round(models.Model):
    """Who takes part, and how far it has got."""

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    partner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("partner")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=RoundState.choices, default=RoundState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    #: counts the changes, so that nobody changes what has changed since it was shown
    version = models.PositiveIntegerField(default=1, editable=False)
    #: the sum of what would be each request's best pair if places were endless, as last computed
    first_choices = models.FloatField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun on"), default=timezone.now, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("matching round")
        verbose_name_plural = _("matching rounds")

    def __str__(self) -> str:
        return self.name


class RoundRequest(models.Model):
    """A request that takes part."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked")
    request = models.ForeignKey(MentoringRequest, on_delete=models.CASCADE, related_name="+")
    #: why it has no mentor, "" as long as it has one or nothing has been computed
    alone = models.CharField(max_length=10, blank=True, choices=Alone.choices)

    class Meta:
        ordering = ["request__sent_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "request"], name="request_once_in_round")]

    def __str__(self) -> str:
        return str(self.request)


class RoundMentor(models.Model):
    """A mentor who takes part, with the free places that the coordinator keeps back."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="helping")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reserved = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["mentor__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "mentor"], name="mentor_once_in_round")]

    def __str__(self) -> str:
        return str(self.mentor)


#: what stands for the name of the mentor in the words of a refusal
NAME = "{mentor}"


class RoundPairQuerySet(models.QuerySet):
    """The words for pairs."""

    def proposed(self) -> Self:
        """Those that are to be invited, or were."""
        return self.filter(is_excluded=False)


class RoundPair(models.Model):
    """A request and a mentor: proposed, kept whatever is computed (locked), or never to be proposed again (excluded)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pairs")
    request = models.ForeignKey(MentoringRequest, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(default=0)
    #: what the proposal rested on, as it stood then: {language: [the lines of matching.domain.cards.reasons]}, and the bar
    #: without a language. Kept, so that a page of two hundred pairs need not measure them all once more.
    reasons = models.JSONField(default=dict, blank=True)
    bar = models.JSONField(default=list, blank=True)
    is_locked = models.BooleanField(default=False)
    is_excluded = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, blank=True, default="", choices=Outcome.choices)
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: why the gate let nobody be asked, in the language of whoever confirmed the round; NAME stands in it for the mentor,
    #: so that it names nobody whom the portal has forgotten
    refusal = models.TextField(blank=True)

    objects = RoundPairQuerySet.as_manager()

    class Meta:
        ordering = ["request__sent_at", "request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "request", "mentor"], name="pair_once_in_round"),
            models.UniqueConstraint(
                fields=["round", "request"], condition=Q(is_excluded=False), name="one_mentor_in_round"
            ),
            models.CheckConstraint(condition=~Q(is_locked=True, is_excluded=True), name="locked_or_excluded"),
        ]

    def __str__(self) -> str:
        return f"{self.request} – {self.mentor}"

    def refuse(self, why: str) -> None:
        """Notes what the gate said; nothing is saved."""
        self.outcome, self.refusal = Outcome.REFUSED, why.replace(self.mentor.full_name, NAME)

    @property
    def refusal_sentence(self) -> str:
        """What the gate said, about the mentor as they are called now."""
        return self.refusal.replace(NAME, self.mentor.full_name)
