"""The house rules that no linter knows, and proof that each detector sees an offender."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_LINE = 120
NAMELESS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}
SIGNAL_MODULES = re.compile(r"django\.(dispatch|.*signals)\b|.*\.signals$")
INLINE_CODE = re.compile(
    r"<style\b|[\s\"']style\s*=|[\s\"']on[a-z]+\s*=\s*[\"']|javascript:"
    r"|<script(?![^>]*\bsrc\s*=)(?![^>]*\btype\s*=\s*[\"']application/(ld\+)?json[\"'])",
    re.IGNORECASE,
)
# The exported site finds links where they stand in the text, between double quotes.
LOOSE_LINK = re.compile(r"\s(?:href|src|action)\s*=(?!\")\S*|\s(?:href|src|action)\s+=")
TEMPLATE_COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}", re.DOTALL)
BLOCK_TAG = re.compile(r"{%.*?%}", re.DOTALL)
TEMPLATE_TAG = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)
TEMPLATE_WORK = re.compile(
    r"\|\s*(add\s*:|sum\b)|\.(all|count|exists|objects)\b|_set\b|^\s*widthratio\b"
)
# What Jinja2 can do besides: call methods, and reckon.
JINJA_WORK = re.compile(r"\.\w+\(|[\w)\]]\s*(?:[-+*/%~]|//|\*\*)\s*[\w(]")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def list_files(*suffixes):
    """Every file of the project's own with one of the suffixes, as paths from the root."""
    rooms = ("benchmarks", "budgets", "config", "disclosures", "script", "static", "templates")
    paths = [path for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()]
    own = [path.relative_to(ROOT) for path in [ROOT / "manage.py", *paths]]
    outside = {"migrations", "vendor", "__pycache__"}
    return [path for path in own if path.suffix in suffixes and not outside & set(path.parts)]


def list_templates():
    paths = list_files(".html", ".jinja", ".txt", ".xml", ".svg")
    return [path for path in paths if "templates" in path.parts]


def functions(tree):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def find_hidden_imports(source):
    """Lines of imports inside functions."""
    inside = {node for function in functions(ast.parse(source)) for node in ast.walk(function)}
    return sorted(node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom))


def find_custom_saves(source):
    """Names of classes that define save()."""
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    return [
        owner.name
        for owner in classes
        if any(function.name in ("save", "asave") for function in functions(owner))
    ]


def find_imported_modules(source):
    """Dotted names of everything imported: modules, and names taken from them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{name.name}" for name in node.names]
    return found


def find_signals(source):
    return [name for name in find_imported_modules(source) if SIGNAL_MODULES.match(name)]


def find_orm(source):
    """Imports of Django's database layer."""
    return [name for name in find_imported_modules(source) if name.startswith("django.db")]


def find_vault_keys(source):
    """Lines naming BudgetLine, as a name, an import, an attribute or a model label."""
    found = []
    for node in ast.walk(ast.parse(source)):
        fields = (getattr(node, field, None) for field in ("id", "attr", "name", "value"))
        words = " ".join(word for word in fields if isinstance(word, str))
        if re.search(r"\bbudgetline(_set)?\b", words, re.IGNORECASE):
            found.append(node.lineno)
    return sorted(set(found))


def find_inline_code(text):
    """Inline styles and scripts, which the content security policy would refuse."""
    return [match.group().strip() for match in INLINE_CODE.finditer(text)]


def find_inline_code_in_python(source):
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    texts = [node.value for node in nodes if isinstance(node.value, str) and "<" in node.value]
    return [found for text in texts for found in find_inline_code(text)]


def find_template_offences(text):
    """Inline code, links not in double quotes, and tags in which the template sums or queries."""
    visible = TEMPLATE_COMMENT.sub("", text)
    tags = [match.group(1).strip() for match in TEMPLATE_TAG.finditer(visible)]
    loose = [match.group().strip() for match in LOOSE_LINK.finditer(BLOCK_TAG.sub("", visible))]
    work = [tag for tag in tags if TEMPLATE_WORK.search(tag)]
    return find_inline_code(visible) + loose + work


def find_jinja_offences(text):
    """The same in a template of Jinja2."""
    visible = TEMPLATE_COMMENT.sub("", text)
    tags = [match.group(1).strip("+- ") for match in TEMPLATE_TAG.finditer(visible)]
    work = [tag for tag in tags if JINJA_WORK.search(QUOTED.sub("", tag))]
    return find_template_offences(text) + work


def is_in(path, *rooms):
    """Whether the path is one of the dotted modules, or inside one that is a package."""
    dotted = ".".join(path.with_suffix("").parts)
    return any(dotted == room or dotted.startswith(f"{room}.") for room in rooms)


VAULT = ("budgets.models", "budgets.ledger", "budgets.admin")
PURE = (
    "budgets.domain",
    "budgets.importing.published",
    "budgets.spreadsheets",
    "disclosures.public.charts",
)
PYTHON_RULES = (
    find_hidden_imports,
    find_custom_saves,
    find_signals,
    find_inline_code_in_python,
)
OFFENDERS = (
    (find_hidden_imports, "import a\ndef run():\n    import b\n    from c import d\n", [3, 4]),
    (find_custom_saves, "class A:\n    def save(self):\n        pass\n", ["A"]),
    (find_custom_saves, "class A:\n    def safe(self):\n        pass\n", []),
    (
        find_signals,
        "from django.db.models.signals import post_save\nfrom django.dispatch import receiver\n",
        ["django.db.models.signals.post_save", "django.dispatch.receiver"],
    ),
    (find_signals, "from django.db.models import signals\n", ["django.db.models.signals"]),
    (find_signals, "from django.db import models\n", []),
    (find_orm, "from django.db import models\nimport json\n", ["django.db.models"]),
    (find_vault_keys, "from budgets.models import BudgetLine\n", [1]),
    (find_vault_keys, "x = models.BudgetLine.objects\ny = Budget.lines\n", [1]),
    (find_vault_keys, "apps.get_model('budgets.BudgetLine')\n", [1]),
    (find_vault_keys, "budget.budgetline_set.all()\n", [1]),
    (find_inline_code_in_python, "a = '<p style=\"color:red\">'\n", ["style="]),
    (find_inline_code_in_python, "style = 'official'\n", []),
    (find_template_offences, '<p style="color:red">', ["style="]),
    (find_template_offences, "<style>p{}</style>", ["<style"]),
    (find_template_offences, "<script>run()</script>", ["<script"]),
    (find_template_offences, '<script src="{% static "a.js" %}"></script>', []),
    (find_template_offences, '<script type="application/json">{}</script>', []),
    (find_template_offences, '<a onclick="go()">', ['onclick="']),
    (find_template_offences, "<a href='/x/'>", ["href='/x/'>"]),
    (find_template_offences, "<img src={{ a }}>", ["src={{"]),
    (find_template_offences, '<a class="b"\n   href="/x/">', []),
    (find_template_offences, "{{ a|add:b }}", ["a|add:b"]),
    (find_template_offences, "{% for b in a.rows.all %}", ["for b in a.rows.all"]),
    (find_template_offences, "{# style= #}{{ total|safe }}", []),
    (find_jinja_offences, "{{ rows | sum }}", ["rows | sum"]),
    (find_jinja_offences, "{%- for b in a.filter(c) -%}", ["for b in a.filter(c)"]),
    (find_jinja_offences, "{{ year - 1 }}{{ a*b }}", ["year - 1", "a*b"]),
    (find_jinja_offences, '<p style="color:red">', ["style="]),
    (find_jinja_offences, '{%- if a -%}{{ draw(b) }}{{ "c - d" }}{{ e.f[0] }}{% endif -%}', []),
)


@pytest.mark.parametrize(("detect", "source", "expected"), OFFENDERS)
def test_detector_sees_the_offender_and_nothing_else(detect, source, expected):
    assert detect(source) == expected


def find_offences(detect, paths):
    """What the detector sees, by path; paths where it sees nothing are left out."""
    found = {str(path): detect((ROOT / path).read_text()) for path in paths}
    return {path: offences for path, offences in found.items() if offences}


@pytest.mark.parametrize("detect", PYTHON_RULES)
def test_source_keeps_the_rule(detect):
    assert find_offences(detect, list_files(".py")) == {}


def test_template_neither_works_nor_styles():
    jinja = [path for path in list_templates() if path.suffix == ".jinja"]
    assert len(jinja) > 3
    assert find_offences(find_jinja_offences, jinja) == {}
    assert find_offences(find_template_offences, {*list_templates()} - {*jinja}) == {}


def test_template_has_a_thought_a_line():
    long = {
        f"{path}:{number}"
        for path in list_templates()
        for number, line in enumerate((ROOT / path).read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE
    }
    assert long == set()


def test_module_has_a_noun():
    assert [str(path) for path in list_files(".py") if NAMELESS & {*path.parts, path.stem}] == []


def test_vault_is_opened_by_the_ledger_only():
    others = [path for path in list_files(".py") if not is_in(path, *VAULT)]
    assert find_offences(find_vault_keys, others) == {}


def test_pure_room_knows_no_database():
    pure = [path for path in list_files(".py") if is_in(path, *PURE)]
    assert find_offences(find_orm, pure) == {}


KEY = re.compile(r"(?<![A-Za-z0-9])([TND]\d{1,2}(?![\dA-Za-z:])|T\[\d)|十一张")
# Where the roles of tables and of sections stand with their keys.
ROLES = ("budgets.domain.sets", "budgets.domain.tables.form", "budgets.domain.document")


def find_named_keys(source):
    """Texts, docstrings left out, that name a table or a section by the key of its role."""
    tree = ast.parse(source)
    told = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [
        node.value
        for node in texts
        if isinstance(node.value, str) and id(node) not in told and KEY.search(node.value)
    ]


def test_only_a_set_names_a_table_or_a_section():
    source = '"""T5."""\na = "T5.total.basic"\nb = r"T[89]"\nc = "TXT1"\nd = "N12.why"\ne = "D2"\n'
    assert find_named_keys(source) == ["T5.total.basic", "T[89]", "N12.why", "D2"]
    rooms = ("budgets", "disclosures")
    paths = [path for path in list_files(".py") if path.parts[0] in rooms]
    outside = [path for path in paths if not is_in(path, *ROLES)]
    assert find_offences(find_named_keys, outside) == {}
    templates = {str(path): path for path in list_templates()}
    assert [name for name, path in templates.items() if "十一张" in (ROOT / path).read_text()] == []
