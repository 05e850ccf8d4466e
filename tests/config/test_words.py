"""The framework's words as people here say them."""

import gettext
import re

from django.conf import settings
from django.utils.translation import gettext as say

WORDS = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES"
PAIR = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)


def test_compiled_words_are_those_that_are_written():
    written = dict(PAIR.findall((WORDS / "django.po").read_text()))
    with (WORDS / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    assert {key: said for key, said in compiled.items() if key} == written
    assert {key: say(key) for key in written} == written
