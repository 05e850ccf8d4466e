"""Files about the whole county: made by the worker after a publication, never when asked for.

They are copies that can be made again at any time; nothing that was published rests here alone.
"""

from django.db import models


class CountyYear(models.Model):
    """Of what a year's files were made, and since when a worker is at them anew.

    The year 0 has the files about all years.
    """

    year = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.year)


class CountyFile(models.Model):
    """A file at its address on the site; the newest of an address is the one in force.

    `tag` is the SHA-256 of what a reader gets, and `changed` when that last changed. Where it
    `is_packed`, the parts are compressed (gzip); `size` is that of the parts together.
    """

    address = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    tag = models.CharField(max_length=64)
    changed = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    is_packed = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("address", "-id"), name="county_file_newest"),)

    def __str__(self):
        return self.address


class CountyFilePart(models.Model):
    """A piece of a file: a database holds, and a server sends, no hundred megabytes at once."""

    file = models.ForeignKey(
        CountyFile, related_name="parts", on_delete=models.CASCADE, db_index=False
    )
    place = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("file", "place"), name="county_file_part_once"),
        )

    def __str__(self):
        return f"{self.file} {self.place}"
