"""Workbooks damaged at random: whatever the bytes, they are read or told, soon and within bounds.

`python -m tests.budgets.spreadsheets.fuzz MINUTES [SEED]`, from the project's root, tries on from a
seed; it tells the seeds that found something, for KEPT in test_fuzz.py, and the longest time and
the most memory that a case took.
"""

import io
import re
import resource
import sys
import time
import traceback
import zipfile
from random import Random

from budgets import spreadsheets
from budgets.domain.problems import Problem
from tests.corpus import printed
from tests.factories.books import fill

MEMORY = 1 << 30
PIECES = (
    *(
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"&#0;",
        b"&a;",
        b"\0",
    ),
    *(b"\xff\xfe", b' r="XFD1048576"', b' r="A0"', b' t="s"', b' t="d"', b' t="b"', b' t="e"'),
    *(
        b' t="inlineStr"',
        b"<v>-1</v>",
        b"<v>1e999</v>",
        b"<v>NaN</v>",
        b"<v>%s</v>" % (b"9" * 5000),
    ),
    *(
        b"_xD800_",
        b"_x0000_",
        b' s="99999999999"',
        b"<row/>",
        b"<c/>",
        b"</row>",
        b"<is>",
        b"<rPh>",
    ),
    *(b"<f>1</f>", b' date1904="1"', b'<mergeCell ref="A1:XFD1048576"/>', b' numFmtId="27"'),
    *(b' formatCode="%s"' % (b"[" * 3000), b"1" * 20_000, b"," * 9_000, b"(" * 9_000),
)
VALUES = (
    *(
        b"",
        b"-1",
        b"1",
        b"1" * 400,
        b"1" * 11_000,
        b"../../x",
        b"/xl/workbook.xml",
        "１２".encode(),
    ),
    *(b"A1", b"1.5", b"worksheet", b"2025-01-01T00:00:00"),
)
VALUE = re.compile(rb'"[^"]*"|>[^<]+<')
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "cp037", "gb18030", "utf-32")


def damage(data, random):
    """The bytes with a few of them changed, put in, taken out, doubled, or a value replaced."""
    data = bytearray(data)
    for _ in range(random.randint(1, 3)):
        start = random.randrange(len(data) + 1)
        stop = start + random.randint(1, 300)
        found = list(VALUE.finditer(data))
        match random.randrange(5):
            case 0 if data:
                data[start - 1] = random.randrange(256)
            case 1:
                data[start:start] = random.choice(PIECES)
            case 2:
                del data[start:stop]
            case 3:
                data[start:start] = data[start:stop]
            case 4 if found:
                chosen = random.choice(found)
                data[chosen.start() + 1 : chosen.end() - 1] = random.choice(VALUES)
    return bytes(data)


def recode(data, random):
    """A part in another encoding, as it then says itself."""
    encoding = random.choice(ENCODINGS)
    text = data.decode(errors="replace").replace("UTF-8", encoding, 1)
    return text.encode(encoding, "replace")


def make_case(seed):
    """A damaged workbook: its bytes, or some of its parts; the same for the same seed."""
    random = Random(seed)
    content = random.choice((fill, printed.sample))()
    if random.random() < 0.2:
        return damage(content, random)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(random.randint(1, 3)):
        name = random.choice(list(parts))
        match random.randrange(10):
            case 0:
                del parts[name]
            case 1:
                parts[random.choice((name.upper(), name.replace("/", "\\")))] = parts.pop(name)
            case 2:
                parts[name] = recode(parts[name], random)
            case 3:
                parts[name] = parts[random.choice(list(parts))]
            case _:
                parts[name] = damage(parts[name], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def try_case(content):
    """Read it, and mark what can be read; raises where anything but a problem comes of it."""
    book = spreadsheets.open_book(content)
    assert not (book.problems and book.names)
    sheets = spreadsheets.read(book)
    assert sheets.rows or sheets.problems
    for problem in sheets.problems:
        assert str(problem).encode()
    if book.names:
        name = next(iter(book.names.values()))
        told = Problem(message="不对。", advice="请改正。", sheet=name, cells=("A1",))
        assert spreadsheets.mark_workbook(content, [told]).startswith(b"PK")


def main(minutes, seed=0):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    end, first, longest = time.monotonic() + 60 * minutes, seed, 0.0
    while time.monotonic() < end:
        start = time.process_time()
        try:
            try_case(make_case(seed))
        except Exception:
            sys.stdout.write(f"seed {seed} {traceback.format_exc()}\n")
        longest, seed = max(longest, time.process_time() - start), seed + 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{seed - first} cases, the longest {longest:.1f} s, peak {peak} MB\n")


if __name__ == "__main__":
    main(float(sys.argv[1]), *map(int, sys.argv[2:]))
