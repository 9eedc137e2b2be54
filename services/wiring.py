"""The outside world, wired once per process."""

from dataclasses import dataclass
from functools import partial
from typing import Self

from core.queue import redis_client
from core.settings import Settings
from services.answer_store import RedisAnswerStore
from services.cache_metrics import CacheMetrics
from services.captcha import Captcha, captcha_from
from services.doorbell import Doorbell, RedisDoorbell
from services.embeddings.embedder import Embedder
from services.embeddings.wiring import embedder_from
from services.identity.entrance import Entrance
from services.identity.openid import GoogleSignIn
from services.identity.provider import IdentityProvider
from services.identity.verification import Verification
from services.identity.wiring import identity_from
from services.letters.writer import LetterWriter, letter_writer_from
from services.limits.limiter import Limiter
from services.limits.rules import check as check_limits
from services.mail.wiring import mailer_from
from services.rate_gate import RedisRateGate
from services.resumes.opinion.asking import SecondOpinion, second_opinion_from
from services.resumes.reader import ResumeReader
from services.storage import FolderStorage, Storage


@dataclass(frozen=True)
class Services:
    """What cannot be rolled back. A test hands in fakes; nothing reaches around it.

    Making it is cheap: models, jails and clients start at their first use, in the process that uses them.
    """

    settings: Settings
    doorbell: Doorbell
    storage: Storage
    resume_reader: ResumeReader
    second_opinion: SecondOpinion
    embedder: Embedder
    rate_gate: RedisRateGate
    answer_store: RedisAnswerStore
    letter_writer: LetterWriter
    identity: IdentityProvider
    entrance: Entrance
    verification: Verification
    google: GoogleSignIn
    captcha: Captcha
    limiter: Limiter
    cache_metrics: CacheMetrics

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        check_limits(settings)
        identity = identity_from(settings)
        return cls(
            settings=settings,
            identity=identity,
            entrance=Entrance(settings, identity),
            verification=Verification(settings, identity, mailer_from(settings)),
            google=GoogleSignIn(settings),
            captcha=captcha_from(settings),
            limiter=Limiter(redis_client(settings.redis_url, timeout=0.5)),
            cache_metrics=CacheMetrics(redis_client(settings.redis_url, timeout=0.5)),
            doorbell=RedisDoorbell(partial(redis_client, settings.redis_url, timeout=0.25)),
            storage=FolderStorage(settings.blobs_dir),
            resume_reader=ResumeReader(),
            second_opinion=second_opinion_from(settings),
            embedder=embedder_from(settings),
            rate_gate=RedisRateGate(redis_client(settings.redis_url)),
            answer_store=RedisAnswerStore(redis_client(settings.redis_url, decode=False)),
            letter_writer=letter_writer_from(settings),
        )
