"""Places to choose from in the admin: a list in a dialog, with a search above it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from portal.core.views.lists import Counted
from portal.members.forms import PlaceSearchForm
from portal.topics.models import Place


def other_names(place: Place) -> str:
    """What people call the place too, so that they see why it was found."""
    names = dict.fromkeys([place.name, *place.names.values(), *place.other_names])
    return ", ".join(name for name in names if name != place.label)


class ChoosesPlace(PermissionCheckedMixin):
    """A part of choosing a place, for those who may write one down."""

    permission_required = "choose"


class PlaceList(ChoosesPlace):
    """The places, the largest first."""

    filter_form_class = PlaceSearchForm
    paginator_class = Counted
    ordering = ("-population", "pk")
    #: a field holds one place, whatever the address says
    is_multiple_choice = False

    def get_object_list(self) -> QuerySet[Place]:
        return Place.objects.select_related("region")

    @property
    def columns(self) -> list[Column]:
        name = self.title_column
        name.label = _("Place")
        return [
            name,
            Column("other_names", label=_("Other names"), accessor=other_names),
            Column("region", label=_("Region")),
        ]


class ChoosePlaceView(PlaceList, chooser.ChooseView):
    """The dialog."""


class PlaceResultsView(PlaceList, chooser.ChooseResultsView):
    """The list in the dialog, as it changes while one types or turns a page."""


class PlaceChosenView(ChoosesPlace, chooser.ChosenView):
    """What the form is told of the place that was chosen."""

    def get_display_title(self, instance: Place) -> str:
        return instance.label_with_region
