"""Sets Django up when it is imported: once for all processes of the races, which are forked from the one that has done so."""

import django

django.setup()
