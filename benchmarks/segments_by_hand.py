"""The rules that `benchmarks.segments` counts, and the same questions as somebody would write them by hand in SQL.

The statements know nothing of how rules are compiled: joins and EXISTS, the dates worked out on paper for an extract of
1 November 2026. They run on both databases.
"""

from outreach.audience.rule import (
    Age,
    Children,
    Invited,
    MovedIn,
    PostcodeArea,
    Rule,
    SchoolLeaving,
    StudyCity,
    Who,
)
from outreach.audience.segment import BUILT_IN, SegmentName

RULES: dict[str, Rule] = {
    "moved-in": BUILT_IN[SegmentName.MOVED_IN],
    "young-away": BUILT_IN[SegmentName.YOUNG_AWAY],
    "everybody": Rule(Who.RESIDENTS, (Age(0, 120),)),
    "families": Rule(Who.RESIDENTS, (Age(25, 50), Children(0, 6), PostcodeArea(("337",)))),
    "school leavers in towns": Rule(Who.BOTH, (SchoolLeaving(2020, 2026), StudyCity(("oslo", "bergen")))),
    "never invited": Rule(Who.RESIDENTS, (Age(18, None), Invited(negated=True))),
    "frequency cap": Rule(Who.RESIDENTS, (MovedIn(months=36), Invited(months=6, negated=True))),
}
_JUDGE = """
with judged as materialized (
  select p.household_id, case
    when p.status in ('doed', 'død') then 'deceased'
    when not ({reached}) then 'moved_out'
    when h.set_aside_reason <> '' or p.is_held_back or (p.is_resident and p.seen_import_id <> 1) {neighbour}
      then 'by_hand'
    when p.address_sealed is null then 'no_address'
    when exists (select 1 from suppression s where s.purpose in ('all', 'invitation', 'invitation_letter')
      and (s.subject_hash = p.identity_hash or (s.subject_hash = p.weak_hash and p.weak_hash <> ''))) then 'suppressed'
    when exists (select 1 from invitee i where i.event_id = 7 and i.person_id = p.id) then 'already_invited'
    else 'in' end as reason
  from person p left join household h on h.id = p.household_id
  where {where}
)
select count(*) filter (where reason in ('in', 'already_invited')) as people,
  count(distinct household_id) filter (where reason in ('in', 'already_invited'))
    + count(*) filter (where household_id is null and reason in ('in', 'already_invited')) as households,
  count(*) filter (where reason = 'already_invited') as already_invited,
  count(*) filter (where reason = 'deceased') as deceased,
  count(*) filter (where reason = 'moved_out') as moved_out,
  count(*) filter (where reason = 'by_hand') as by_hand,
  count(*) filter (where reason = 'no_address') as no_address,
  count(*) filter (where reason = 'suppressed') as suppressed
from judged
"""
_HERE = {"reached": "p.is_resident", "neighbour": ""}
_ALSO_AWAY = {
    "reached": "p.is_resident or p.seen_as_of >= '2025-10-02'",
    "neighbour": """or (not p.is_resident and exists (select 1 from person n join household m on m.id = n.household_id
      where n.dwelling_hash = p.dwelling_hash and n.dwelling_hash <> '' and m.set_aside_reason <> ''))""",
}
_EARLIER = """(select 1 from invitee i join invitation v on v.id = i.invitation_id
    where i.person_id = p.id and i.event_id <> 7 {since})"""
_REMEMBERED = """(select 1 from contact_memory c join event e on e.id = c.event_id
    where c.identity_hash = p.identity_hash and c.event_id <> 7 {since})"""
_SINCE = "and {} >= '2026-05-01 22:00:00'"
BY_HAND = {
    "moved-in": _JUDGE.format(where="p.moved_in_on between '2025-11-02' and '2026-11-01'", **_HERE),
    "young-away": _JUDGE.format(where="p.birth_year between 1997 and 2008", **_ALSO_AWAY),
    "everybody": _JUDGE.format(where="p.birth_year between 1906 and 2026", **_HERE),
    "families": _JUDGE.format(
        where="""p.birth_year between 1976 and 2001 and substr(p.postcode, 1, 3) = '337' and exists (select 1
            from person c where c.household_id = p.household_id and c.is_resident
            and c.birth_year between 2020 and 2026)""",
        **_HERE,
    ),
    "school leavers in towns": _JUDGE.format(
        where="p.birth_year between 2001 and 2007 and p.study_city in ('oslo', 'bergen')", **_ALSO_AWAY
    ),
    "never invited": _JUDGE.format(
        where=f"p.birth_year <= 2008 and not exists {_EARLIER.format(since='')}"
        f" and not exists {_REMEMBERED.format(since='')}",
        **_HERE,
    ),
    "frequency cap": _JUDGE.format(
        where="p.moved_in_on between '2023-11-02' and '2026-11-01'"
        f" and not exists {_EARLIER.format(since=_SINCE.format('v.created_at_utc'))}"
        f" and not exists {_REMEMBERED.format(since=_SINCE.format('e.starts_at_utc'))}",
        **_HERE,
    ),
}
