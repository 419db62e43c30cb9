"""Where everything is."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import urls as home_urls
from home.views.pages import page
from knowledge import urls as knowledge_urls
from mentoring import urls as mentoring_urls
from portal.accounts import urls as account_urls
from portal.members import urls as member_urls
from portal.notifications import urls as notification_urls
from portal.ui.views import styleguide
from search import urls as search_urls

handler400 = "portal.ui.views.bad_request"
handler403 = "portal.ui.views.permission_denied"
handler404 = "portal.ui.views.page_not_found"
handler500 = "portal.ui.views.server_error"

urlpatterns = [
    *account_urls.before_administration,
    path("admin/", include("portal.topics.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *knowledge_urls.at_root,
]
if settings.DEBUG:
    urlpatterns += i18n_patterns(path("styleguide/", styleguide, name="styleguide"))
urlpatterns += i18n_patterns(
    path(_("account/"), include(account_urls)),
    *account_urls.before_pages,
    path("", include(home_urls)),
    path("", include(mentoring_urls)),
    path("", include(member_urls)),
    path("", include(notification_urls)),
    path("", include(search_urls)),
    path("", include(knowledge_urls)),
    re_path(wagtail_urls.serve_pattern, page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
if settings.DEBUG:
    from django.conf.urls.static import static

    from portal.notifications.views import mails

    urlpatterns = [
        path("mails/", mails, name="mails"),
        *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
        *urlpatterns,
    ]
