"""Translating side by side: wagtail-localize's views, with the rights and the completeness that it does not ask for."""

from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.views.edit_translation import (
    apply_machine_translation,
    edit_string_translation,
    upload_pofile,
)
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from portal.core.domain.translations import (
    can_be_translated,
    follow_source,
    submit_for_review,
    target_of,
    translations_of,
    update_translation,
)
from portal.core.models import BasePage
from portal.core.rules import IncompleteTranslation, NotReleasable, missing_passages, translation_into


class SubmitTranslation(SubmitPageTranslationView):
    """Only who may edit a page may have it translated, for a translator reads it, drafts included."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.get_object().permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> Any:
        form = super().get_form()
        locales = form.fields["locales"]
        if len(locales.queryset) == 1:
            locales.initial = locales.queryset
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        if form.cleaned_data["include_subtree"]:
            for page in self.object.get_descendants():
                if not page.permissions_for_user(self.request.user).can_edit():
                    raise PermissionDenied
        if not all(can_be_translated(self.object, locale) for locale in form.cleaned_data["locales"]):
            messages.error(self.request, _("The page above this one has to be translated first."))
            return redirect("wagtailadmin_pages:edit", self.object.pk)
        return super().form_valid(form)


class UpdateTranslations(UpdateTranslationsView):
    """Looks at the source again; publishes what is complete, and says what is not."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.get_object().get_source_instance().permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> Any:
        form = super().get_form()
        # wagtail-localize promises here to publish what is not translated
        form.fields["publish_translations"].help_text = _("Only what is translated as a whole goes live.")
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        source = self.object.get_source_instance()
        follow_source(source)
        translations = list(translations_of(source))
        if form.cleaned_data.get("use_machine_translation"):
            for translation in translations:
                apply_machine_translation(translation.pk, self.request.user, get_machine_translator())
        messages.success(self.request, self.get_success_message())
        if form.cleaned_data["publish_translations"]:
            for page in filter(None, map(target_of, translations)):
                publish(self.request, page)
        return redirect(self.get_success_url() or self.get_default_success_url())


def publish(request: HttpRequest, page: BasePage) -> None:
    """Publishes a translated page if it may go live, and tells the user either way."""
    permissions = page.permissions_for_user(request.user)
    if not permissions.can_publish() or permissions.page_locked():
        messages.error(
            request, _("You may not publish “%(title)s”.") % {"title": page.get_admin_display_title()}
        )
        return
    try:
        update_translation(page, request.user)
    except NotReleasable as refusal:
        messages.warning(request, refusal.reason)
    except ValidationError:
        messages.error(
            request,
            _(
                "“%(title)s” cannot be published: some passages do not fit into their field; see the remarks there."
            )
            % {"title": page.get_admin_display_title()},
        )
    else:
        page.refresh_from_db()
        if gaps := missing_passages(page):
            # a profile, which goes on showing the words of its author
            messages.warning(request, IncompleteTranslation(page, gaps).reason)
            return
        view = [messages.button(page.full_url, _("View page"))] if page.full_url else []
        messages.success(request, _("“%(title)s” is published.") % {"title": page.title}, buttons=view)


def publish_translation(request: HttpRequest, page: BasePage) -> HttpResponse:
    """Answers the publish button of the side-by-side editor. What was typed is kept, passage by passage, already."""
    publish(request, page)
    return redirect(request.path)


def tell_progress(request: HttpRequest, page: BasePage) -> None:
    """Tells who opens a translation what is still to be done, unless there is something else to say."""
    if get_messages(request):
        return
    permissions = page.permissions_for_user(request.user)
    gaps = missing_passages(page)
    buttons = []
    if not permissions.can_publish() and permissions.can_submit_for_moderation():
        buttons = [messages.button(reverse("portal_review", args=[page.pk]), _("Submit for review"))]
    if gaps or buttons:
        text = IncompleteTranslation(page, gaps).reason if gaps else _("Every passage is translated.")
        messages.info(request, text, buttons=buttons)


def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hands a finished translation to whoever may publish it."""
    page = get_object_or_404(Page, pk=page_id).specific
    permissions = page.permissions_for_user(request.user)
    if not (translation_into(page) and permissions.can_edit() and permissions.can_submit_for_moderation()):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "core/admin/review.html", {"page": page, "gaps": len(missing_passages(page))})
    try:
        submit_for_review(page, request.user)
    except NotReleasable as refusal:
        messages.warning(request, refusal.reason)
    else:
        messages.success(request, _("“%(title)s” waits for its review.") % {"title": page.draft_title})
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_mirror(request: HttpRequest, page_id: int) -> HttpResponse:
    """wagtail-localize offers to show the source's page instead of a translation; here nobody would understand it."""
    messages.error(
        request, _("A page stands in the language of its readers; it cannot mirror the other one.")
    )
    return redirect("wagtailadmin_pages:edit", page_id)


def edit_passage(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """wagtail-localize's saving of one passage, which fails on what the database cannot hold (a title that is too long).

    Its editor keeps what was typed, and says that it is not saved.
    """
    try:
        with transaction.atomic():
            return edit_string_translation(request, translation_id, string_segment_id)
    except (DataError, ValueError, KeyError):
        return HttpResponse(status=400)


@require_POST
def upload_passages(request: HttpRequest, translation_id: int) -> HttpResponse:
    """wagtail-localize's upload of a PO file, which fails where there is no file, or one without its heading."""
    try:
        return upload_pofile(request, translation_id)
    except (DataError, ValueError, KeyError):
        messages.error(request, _("Please choose the PO file that you have downloaded here."))
        return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
