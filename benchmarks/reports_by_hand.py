"""What each report asks, written by hand as SQL that both databases take: the baselines of `benchmarks.reports`."""

_PARTY = """
select i.invitation_id, min(p.postcode) as postcode, max(p.birth_year) as youngest, min(s.segment) as segment,
       count(*) as invited, count(a.id) as answered, sum(case when a.is_coming then 1 else 0 end) as coming
from invitee i
left join person p on p.id = i.person_id
left join person_answer a on a.invitee_id = i.id
left join (select m.person_id, min(l.segment) as segment from audience_member m
           join audience_list l on l.id = m.list_id where l.event_id = {event} and m.is_included
           group by m.person_id) s on s.person_id = i.person_id
where i.event_id = {event}
group by i.invitation_id
"""
_CAME = """
select c.ticket_id, sum(c.persons) as came from scan c
where c.event_id = {event} and c.kind = 'in' and c.ticket_id is not null group by c.ticket_id
"""
WALK = f"""
select w.postcode, w.channel, w.language, w.wave, w.segment, w.children, count(*) as households,
       sum(w.invited) as invited, sum(w.delivered) as delivered, sum(w.answered) as answered,
       sum(w.attending) as attending, sum(w.attended) as attended
from (select y.postcode, m.channel, coalesce(r.language, '') as language,
             case when m2.state in ('handed_over', 'delivered') then 2 else 1 end as wave, y.segment,
             case when y.youngest >= {{child_year}} or coalesce(r.extra_children, 0) > 0 then 1 else 0 end as children,
             y.invited, case when m.state in ('handed_over', 'delivered') then y.invited else 0 end as delivered,
             y.answered,
             case when r.state = 'attending' then y.coming + r.extra_children + r.extra_adults else 0 end as attending,
             case when c.came is null then 0 when c.came < t.persons then c.came else t.persons end as attended
      from ({_PARTY}) y
      left join outbox_message m on m.purpose = 'invitation:{{event}}:1'
           and m.recipient = 'invitation:' || cast(y.invitation_id as varchar)
      left join outbox_message m2 on m2.purpose = 'invitation:{{event}}:2'
           and m2.recipient = 'invitation:' || cast(y.invitation_id as varchar)
      left join rsvp r on r.invitation_id = y.invitation_id
      left join ticket t on t.invitation_id = y.invitation_id and t.state = 'valid'
      left join ({_CAME}) c on c.ticket_id = t.id) w
group by w.postcode, w.channel, w.language, w.wave, w.segment, w.children
"""
LETTERS = """
select m.state, count(i.id) from invitee i join invitation v on v.id = i.invitation_id
left join outbox_message m on m.event_id = {event} and m.kind = 'invitation_letter'
     and m.recipient = 'invitation:' || cast(v.id as varchar)
where v.event_id = {event} group by m.state
"""
ANSWERS = """
select r.state, w.state, a.is_coming, count(*) from rsvp r join person_answer a on a.rsvp_id = r.id
left join wait_place w on w.invitation_id = r.invitation_id
where r.event_id = {event} group by r.state, w.state, a.is_coming
"""
EXTRA = "select sum(extra_children + extra_adults) from rsvp where event_id = {event} and state = 'attending'"
TICKETS = "select id, persons from ticket where event_id = {event} and state = 'valid' order by id"
DAYS = {
    "sqlite": "select substr(answered_at_utc, 1, 13), count(*) from rsvp where event_id = {event} group by 1",
    "postgresql": "select date_trunc('hour', answered_at_utc), count(*) from rsvp where event_id = {event} group by 1",
}
WAITING = "select state, count(*) from wait_place where event_id = {event} group by state"
KEPT_FUNNEL = "select name, value from event_figure where event_id = {event}"
KEPT_PARTS = "select dimension, bucket, measure, value from event_breakdown where event_id = {event}"
PAST = """
select e.id, e.slug, e.title, e.kind, e.city, e.starts_at_utc from event e
join settled_event s on s.event_id = e.id
"""
PAST_FUNNELS = """
select f.event_id, f.name, f.value from event_figure f
join settled_event s on s.event_id = f.event_id order by f.event_id
"""
PAST_PARTS = """
select b.event_id, b.dimension, b.bucket, b.measure, b.value from event_breakdown b
join settled_event s on s.event_id = b.event_id where b.dimension = 'language' order by b.event_id
"""
PAST_ALL = """
select b.event_id, b.dimension, b.bucket, b.measure, b.value from event_breakdown b
join settled_event s on s.event_id = b.event_id order by b.event_id
"""
GOALS = "select id, kind, event_kind, wanted, due_on, words, measure from yearly_goal where year = 2026"
YEAR = "select id, kind, state from event where starts_at_utc >= '2026-01-01' and starts_at_utc < '2027-01-01'"
INVITED = "select event_id, count(*) from invitee where event_id = {event} group by event_id"
ANSWERED = """
select r.event_id, count(*) from rsvp r join person_answer a on a.rsvp_id = r.id where r.event_id = {event}
group by r.event_id
"""
ATTENDING = "select event_id, sum(persons) from rsvp where event_id = {event} and state = 'attending' group by event_id"
SIGN_UPS = "select count(*) from sign_up"
