"""The addresses of the portal, and the style guide that otherwise stands only on a developer's machine."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from portal.ui.views import styleguide
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as addresses

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = i18n_patterns(path("styleguide/", styleguide, name="styleguide")) + addresses
