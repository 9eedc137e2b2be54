"""One posting by its id, for whoever may see it."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.errors import NotFound
from models.posting import Posting


def get_public(session: Session, posting_id: int) -> Posting:
    """Raises NotFound."""
    return _only(session, posting_id, Posting.owner_user_id.is_(None))


def get_visible(session: Session, posting_id: int, *, user_id: int) -> Posting:
    """A public posting or one of the user's own. Raises NotFound."""
    return _only(session, posting_id, Posting.owner_user_id.is_(None) | (Posting.owner_user_id == user_id))


def get_own(session: Session, posting_id: int, *, user_id: int) -> Posting:
    """Raises NotFound, for a public or foreign id too."""
    return _only(session, posting_id, Posting.owner_user_id == user_id)


def _only(session: Session, posting_id: int, visible: ColumnElement[bool]) -> Posting:
    posting = session.scalars(select(Posting).where(Posting.id == posting_id, visible)).one_or_none()
    if posting is None:
        raise NotFound("There is no such job.", title="Job not found")
    return posting
