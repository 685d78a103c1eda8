"""The words of the calendar in Indonesian and English: what is read and what is shown.

They stand here in both languages, not in the catalogues, because reading needs both at once, and
because "7 tahun lalu" and "7 tahun yang lalu" are one phrase in English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from kaltimtui.i18n import Language


class Words(NamedTuple):
    """What one language calls things; units hold the form for one and the form for more."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    units: dict[str, tuple[str, str]]
    now: str
    ago: str
    ago_short: str
    ahead: str
    today: str
    yesterday: str
    saved: str
    tomorrow: str
    estimated: str
    clock: str


_UNITS: Final = ("minute", "hour", "day", "week", "month", "year")

WORDS: Final[dict[Language, Words]] = {
    "id": Words(
        months=(
            *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
            *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
        ),
        weekdays=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        units={
            unit: (name, name)
            for unit, name in zip(
                _UNITS, ("menit", "jam", "hari", "minggu", "bulan", "tahun"), strict=True
            )
        },
        now="baru saja",
        ago="{} yang lalu",
        ago_short="{} lalu",
        ahead="{} lagi",
        today="hari ini",
        yesterday="kemarin",
        saved="disimpan {}",
        tomorrow="besok",
        estimated="{} (perkiraan)",
        clock="{:%H.%M}",
    ),
    "en": Words(
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        units={unit: (unit, f"{unit}s") for unit in _UNITS},
        now="just now",
        ago="{} ago",
        ago_short="{} ago",
        ahead="in {}",
        today="today",
        yesterday="yesterday",
        saved="saved {}",
        tomorrow="tomorrow",
        estimated="{} (estimated)",
        clock="{:%H:%M}",
    ),
}


def _numbered(*rows: str, start: int) -> dict[str, int]:
    return {
        name.replace("_", " "): number
        for number, names in enumerate(rows, start)
        for name in names.split()
    }


MONTHS: Final = _numbered(
    "januari january jan",
    "februari february pebruari febuari feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agu agt ags agst aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
    start=1,
)
WEEKDAYS: Final = _numbered(
    "senin monday",
    "selasa tuesday",
    "rabu wednesday",
    "kamis thursday",
    "jumat jum'at jumaat jum_at friday",
    "sabtu saturday",
    "minggu ahad sunday",
    start=0,
)
ZONES: Final[dict[str, float]] = {
    name: hours
    for hours, names in (
        (0, "z ut utc gmt wet"),
        (1, "cet met bst west"),
        (2, "eet cest"),
        (3, "msk eest"),
        (5.5, "ist"),
        (7, "wib"),
        (8, "wita sgt myt"),
        (9, "wit jst kst"),
        (10, "aest"),
        (11, "aedt"),
        (12, "nzst"),
        (13, "nzdt"),
        (-3, "adt"),
        (-4, "ast edt"),
        (-5, "est et cdt"),
        (-6, "cst ct mdt"),
        (-7, "mst mt pdt"),
        (-8, "pst pt akdt"),
        (-9, "akst"),
        (-10, "hst"),
    )
    for name in names.split()
}
"""Hours east of Greenwich: the names of RFC 822 and those that news feeds use."""
