"""What the topic picker asks while a person types."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from portal.topics.domain.picker import choices_for


@require_safe
@require_admin_access
def autocomplete(request: HttpRequest) -> JsonResponse:
    """The choices for `?term=`, in the form that Wagtail's tag field reads."""
    choices = choices_for(request.GET.get("term", ""), get_language() or "")
    return JsonResponse([{"value": choice.value, "label": choice.label} for choice in choices], safe=False)
