"""What changed, place by place, as the two sides that an entry holds."""

from collections.abc import Iterable

# More is nobody's reading; the file, or the version, is known by its digest all the same.
MOST = 200
REST = "其余"


def pair(changes: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """`before` and `after` of an entry, from (place, text before, text after).

    Places that are called alike are numbered. What is beyond the first 200 is counted.
    """
    before, after, count = {}, {}, 0
    for count, (place, old, new) in enumerate(changes, start=1):
        if count <= MOST:
            name = number(place, before)
            before[name], after[name] = old, new
    if count > MOST:
        before[REST] = after[REST] = f"另有{count - MOST}处不同"
    return {"before": before, "after": after}


def number(place: str, taken: dict[str, str]) -> str:
    """The place by a name that is not taken yet."""
    name, turn = place, 1
    while name in taken:
        turn += 1
        name = f"{place}（{turn}）"
    return name
