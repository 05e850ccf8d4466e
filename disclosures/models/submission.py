"""What a department has submitted, as it stood, so that the next time can be compared with it."""

from functools import cached_property

from django.db import models

from budgets.domain.document import Document, from_json
from disclosures.models.transition import Transition


class Submission(models.Model):
    """The document of one submission in its canonical form; its digest is the transition's.

    Updates are refused by a trigger in the database.
    """

    transition = models.OneToOneField(
        Transition, verbose_name="流转记录", related_name="submission", on_delete=models.PROTECT
    )
    content = models.TextField("内容")

    class Meta:
        verbose_name = "报送的内容"
        verbose_name_plural = "报送的内容"
        ordering = ("-id",)

    def __str__(self):
        return f"{self.transition_id}"

    @cached_property
    def document(self) -> Document:
        """The content as values."""
        return from_json(self.content)
