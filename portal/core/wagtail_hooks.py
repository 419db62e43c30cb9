"""Where the rules for translations meet Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Page

from portal.core.domain.translations import target_of, translations_of
from portal.core.models import BasePage
from portal.core.rules import missing_passages, translation_into
from portal.core.views import translations as views


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLPattern]:
    """Addresses of wagtail-localize, answered before its own views, which ask for less."""
    return [
        path("localize/submit/page/<int:page_id>/", views.SubmitTranslation.as_view()),
        path("localize/update/<int:translation_source_id>/", views.UpdateTranslations.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_mirror),
        path("localize/translate/<int:translation_id>/pofile/upload/", views.upload_passages),
        path(
            "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
            views.edit_passage,
        ),
        path("localize/page/<int:page_id>/review/", views.review, name="portal_review"),
    ]


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    """What the admin shows otherwise than Wagtail does."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("core/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_script() -> SafeString:
    """What the admin does otherwise than Wagtail does."""
    return format_html('<script type="module" src="{}"></script>', versioned_static("core/admin.js"))


@hooks.register("before_edit_page")
def before_editing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A translation is published by us, for wagtail-localize would publish the gaps in the other language."""
    if not isinstance(page, BasePage) or translation_into(page) is None:
        return None
    if request.method == "POST" and request.POST.get("action") == "publish":
        return views.publish_translation(request, page)
    if request.method == "GET":
        views.tell_progress(request, page)
    return None


@hooks.register("before_bulk_action")
def before_bulk_publishing(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuses to publish several pages while one of them has gaps, and names it."""
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in pages for below in page.get_descendants().not_live()]
    gaps = [
        f"{page.get_admin_display_title()} ({len(missing_passages(page))})"
        for page in pages
        if missing_passages(page)
    ]
    if not gaps:
        return None
    messages.error(
        request, _("Nothing was published. Passages are missing in: %(pages)s") % {"pages": ", ".join(gaps)}
    )
    return redirect(action.next_url)


@hooks.register("construct_translated_pages_to_cascade_actions")
def translations_go_off_line_too(pages: Iterable[Page], action: str) -> dict[Page, list[Page]]:
    """Lets the question "unpublish this page?" say what follows."""
    if action != "unpublish":
        return {}
    return {page: [other for other in followers(page) if other.live] for page in pages}


@hooks.register("before_delete_page")
def before_deleting(request: HttpRequest, page: Page) -> None:
    """Lets the question "delete this page?" say what follows."""
    titles = [other.title for other in followers(page) if other.live]
    if request.method == "GET" and titles:
        text = _("The translation goes off line together with this page and is kept as a draft: %(titles)s")
        messages.warning(request, text % {"titles": ", ".join(titles)})


def followers(page: Page) -> list[BasePage]:
    """The pages that go off line together with `page`."""
    specific = page.specific
    return [other for row in translations_of(specific) if (other := target_of(row))]
