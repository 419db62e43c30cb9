"""Czech: a blank stands behind each full stop of a date, and no line ends there (ČSN 01 6910)."""

SHORT_DATE_FORMAT = "j.\u00a0n.\u00a0Y"
SHORT_DATETIME_FORMAT = "j.\u00a0n.\u00a0Y G:i"
