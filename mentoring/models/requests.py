"""What a company asks for, whom it was offered to, and what came of it.

Nothing but the gate (mentoring/domain/gate.py) writes a state or a place. What must never be is a constraint here,
because shells and imports pass the gate by.
"""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from mentoring.enums import (
    OPEN_INVITATIONS,
    OPEN_REQUESTS,
    DeclineReason,
    InvitationState,
    MentoringState,
    RequestState,
)
from portal.core.enums import SpokenLanguage
from portal.core.fields import ChoiceListField
from portal.members.enums import Meeting, MentoringFormat
from portal.members.models import Company, Person
from portal.topics.models import Topic

#: how many mentors a company may name
RANKS = 3


class RequestTopic(ItemBase):
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="request_items")
    content_object = models.ForeignKey(
        "MentoringRequest", on_delete=models.CASCADE, related_name="topic_items"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="request_topic_once")]


class MentoringRequestQuerySet(models.QuerySet):
    """The words for requests."""

    def open(self) -> Self:
        """Sent, and neither agreed nor over."""
        return self.filter(state__in=OPEN_REQUESTS)

    def sent(self) -> Self:
        """All but drafts."""
        return self.exclude(state=RequestState.DRAFT)

    def visible_to(self, user: Any) -> Self:
        """Those of the user's companies and their own drafts; for a coordinator, all that companies of the partner sent.

        A mentor reads an invitation, not the request.
        """
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self.filter(Q(asker=user) | ~Q(state=RequestState.DRAFT))
        theirs = Q(company__memberships__user=user, company__memberships__confirmed_on__isnull=False)
        looked_after = Q(company__home_partner__coordinators__user=user)
        sent = ~Q(state=RequestState.DRAFT)
        return self.filter(Q(asker=user) | (sent & (theirs | looked_after))).distinct()


class MentoringRequest(models.Model):
    """A need in the words of a company, from the first draft to what became of it."""

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    #: None while somebody writes who has not signed in
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mentoring_requests",
        verbose_name=_("asked by"),
    )
    company = models.ForeignKey(
        Company,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentoring_requests",
        verbose_name=_("company"),
    )
    #: the language of the words
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    topics = TaggableManager(through=RequestTopic, blank=True, verbose_name=_("topics"))
    problem = models.TextField(_("What would you like to solve?"), blank=True)
    tried = models.TextField(_("What have you tried so far?"), blank=True)
    goal = models.TextField(_("How will you know in three months that it has worked?"), blank=True)
    format = models.CharField(
        _("format"), max_length=20, blank=True, choices=MentoringFormat.choices, default=""
    )
    meeting = models.CharField(
        _("where to meet"), max_length=10, choices=Meeting.choices, default=Meeting.EITHER
    )
    languages = ChoiceListField(_("languages"), of=SpokenLanguage)
    interpreting = models.BooleanField(_("interpreting is fine"), default=False)
    across_the_border = models.BooleanField(_("prefers the other side of the border"), default=True)
    shows_company = models.BooleanField(_("the mentor may see the company's name"), default=False)
    excluded = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("not to be asked"))
    contact_name = models.CharField(_("contact person"), max_length=150, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)

    state = models.CharField(
        _("state"), max_length=12, choices=RequestState.choices, default=RequestState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    deadline = models.DateTimeField(_("due"), null=True, blank=True, editable=False)
    #: why a coordinator did not take it on, in words for the company
    refusal = models.TextField(_("why not"), blank=True)
    created_at = models.DateTimeField(_("begun on"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True, editable=False)

    objects = MentoringRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-state_since", "-pk"]
        verbose_name = _("mentoring request")
        verbose_name_plural = _("mentoring requests")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.DRAFT) | Q(company__isnull=False, sent_at__isnull=False),
                name="sent_request_has_company",
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline"], name="request_due")]

    def __str__(self) -> str:
        return str(_("Mentoring request %(number)s") % {"number": self.pk})

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUESTS

    @property
    def is_draft(self) -> bool:
        return self.state == RequestState.DRAFT


class RankedMentor(models.Model):
    """A mentor whom the company would like to have, by rank."""

    request = models.ForeignKey(MentoringRequest, on_delete=models.CASCADE, related_name="ranked")
    mentor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        ordering = ["rank"]
        verbose_name = _("named mentor")
        verbose_name_plural = _("named mentors")
        constraints = [
            models.UniqueConstraint(fields=["request", "mentor"], name="mentor_named_once"),
            models.UniqueConstraint(fields=["request", "rank"], name="rank_given_once"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=RANKS), name="rank_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.mentor}"


class InvitationQuerySet(models.QuerySet):
    """The words for invitations."""

    def open(self) -> Self:
        """The mentor has yet to answer."""
        return self.filter(state__in=OPEN_INVITATIONS)

    def holding_a_place(self) -> Self:
        """Those that keep one of the mentor's places: open ones, and accepted ones until the mentoring ends."""
        return self.filter(place__isnull=False)

    def held_by(self, mentor: OuterRef) -> Coalesce:
        """How many places of `mentor` are held, as an expression inside a query about people."""
        held = self.order_by().holding_a_place().filter(mentor=mentor)
        return Coalesce(Subquery(held.values("mentor").annotate(n=Count("pk")).values("n")), 0)

    def visible_to(self, user: Any) -> Self:
        """Those to the user's own profile."""
        return self.filter(mentor__user=user) if user.is_active and user.pk else self.none()


class Invitation(models.Model):
    """One mentor is asked about one request; it holds a place of the mentor until the mentoring it leads to has ended."""

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        MentoringRequest, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("request")
    )
    mentor = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("mentor")
    )
    #: the request's, so that a constraint can speak of it
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="+", verbose_name=_("company")
    )
    #: the coordinator who chose the mentor; None: the company did
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=InvitationState.choices,
        default=InvitationState.PENDING,
        editable=False,
    )
    place = models.PositiveSmallIntegerField(_("place number"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)
    deadline = models.DateTimeField(_("due"), editable=False)
    seen_at = models.DateTimeField(_("seen on"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("answered on"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=20, blank=True, choices=DeclineReason.choices)
    words = models.TextField(_("words to the company"), blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "place"], condition=Q(place__isnull=False), name="place_given_once"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=OPEN_INVITATIONS), name="one_open_per_request"
            ),
            models.UniqueConstraint(
                fields=["company", "mentor"],
                condition=Q(state__in=OPEN_INVITATIONS),
                name="one_open_per_company_and_mentor",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state=InvitationState.ACCEPTED),
                name="one_accepted_per_request",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_INVITATIONS, place__gte=1)
                | Q(state=InvitationState.ACCEPTED)
                | (~Q(state__in=[*OPEN_INVITATIONS, InvitationState.ACCEPTED]) & Q(place__isnull=True)),
                name="open_invitation_holds_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} – {self.request}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_INVITATIONS


class Mentoring(models.Model):
    """A company and a mentor work together."""

    request = models.OneToOneField(
        MentoringRequest, on_delete=models.PROTECT, related_name="mentoring", verbose_name=_("request")
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, related_name="mentoring", verbose_name=_("invitation")
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=MentoringState.choices,
        default=MentoringState.ACTIVE,
        editable=False,
    )
    began_at = models.DateTimeField(_("began on"), default=timezone.now, editable=False)
    #: until when the two should have had their first meeting
    first_meeting_due = models.DateTimeField(_("first meeting by"), editable=False)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-began_at"]
        verbose_name = _("mentoring")
        verbose_name_plural = _("mentorings")

    def __str__(self) -> str:
        return str(self.invitation)
