"""What coordinators do with a request: for each step its words, its form, and what follows from it."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.domain.requests import approve, propose, reject, withdraw
from mentoring.domain.workflow import DEADLINES
from mentoring.enums import Event, RequestState
from mentoring.forms.desk import ConfirmForm, ProposeForm, RejectForm
from mentoring.models import MentoringRequest
from portal.core.templatetags.portal_dates import day


class Action:
    """What a coordinator does with a request: its words, its form and the step."""

    label: Any
    icon = "check"
    form: type[forms.Form] = ConfirmForm
    done: Any

    @staticmethod
    def consequences(need: MentoringRequest, form: forms.Form) -> list[str]:
        """What follows, in sentences."""
        raise NotImplementedError

    @staticmethod
    def act(need: MentoringRequest, by: Any, data: dict[str, Any]) -> MentoringRequest:
        """Makes the step."""
        raise NotImplementedError


class Approve(Action):
    label = gettext_lazy("Approve")
    done = gettext_lazy("The request has gone on.")

    @staticmethod
    def consequences(need: MentoringRequest, form: forms.Form) -> list[str]:
        named = [row.mentor.full_name for row in need.ranked.select_related("mentor")]
        if not named:
            return [_("The company names nobody: it is told that you are looking for a mentor.")]
        return [
            _("The first of these mentors who has a free place is asked: %(names)s")
            % {"names": ", ".join(named)},
            _("The company is told at once whom we have asked."),
        ]

    @staticmethod
    def act(need: MentoringRequest, by: Any, data: dict[str, Any]) -> MentoringRequest:
        return approve(need, by)


class Reject(Action):
    label = gettext_lazy("Reject")
    icon = "cross"
    form = RejectForm
    done = gettext_lazy("The request is not taken on; the company reads why.")

    @staticmethod
    def consequences(need: MentoringRequest, form: forms.Form) -> list[str]:
        return [
            _("The request ends here. The company is told at once, with the words that you write here."),
            _("It can copy the request as a new draft and change it."),
        ]

    @staticmethod
    def act(need: MentoringRequest, by: Any, data: dict[str, Any]) -> MentoringRequest:
        return reject(need, by, data["words"])


class Propose(Action):
    label = gettext_lazy("Propose a mentor")
    icon = "user"
    form = ProposeForm
    done = gettext_lazy("The mentor has been asked.")

    @staticmethod
    def consequences(need: MentoringRequest, form: forms.Form) -> list[str]:
        try:
            mentor = form.fields["mentor"].clean(form["mentor"].value())
        except forms.ValidationError:
            raise Http404 from None
        due = DEADLINES[RequestState.OFFERED].ends()
        return [
            _("Asked in the name of the company: %(name)s") % {"name": mentor.full_name},
            _("Time to answer: until %(date)s. A place is kept free for so long.") % {"date": day(due)},
            _("The company is told at once whom we have asked."),
        ]

    @staticmethod
    def act(need: MentoringRequest, by: Any, data: dict[str, Any]) -> MentoringRequest:
        return propose(need, by, data["mentor"])


class Withdraw(Action):
    label = gettext_lazy("Withdraw for the company")
    icon = "rotate"
    done = gettext_lazy("The request is withdrawn.")

    @staticmethod
    def consequences(need: MentoringRequest, form: forms.Form) -> list[str]:
        return [
            _("Please do this only if the company has asked you to."),
            _("The request ends here. A mentor who has been asked is told, and has the place free again."),
        ]

    @staticmethod
    def act(need: MentoringRequest, by: Any, data: dict[str, Any]) -> MentoringRequest:
        return withdraw(need, by)


ACTIONS: dict[Event, type[Action]] = {
    Event.APPROVE: Approve,
    Event.REJECT: Reject,
    Event.PROPOSE: Propose,
    Event.WITHDRAW: Withdraw,
}
