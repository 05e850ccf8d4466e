import os
import re

from fontTools.ttLib import TTFont

from disclosures.publishing.pdf.fonts import FOLDER, configure_fonts, missing_glyphs
from disclosures.publishing.pdf.rendering import PRINT


def read_families():
    """The family name of every face beside the package, with its characters."""
    found = {}
    for path in FOLDER.glob("*.ttf"):
        with TTFont(path, lazy=True) as face:
            found[face["name"].getDebugName(1)] = set(face.getBestCmap())
    return found


def read_stacks():
    """Every list of families in the stylesheet of paper."""
    rules = re.sub(r"/\*.*?\*/", "", PRINT.read_text(), flags=re.DOTALL)
    stacks = re.findall(r"font(?:-family)?:[^;}]*?(\"[^;}]*)", rules)
    return [re.findall(r'"([^"]+)"', stack) for stack in stacks]


def test_missing_glyphs_are_named_once_in_order_of_appearance():
    assert missing_glyphs("𪻐某𠮷，𪻐") == [
        "“𪻐” U+2AED0 CJK UNIFIED IDEOGRAPH-2AED0",
        "“𠮷” U+20BB7 CJK UNIFIED IDEOGRAPH-20BB7",
    ]


def test_missing_glyphs_know_rare_names_and_signs():
    assert missing_glyphs("喆堃龑赟珺玥昇㐂·左力胡玛尔※≥−㎡①“”—…１，\n\t 20%") == []


def test_missing_glyphs_show_what_cannot_be_seen():
    assert missing_glyphs("甲\x07乙\ufeff\ue000") == [
        "不可见字符 U+0007 无名字符",
        "不可见字符 U+FEFF ZERO WIDTH NO-BREAK SPACE",
        "不可见字符 U+E000 无名字符",
    ]


def test_missing_glyphs_name_other_scripts():
    assert [named[:3] for named in missing_glyphs("ئۇ😀")] == ["“ئ”", "“ۇ”", "“😀”"]


def test_every_stack_of_the_stylesheet_names_our_faces():
    families = read_families()
    stacks = read_stacks()
    assert len(stacks) > 10
    assert {family for stack in stacks for family in stack} <= set(families)


def test_every_stack_that_prints_words_ends_in_the_rest():
    words = [stack for stack in read_stacks() if stack != ["Disclosure Song"]]
    assert {stack[-1] for stack in words} == {"Disclosure Rest"}


def test_the_rest_and_any_face_hold_all_characters_together():
    families = read_families()
    everything = set().union(*families.values())
    stacks = [stack for stack in read_stacks() if stack[-1] == "Disclosure Rest"]
    for stack in stacks:
        held = set().union(*(families[family] for family in stack))
        assert everything - held == set()


def test_a_family_is_one_file():
    assert len(read_families()) == len(list(FOLDER.glob("*.ttf")))


def test_digits_of_tables_are_equally_wide():
    for name in ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "FandolFang.ttf"):
        face = TTFont(FOLDER / name, lazy=True)
        widths = {face["hmtx"][face.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
        assert len(widths) == 1


def test_configuring_leaves_the_environment_as_it_was(monkeypatch):
    configure_fonts.cache_clear()
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    configure_fonts()
    assert os.environ["FONTCONFIG_FILE"] == "/etc/fonts/fonts.conf"
    configure_fonts.cache_clear()
    monkeypatch.delenv("FONTCONFIG_FILE")
    configure_fonts()
    assert "FONTCONFIG_FILE" not in os.environ
