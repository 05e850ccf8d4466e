"""A field of short texts, kept and edited as one text a line."""

from django.db import models


class LinesField(models.TextField):
    """Texts without line breaks: a tuple in Python, lines in the database and in forms."""

    def from_db_value(self, value, expression, connection):
        """The stored lines as a tuple."""
        return self.to_python(value)

    def to_python(self, value):
        """A tuple of the lines that are not blank."""
        if isinstance(value, str):
            value = value.splitlines()
        return tuple(text.strip() for text in value or () if text.strip())

    def get_prep_value(self, value):
        """The lines as they are stored."""
        return "\n".join(self.to_python(value))

    def value_from_object(self, obj):
        """The lines as a form shows them."""
        return self.get_prep_value(super().value_from_object(obj))

    def value_to_string(self, obj):
        """The lines as a fixture holds them."""
        return self.value_from_object(obj)
