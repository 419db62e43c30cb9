"""Lists in the admin."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator


class Counted(WagtailPaginator):
    """Says how many rows there are without naming them: Wagtail knows one plural, Czech has several."""

    @cached_property
    def items_count_label(self) -> str:
        """What stands below a list."""
        return _("In total: %(n)s") % {"n": self.count}
