"""What was uploaded goes out to be saved, never to be shown or run by a browser."""

import pytest
from django.urls import reverse

from budgets.models import Budget, Upload
from tests.factories.books import fill
from tests.factories.people import gather, load_chart

pytestmark = pytest.mark.django_db
NAMES = ["x.html", 'a"; filename="b.svg', "a\r\nX-Evil: 1.html", "<script>.xlsx", "预算.xlsx"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", fill()])
def test_upload_is_saved_and_never_shown(client, name, content):
    load_chart(2026)
    cast = gather()
    budget = Budget.objects.create(department=cast.b, year=2026)
    upload = Upload.objects.create(
        budget=budget, filename=name, content=content, size=1, result="waiting"
    )
    cast.enter(client, "clerk_b")
    args = (2026, "108001", upload.pk)
    answer = client.get(reverse("filing:upload_file", args=args))
    assert answer.content == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "X-Evil" not in answer.headers
    assert "\n" not in answer["Content-Disposition"]


def test_nothing_serves_the_directory_of_uploads(client):
    for path in ("/media/", "/media/x.xlsx", "/uploads/x.xlsx"):
        assert client.get(path).status_code == 404
