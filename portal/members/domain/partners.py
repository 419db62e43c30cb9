"""Which partner looks after whom."""

from math import cos, hypot, radians

from portal.accounts.models import User
from portal.members.models import Organisation
from portal.topics.models import Place


def coordinators_of(partner: Organisation) -> list[User]:
    """The accounts that coordinate for `partner`; those of the lead partner while it has none."""
    rows = User.objects.filter(is_active=True, coordinator__isnull=False).order_by("pk")
    return list(rows.filter(coordinator__organisation=partner)) or list(
        rows.filter(coordinator__organisation__is_lead=True)
    )


def home_partner_for(place: Place) -> Organisation:
    """The partner nearest to `place` on its side of the border; on a side without one, the nearest of all.

    Raises Organisation.DoesNotExist while there is no partner.
    """
    partners = list(Organisation.objects.select_related("place"))
    same_side = [partner for partner in partners if partner.place.country == place.country]
    nearest = sorted(same_side or partners, key=lambda partner: kilometres(place, partner.place))
    if not nearest:
        raise Organisation.DoesNotExist("no partner has been entered yet")
    return nearest[0]


def kilometres(one: Place, other: Place) -> float:
    """The distance as the crow flies; within the region the earth is flat enough (error below 1 %)."""
    north = (one.latitude - other.latitude) * 111.2
    east = (one.longitude - other.longitude) * 111.32 * cos(radians((one.latitude + other.latitude) / 2))
    return hypot(north, east)
