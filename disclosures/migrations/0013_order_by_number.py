from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('disclosures', '0012_forget_index_entries'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='reply',
            options={'ordering': ('id',), 'verbose_name': '意见的答复', 'verbose_name_plural': '意见的答复'},
        ),
        migrations.AlterModelOptions(
            name='submission',
            options={'ordering': ('-id',), 'verbose_name': '报送的内容', 'verbose_name_plural': '报送的内容'},
        ),
        migrations.AlterModelOptions(
            name='transition',
            options={'ordering': ('-id',), 'verbose_name': '流转记录', 'verbose_name_plural': '流转记录'},
        ),
    ]
