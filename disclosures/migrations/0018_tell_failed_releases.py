"""Lets a notice tell of a release that failed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosures', '0017_pairs_of_signs'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_kind_is_known',
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('submitted', '报送'), ('returned', '退回'), ('approved', '批复'), ('revoked', '撤销批复'), ('published', '公开'), ('failed', '没有公开'), ('correcting', '更正'), ('answered', '答复'), ('deadline', '临近期限'), ('overdue', '逾期')], max_length=10, verbose_name='事由'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'returned', 'approved', 'revoked', 'published', 'failed', 'correcting', 'answered', 'deadline', 'overdue'])), name='notice_kind_is_known'),
        ),
    ]
