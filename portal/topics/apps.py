from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "portal.topics"
    label = "topics"
    verbose_name = _("Vocabulary")

    def ready(self) -> None:
        """Every form of the admin that edits topics does so with the picker."""
        from taggit.managers import TaggableManager
        from wagtail.admin.forms.models import register_form_field_override

        from portal.topics.forms import topic_field_options

        register_form_field_override(TaggableManager, override=topic_field_options)
