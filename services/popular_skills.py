"""Names of skills: how often public postings carry them, and those that people type themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import String, and_, func, literal, select, text, union_all
from sqlalchemy.dialects.postgresql import Insert, aggregate_order_by, insert
from sqlalchemy.orm import Session

from models.skill import CustomSkill, SkillCount
from models.user import UserProfile

_RECOUNT = text(
    """
    with counted as (
        select name, count(*) as postings
        from postings, unnest(skills || tags) as name
        where owner_user_id is null and closed_at is null and duplicate_of is null
        group by name
    )
    update skill_counts k set postings = coalesce(c.postings, 0)
    from skill_counts s left join counted c on c.name = s.name
    where k.name = s.name and k.postings <> coalesce(c.postings, 0)
    """
)


@dataclass(frozen=True)
class Kept:
    """`created` is false when the skill was there already, in whatever capitals."""

    skill: CustomSkill
    created: bool


def recount(session: Session) -> None:
    """Count what open postings carry now. A second for a hundred thousand, so once a harvest and not once a posting."""
    session.execute(_RECOUNT)


def popular(session: Session, *, search: str | None, limit: int) -> Sequence[str]:
    """Each skill once whatever its capitals, the most used first, in its most used spelling."""
    both = union_all(
        select(SkillCount.name, SkillCount.postings.label("uses")).where(SkillCount.postings > 0),
        select(CustomSkill.name, CustomSkill.usage_count),
    ).subquery("both")
    folded = func.lower(both.c.name, type_=String())
    spelling = func.array_agg(aggregate_order_by(both.c.name, both.c.uses.desc(), both.c.name))[1]
    fits = folded.contains(search.casefold(), autoescape=True) if search else and_(literal(value=True))
    query = select(spelling).where(fits).group_by(folded).order_by(func.sum(both.c.uses).desc(), folded).limit(limit)
    return session.scalars(query).all()


def of_postings(session: Session, *, search: str | None, limit: int) -> Sequence[tuple[str, int]]:
    """Skills and tags with how many open postings carry them, the most used first, as `popular` spells them.

    Of several spellings the most used one counts: one posting may carry two, and must not count twice.
    """
    folded = func.lower(SkillCount.name, type_=String())
    spelling = func.array_agg(aggregate_order_by(SkillCount.name, SkillCount.postings.desc(), SkillCount.name))[1]
    uses = func.max(SkillCount.postings)
    query = select(spelling, uses).where(SkillCount.postings > 0)
    if search:
        query = query.where(folded.contains(search.casefold(), autoescape=True))
    rows = session.execute(query.group_by(folded).order_by(uses.desc(), folded).limit(limit))
    return [(row[0], row[1]) for row in rows]


def count_uses(session: Session, names: Iterable[str]) -> None:
    """Count one more use of each name; in one order everywhere, so that two people's lists do not deadlock."""
    for name in sorted(names, key=str.casefold):
        session.execute(_one_more_use(name))


def keep_custom(session: Session, name: str, *, user_id: int) -> Kept:
    """Count one more use of the name, and add it to the person's own skills unless it is among them."""
    written = session.execute(_one_more_use(name).returning(CustomSkill, text("xmax = 0 as created"))).one()
    profile = session.get_one(UserProfile, user_id, with_for_update=True)
    if name.casefold() not in {one.casefold() for one in profile.skills}:
        profile.skills = [*profile.skills, name]
    return Kept(written[0], written[1])


def _one_more_use(name: str) -> Insert:
    return (
        insert(CustomSkill)
        .values(name=name)
        .on_conflict_do_update(
            index_elements=[func.lower(text("name"))],
            set_={"usage_count": CustomSkill.usage_count + 1, "updated_at": func.now()},
        )
    )
