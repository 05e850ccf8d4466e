"""Notices on their way through a real mail server, as it answers, refuses, dawdles and is away."""

import asyncio
import ssl
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.conf import settings as portal

from config.environment import read_mail
from disclosures.models import Notice, NoticeKind
from disclosures.workflow.access import Role
from disclosures.workflow.notifications import mail_notices
from tests.disclosures.interruptions import find_free_port
from tests.factories.certificates import make_certificate
from tests.factories.people import appoint

pytestmark = pytest.mark.django_db
USER, PASSWORD = "budget@example.gov.cn", "p@ss:word/1"
LOGIN = LoginPassword(USER.encode(), PASSWORD.encode())


class Postman:
    """Takes every mail but those to `gone`, after so many seconds."""

    def __init__(self, seconds=0):
        self.seconds, self.taken, self.secure = seconds, [], []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        await asyncio.sleep(self.seconds)
        if address.startswith("gone@"):
            return "550 5.1.1 没有这个邮箱"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = message_from_bytes(envelope.content, policy=default)
        self.taken.append((envelope.rcpt_tos, message["Subject"], message.get_content()))
        self.secure.append(session.ssl is not None)
        return "250 OK"


@pytest.fixture
def serve(settings, monkeypatch):
    """Start a mail server and point the portal's setting at it; what it takes."""
    started = []

    def run(scheme="smtp", login="", seconds=0, **options):
        postman = Postman(seconds)
        port = find_free_port()
        server = Controller(postman, hostname="127.0.0.1", port=port, **options)
        server.start()
        started.append(server)
        monkeypatch.setenv("EMAIL_URL", f"{scheme}://{login}127.0.0.1:{port}")
        monkeypatch.setenv("MAIL_FROM", USER)
        mail = read_mail("EMAIL_URL", sender="MAIL_FROM")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = mail.host, mail.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = mail.user, mail.password
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = mail.use_tls, mail.use_ssl
        settings.DEFAULT_FROM_EMAIL = mail.sender
        return postman

    yield run
    for server in started:
        server.stop(no_assert=True)


@pytest.fixture
def notices():
    """One to each of three people."""
    made = []
    for number, name in enumerate(("zhang", "gone", "li")):
        person = appoint(name, Role.REVIEWER)
        person.email = f"{name}@example.gov.cn"
        person.save()
        text = f"{name}的密码已重置。"
        made.append(
            Notice.objects.create(
                person=person, kind=NoticeKind.ACCOUNT, key=f"{number}", text=text
            )
        )
    return made


def read_errors():
    return list(Notice.objects.order_by("pk").values_list("mail_error", flat=True))


@pytest.fixture
def tls(tmp_path):
    """The server's side of an encrypted line, and the certificate that a client must trust."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate, key = make_certificate(tmp_path)
    context.load_cert_chain(certificate, key)
    return context, str(certificate)


def test_refused_recipient_keeps_no_other_from_his_mail(notices, serve):
    postman = serve()
    assert mail_notices() == (2, 1)
    subject = "【部门预算】账号安全"
    assert [told[:2] for told in postman.taken] == [
        (["zhang@example.gov.cn"], subject),
        (["li@example.gov.cn"], subject),
    ]
    assert "zhang的密码已重置。" in postman.taken[0][2]
    assert read_errors() == ["", "550 5.1.1 没有这个邮箱", ""]
    assert mail_notices() == (0, 0)


def test_log_does_not_tell_who_was_refused(notices, serve, caplog):
    serve()
    mail_notices()
    own = "disclosures.workflow.notifications"
    told = [each.getMessage() for each in caplog.records if each.name == own]
    assert len(told) == 1
    assert told[0].endswith("没有发出邮件：SMTPRecipientsRefused")


def test_line_is_encrypted_and_the_certificate_trusted(notices, serve, tls, monkeypatch):
    context, certificate = tls
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    postman = serve("smtp+tls", tls_context=context, require_starttls=True)
    assert mail_notices() == (2, 1)
    assert postman.secure == [True, True]


def test_certificate_that_nobody_trusts_is_not_talked_to(notices, serve, tls):
    postman = serve("smtp+tls", tls_context=tls[0])
    assert mail_notices() == (0, 1)
    assert "CERTIFICATE_VERIFY_FAILED" in read_errors()[0]
    assert not postman.taken


def test_server_without_encryption_gets_nothing_where_it_is_asked_for(notices, serve):
    postman = serve("smtp+tls")
    assert mail_notices() == (0, 1)
    assert not postman.taken


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("budget%40example.gov.cn:p%40ss%3Aword%2F1@", (2, 1)),
        ("budget%40example.gov.cn:wrong@", (0, 1)),
        ("", (0, 1)),
    ],
)
def test_server_that_wants_a_login_gets_it(notices, serve, login, expected):
    def judge(server, session, envelope, mechanism, given):
        return AuthResult(success=given == LOGIN, handled=False)

    serve(login=login, authenticator=judge, auth_required=True, auth_require_tls=False)
    assert mail_notices() == expected
    assert "word" not in "".join(read_errors())


def test_server_that_dawdles_is_waited_for_once(notices, serve, settings):
    """Not once for every notice: the worker has other work."""
    assert portal.EMAIL_TIMEOUT == 10
    settings.EMAIL_TIMEOUT = 0.5
    serve(seconds=2)
    assert mail_notices() == (0, 1)
    assert "timed out" in read_errors()[0]
    assert Notice.objects.filter(mail_tried_at=None).count() == 2


def test_server_that_is_away_is_asked_once_and_again_later(notices, serve, settings):
    serve()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert mail_notices() == (0, 1)
    settings.EMAIL_PORT = port
    assert mail_notices() == (1, 1)
    Notice.objects.update(mail_tried_at=None)
    assert mail_notices() == (1, 1)
    assert [bool(error) for error in read_errors()] == [False, True, False]
