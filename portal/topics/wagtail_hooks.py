"""The vocabulary in the admin: topics with their labels; sectors and regions, of which only the names are edited."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from portal.topics.domain.carriers import carriers
from portal.topics.forms import LabelsPanel, TopicForm, names_form
from portal.topics.models import Region, Sector, Topic


class TopicIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Topic]:
        return Topic.objects.select_related("broader").prefetch_related("labels", "broader__labels")


class TopicDeleteView(DeleteView):
    """A topic that something carries stays: its pages would lose it without a trace."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        uses = carriers(Topic, [self.object.pk]).get(self.object.pk)
        if not uses:
            return super().dispatch(request, *args, **kwargs)
        counts = ", ".join(f"{name}: {count}" for name, count in sorted(uses.items()))
        text = _("This topic is in use and cannot be deleted. %(counts)s")
        messages.error(request, text % {"counts": counts})
        return redirect(self.edit_url_name, self.object.pk)


def other_labels(topic: Topic) -> str:
    """All labels but the one that the list shows already."""
    labels = dict.fromkeys(row.label for row in topic.labels.all())
    return ", ".join(label for label in labels if label != topic.label)


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    menu_order = 100
    list_per_page = 200
    copy_view_enabled = False
    index_view_class = TopicIndexView
    delete_view_class = TopicDeleteView
    list_display = [
        "__str__",
        Column("other_labels", label=gettext_lazy("Other labels"), accessor=other_labels),
        Column("broader", label=gettext_lazy("Broader topic")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                heading=gettext_lazy("English name"),
                help_text=gettext_lazy("Readers never see it; the admin in English does."),
            ),
            FieldPanel("broader"),
            LabelsPanel(
                "labels",
                heading=gettext_lazy("Labels"),
                label=gettext_lazy("Label"),
                panels=[FieldRowPanel([FieldPanel("language"), FieldPanel("kind"), FieldPanel("label")])],
                min_num=len(settings.LANGUAGES),
            ),
        ],
        base_form_class=TopicForm,
    )


class FixedRows(ModelPermissionPolicy):
    """Rows come from an official classification: they are corrected here, neither added nor removed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class NamesViewSet(ModelViewSet):
    copy_view_enabled = False
    list_per_page = 50
    list_display = ["__str__", "code"]
    edit_handler = ObjectList(
        [FieldPanel(f"name_{code}", heading=name) for code, name in settings.LANGUAGES],
        base_form_class=names_form(),
    )

    @property
    def permission_policy(self) -> FixedRows:
        return FixedRows(self.model)


class SectorViewSet(NamesViewSet):
    model = Sector
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Sectors")
    menu_order = 200


class RegionViewSet(NamesViewSet):
    model = Region
    icon = "globe"
    menu_label = gettext_lazy("Regions")
    menu_order = 300
    list_display = ["__str__", "code", "country", "is_core"]


class VocabularyGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Vocabulary")
    menu_icon = "tag"
    menu_order = 600
    items = (TopicViewSet, SectorViewSet, RegionViewSet)


@hooks.register("register_admin_viewset")
def vocabulary() -> VocabularyGroup:
    return VocabularyGroup()
