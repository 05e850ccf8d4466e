"""Every table of what becomes public, of the way to it, and of the index that finds it."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('budgets', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appraisal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('budget', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appraisal', to='budgets.budget', verbose_name='部门预算')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='依据')),
                ('errors', models.PositiveIntegerField(verbose_name='错误')),
                ('warnings', models.PositiveIntegerField(verbose_name='警告')),
                ('explained', models.PositiveIntegerField(verbose_name='已说明的警告')),
                ('total', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='本年收支总计（元）')),
                ('last_total', models.DecimalField(decimal_places=2, max_digits=18, null=True, verbose_name='上年公开的收支总计（元）')),
                ('marks', models.JSONField(default=dict, verbose_name='值得注意的')),
                ('phrases', models.JSONField(default=list, verbose_name='原因')),
                ('taken_at', models.DateTimeField(auto_now=True, verbose_name='核对时间')),
            ],
            options={
                'verbose_name': '核对结果',
                'verbose_name_plural': '核对结果',
                'constraints': [models.CheckConstraint(condition=models.Q(('explained__lte', models.F('warnings'))), name='appraisal_explains_what_warns')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='budgets.budget', verbose_name='部门预算')),
                ('at', models.TextField(blank=True, verbose_name='位置')),
                ('label', models.CharField(max_length=255, verbose_name='位置名称')),
                ('quote', models.TextField(blank=True, verbose_name='当时的内容')),
                ('text', models.TextField(verbose_name='意见')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提出时间')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='解决人')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='解决时间')),
            ],
            options={
                'verbose_name': '审核意见',
                'verbose_name_plural': '审核意见',
                'ordering': ('said_at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='comment_is_settled_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='disclosures.comment', verbose_name='审核意见')),
                ('text', models.TextField(verbose_name='答复')),
                ('by_bureau', models.BooleanField(default=False, verbose_name='财政部门')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
            ],
            options={
                'verbose_name': '意见的答复',
                'verbose_name_plural': '意见的答复',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reply_says_something')],
            },
        ),
        migrations.CreateModel(
            name='CountyYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True)),
                ('state', models.CharField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CountyFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=100)),
                ('tag', models.CharField(max_length=64)),
                ('changed', models.DateTimeField()),
                ('size', models.PositiveBigIntegerField()),
                ('is_packed', models.BooleanField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['address', '-id'], name='county_file_newest')],
            },
        ),
        migrations.CreateModel(
            name='CountyFilePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='disclosures.countyfile')),
            ],
            options={
                'ordering': ('place',),
                'constraints': [models.UniqueConstraint(fields=('file', 'place'), name='county_file_part_once')],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='budgets.department', verbose_name='部门')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要（SHA-256）')),
                ('reason', models.TextField(blank=True, verbose_name='更正原因')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='公开时间')),
                ('content', models.TextField(verbose_name='内容')),
            ],
            options={
                'verbose_name': '预算公开',
                'verbose_name_plural': '预算公开',
                'ordering': ('-year', 'department__code', '-version'),
                'indexes': [models.Index(fields=['published_at', 'id'], name='disclosure_newest')],
                'constraints': [models.UniqueConstraint(fields=('department', 'year', 'version'), name='disclosure_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='disclosure_version_from_one'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='disclosure_correction_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='DisclosureFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='disclosures.disclosure', verbose_name='预算公开')),
                ('kind', models.CharField(choices=[('pdf', 'PDF 文档'), ('xlsx', '电子表格'), ('json', '数据（JSON）')], max_length=4, verbose_name='形式')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要（SHA-256）')),
                ('size', models.PositiveIntegerField(verbose_name='大小（字节）')),
                ('data', models.BinaryField(verbose_name='内容')),
            ],
            options={
                'verbose_name': '公开文件',
                'verbose_name_plural': '公开文件',
                'ordering': ('disclosure', 'kind'),
                'constraints': [models.UniqueConstraint(fields=('disclosure', 'kind'), name='disclosure_file_once_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='explanations', to='budgets.budget', verbose_name='部门预算')),
                ('check_id', models.CharField(max_length=40, verbose_name='核对项')),
                ('subject', models.CharField(max_length=255, verbose_name='对象')),
                ('text', models.TextField(verbose_name='说明')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='说明人')),
                ('at', models.DateTimeField(auto_now=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '警告的说明',
                'verbose_name_plural': '警告的说明',
                'ordering': ('budget', 'check_id', 'subject'),
                'constraints': [models.UniqueConstraint(fields=('budget', 'check_id', 'subject'), name='explanation_once_a_finding'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='explanation_is_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='IndexEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disclosures.disclosure')),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.department')),
                ('year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=100)),
                ('initial', models.CharField(max_length=1)),
                ('total', models.DecimalField(decimal_places=2, max_digits=18)),
                ('tables', models.PositiveSmallIntegerField(default=0, verbose_name='有数的表')),
                ('empty_tables', models.PositiveSmallIntegerField(default=0, verbose_name='空表')),
                ('sections', models.PositiveSmallIntegerField(default=0, verbose_name='情况说明的节')),
                ('version', models.PositiveSmallIntegerField()),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'department'], name='index_entry_year')],
                'constraints': [models.UniqueConstraint(fields=('department', 'year'), name='index_entry_once_a_department_and_year')],
            },
        ),
        migrations.CreateModel(
            name='IndexFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disclosures.disclosure')),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.department')),
                ('year', models.PositiveSmallIntegerField()),
                ('table', models.CharField(max_length=3)),
                ('row', models.CharField(max_length=220)),
                ('column', models.CharField(max_length=30)),
                ('scope', models.CharField(blank=True, max_length=12)),
                ('function', models.CharField(blank=True, max_length=7)),
                ('economic', models.CharField(blank=True, max_length=5)),
                ('project', models.CharField(blank=True, max_length=200)),
                ('unit', models.CharField(choices=[('yuan', '元'), ('heads', '人'), ('pieces', '辆或台'), ('area', '平方米')], default='yuan', max_length=6)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
            ],
            options={
                'indexes': [models.Index(fields=['department', 'year', 'table'], name='index_figure_department'), models.Index(fields=['table', 'column', 'row', 'year', 'department', 'amount'], name='index_figure_cell'), models.Index(condition=models.Q(('function', ''), _negated=True), fields=['function', 'year'], name='index_figure_function'), models.Index(condition=models.Q(('economic', ''), _negated=True), fields=['economic', 'year'], name='index_figure_economic'), models.Index(condition=models.Q(('project', ''), _negated=True), fields=['project', 'year'], name='index_figure_project')],
            },
        ),
        migrations.CreateModel(
            name='IndexIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disclosures.disclosure')),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.department')),
                ('year', models.PositiveSmallIntegerField()),
                ('target', models.CharField(max_length=6)),
                ('place', models.PositiveSmallIntegerField()),
                ('project', models.CharField(blank=True, max_length=200)),
                ('level1', models.CharField(max_length=100)),
                ('level2', models.CharField(max_length=100)),
                ('level3', models.CharField(max_length=200)),
                ('value', models.CharField(max_length=200)),
                ('last_value', models.CharField(blank=True, max_length=200)),
                ('weight', models.CharField(blank=True, max_length=10)),
                ('is_lowered', models.BooleanField(default=False, verbose_name='低于已经达到的')),
            ],
            options={
                'indexes': [models.Index(fields=['department', 'project', 'year'], name='index_indicator_project'), models.Index(fields=['level3', 'year'], name='index_indicator_level3'), models.Index(condition=models.Q(('is_lowered', True)), fields=['year', 'department'], name='index_indicator_lowered')],
            },
        ),
        migrations.CreateModel(
            name='IndexReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disclosures.disclosure')),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.department')),
                ('year', models.PositiveSmallIntegerField()),
                ('at', models.CharField(max_length=240)),
                ('paragraph', models.CharField(max_length=250)),
                ('label', models.CharField(max_length=300)),
                ('function', models.CharField(blank=True, max_length=7)),
                ('change', models.DecimalField(decimal_places=2, max_digits=18)),
                ('rate', models.DecimalField(decimal_places=2, max_digits=14)),
                ('text', models.TextField()),
                ('normal', models.CharField(max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'change'], name='index_reason_change'), models.Index(fields=['year', 'rate'], name='index_reason_rate'), models.Index(fields=['normal', 'year'], name='index_reason_wording'), models.Index(fields=['department', 'year'], name='index_reason_department')],
            },
        ),
        migrations.CreateModel(
            name='IndexText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disclosure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disclosures.disclosure')),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.department')),
                ('year', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('department', '部门'), ('code', '科目'), ('project', '项目'), ('indicator', '绩效指标'), ('sentence', '情况说明'), ('glossary', '名词解释')], max_length=10)),
                ('title', models.CharField(max_length=220)),
                ('text', models.TextField(blank=True)),
                ('at', models.CharField(blank=True, max_length=250)),
                ('normal', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', '-year', 'department', 'id'], name='index_text_kind'), models.Index(fields=['department', 'year'], name='index_text_department'), models.Index(fields=['at', 'year'], name='index_text_place')],
            },
        ),
        migrations.CreateModel(
            name='AddressFailures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=45, unique=True, verbose_name='网络地址')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='第一次的时间')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='次数')),
                ('names_told', models.PositiveIntegerField(default=0, verbose_name='已报告的用户名数')),
            ],
            options={
                'verbose_name': '登录失败次数',
                'verbose_name_plural': '登录失败次数',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NameFailures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=32, verbose_name='用户名的摘要')),
                ('source', models.CharField(max_length=64, verbose_name='来源')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='次数')),
                ('last_at', models.DateTimeField(db_index=True, verbose_name='最近一次')),
            ],
            options={
                'verbose_name': '用户名登录失败次数',
                'verbose_name_plural': '用户名登录失败次数',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('source', 'name'), name='name_failures_once_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('budget', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='budgets.budget', verbose_name='部门预算')),
                ('kind', models.CharField(choices=[('submitted', '报送'), ('returned', '退回'), ('approved', '批复'), ('revoked', '撤销批复'), ('published', '公开'), ('failed', '没有公开'), ('correcting', '更正'), ('answered', '答复'), ('deadline', '临近期限'), ('overdue', '逾期'), ('account', '账号安全'), ('guessing', '试密码'), ('office', '财政账号')], max_length=10, verbose_name='事由')),
                ('key', models.CharField(max_length=60, verbose_name='事由编号')),
                ('text', models.TextField(verbose_name='内容')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('mail_tried_at', models.DateTimeField(blank=True, null=True, verbose_name='最近一次发邮件')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='邮件发出时间')),
                ('mail_error', models.CharField(blank=True, max_length=200, verbose_name='邮件未发出的原因')),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
                'ordering': ('-made_at', '-id'),
                'indexes': [models.Index(condition=models.Q(('read_at', None)), fields=['person'], name='notice_unread')],
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='notice_once_an_occasion'), models.CheckConstraint(condition=models.Q(('kind__in', ['submitted', 'returned', 'approved', 'revoked', 'published', 'failed', 'correcting', 'answered', 'deadline', 'overdue', 'account', 'guessing', 'office'])), name='notice_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('disclosure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='record', serialize=False, to='disclosures.disclosure', verbose_name='预算公开')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='批复时间')),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='批复到公开的天数')),
                ('pressed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='公开人')),
            ],
            options={
                'verbose_name': '公开登记',
                'verbose_name_plural': '公开登记',
                'ordering': ('-disclosure__published_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('days', None)), models.Q(('approved_at__isnull', False), ('days__isnull', False)), _connector='OR'), name='record_counts_days_from_an_approval')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='表单标识')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提出时间')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='定时公开的时间')),
            ],
            options={
                'verbose_name': '公开批次',
                'verbose_name_plural': '公开批次',
                'ordering': ('-asked_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ReleaseItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='disclosures.release', verbose_name='公开批次')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='release_items', to='budgets.budget', verbose_name='部门预算')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('stage', models.CharField(choices=[('waiting', '等待'), ('running', '办理中'), ('done', '已公开'), ('failed', '没有办成'), ('cancelled', '已取消')], default='waiting', max_length=9, verbose_name='进展')),
                ('reason', models.TextField(blank=True, verbose_name='没有办成的原因')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='办理次数')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='开始办理的时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
                ('worker', models.CharField(blank=True, max_length=100, verbose_name='办理的进程')),
                ('disclosure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosures.disclosure', verbose_name='公开的版本')),
            ],
            options={
                'verbose_name': '公开批次的部门',
                'verbose_name_plural': '公开批次的部门',
                'ordering': ('release', 'budget__department__code'),
                'constraints': [models.UniqueConstraint(fields=('release', 'budget'), name='release_item_once_a_release'), models.UniqueConstraint(condition=models.Q(('stage__in', ('waiting', 'running'))), fields=('budget',), name='release_item_open_once'), models.CheckConstraint(condition=models.Q(('stage__in', ['waiting', 'running', 'done', 'failed', 'cancelled'])), name='release_item_stage_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('disclosure__isnull', False), ('stage', 'done')), models.Q(models.Q(('stage', 'done'), _negated=True), ('disclosure', None)), _connector='OR'), name='release_item_done_with_its_version'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'failed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='release_item_failed_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='budgets.budget', verbose_name='部门预算')),
                ('before', models.CharField(choices=[('filling', '填报中'), ('confirmed', '已确认'), ('submitted', '已报送'), ('returned', '已退回'), ('approved', '已批复'), ('published', '已公开'), ('correcting', '更正中')], max_length=10, verbose_name='原状态')),
                ('after', models.CharField(choices=[('filling', '填报中'), ('confirmed', '已确认'), ('submitted', '已报送'), ('returned', '已退回'), ('approved', '已批复'), ('published', '已公开'), ('correcting', '更正中')], max_length=10, verbose_name='新状态')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('words', models.TextField(blank=True, verbose_name='意见')),
                ('digest', models.CharField(blank=True, help_text='确认时所见内容的摘要。', max_length=64, verbose_name='内容摘要（SHA-256）')),
            ],
            options={
                'verbose_name': '流转记录',
                'verbose_name_plural': '流转记录',
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='transition_leads_elsewhere')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='submission', to='disclosures.transition', verbose_name='流转记录')),
                ('content', models.TextField(verbose_name='内容')),
            ],
            options={
                'verbose_name': '报送的内容',
                'verbose_name_plural': '报送的内容',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='WorkerTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='进程')),
                ('at', models.DateTimeField(verbose_name='最近一次')),
            ],
            options={
                'verbose_name': '后台进程',
                'verbose_name_plural': '后台进程',
                'ordering': ('-at',),
            },
        ),
    ]
