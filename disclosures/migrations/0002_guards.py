"""Let the database itself refuse to rewrite or delete what is frozen."""

from django.db import migrations

from budgets.models.vendor_sql import refuse_changes

DISCLOSURE = "disclosures_disclosure"
FILE = "disclosures_disclosurefile"
RECORD = "disclosures_record"

DISCLOSURES = refuse_changes(
    "published content is immutable",
    "disclosures_refuse_update",
    (f"{DISCLOSURE}_immutable", "UPDATE", DISCLOSURE),
    (f"{FILE}_immutable", "UPDATE", FILE),
)
TRANSITIONS = refuse_changes(
    "a transition is never rewritten",
    "disclosures_keep_transition",
    ("disclosures_transition_kept", "UPDATE", "disclosures_transition"),
)
PUBLISHED = refuse_changes(
    "what was published is never deleted, and its record never rewritten",
    "disclosures_keep_published",
    (f"{DISCLOSURE}_undeletable", "DELETE", DISCLOSURE),
    (f"{FILE}_undeletable", "DELETE", FILE),
    (f"{RECORD}_undeletable", "DELETE", RECORD),
    (f"{RECORD}_immutable", "UPDATE", RECORD),
)
SUBMISSIONS = refuse_changes(
    "a submission is never rewritten",
    "disclosures_keep_submission",
    ("disclosures_submission_kept", "UPDATE", "disclosures_submission"),
)


class Migration(migrations.Migration):
    """Such updates and deletes fail on both databases."""

    dependencies = (("disclosures", "0001_schema"),)

    operations = tuple(
        guard.as_operation() for guard in (DISCLOSURES, TRANSITIONS, PUBLISHED, SUBMISSIONS)
    )
