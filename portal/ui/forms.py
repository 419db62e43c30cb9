"""How every form of the portal is drawn."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Fields with label, hint and error tied to them; an error summary with links at the top."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
