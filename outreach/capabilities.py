"""The capabilities in walk order: their views, commands and downward effects. The one place that knows all of them."""

from flask import Flask

from outreach.accounts import routes as accounts_routes
from outreach.accounts.commands import group as accounts_commands
from outreach.audience import routes as audience_routes
from outreach.audience.commands import group as audience_commands
from outreach.audience.exclusions import Inclusion, Reason
from outreach.audience.history import History
from outreach.audience.looking import routes as audience_looking_routes
from outreach.audience.queries import know_by
from outreach.audience.saved import routes as audience_saved_routes
from outreach.audit.commands import group as audit_commands
from outreach.checkin import device_routes as checkin_device_routes
from outreach.checkin import routes as checkin_routes
from outreach.checkin.choices import routes as checkin_choices_routes
from outreach.checkin.choices import service as door_choices
from outreach.checkin.commands import group as checkin_commands
from outreach.checkin.evening import routes as checkin_evening_routes
from outreach.checkin.paper import routes as checkin_paper_routes
from outreach.checkin.rehearsal import routes as checkin_rehearsal_routes
from outreach.contact_point import erasure as contact_point_erasure
from outreach.contact_point import public_routes as contact_point_public_routes
from outreach.contact_point import routes as contact_point_routes
from outreach.contact_point.connecting import service as contact_point_connecting
from outreach.contact_point.groups import public_routes as groups_public_routes
from outreach.contact_point.groups import routes as groups_routes
from outreach.contact_point.own import public_routes as contact_point_own_routes
from outreach.database.downward import listen
from outreach.demo.commands import group as demo_commands
from outreach.events import public_routes as events_public_routes
from outreach.events import routes as events_routes
from outreach.events.commands import group as events_commands
from outreach.events.posters import routes as events_posters_routes
from outreach.events.series import routes as events_series_routes
from outreach.feeds import public_routes as feeds_public_routes
from outreach.hosts import erasure as hosts_erasure
from outreach.hosts import public_routes as hosts_public_routes
from outreach.hosts import routes as hosts_routes
from outreach.hosts.mails import service as hosts_mails
from outreach.invitations import public_routes as invitations_public_routes
from outreach.invitations import queries as invitations_queries
from outreach.invitations import routes as invitations_routes
from outreach.invitations import service as invitations_service
from outreach.invitations.adding import routes as invitations_adding_routes
from outreach.invitations.commands import group as invitations_commands
from outreach.invitations.letters import routes as letters_routes
from outreach.invitations.letters.commands import letters as letters_commands
from outreach.invitations.letters.languages import routes as letter_languages_routes
from outreach.invitations.letters.languages import service as letter_languages
from outreach.invitations.letters.making import routes as making_routes
from outreach.invitations.letters.planning import queries as planning_queries
from outreach.invitations.letters.posting import routes as posting_routes
from outreach.invitations.letters.posting.writing import service as posting_writing
from outreach.invitations.letters.returning import queries as returning_queries
from outreach.invitations.letters.returning import routes as returning_routes
from outreach.invitations.listing import queries as listing_queries
from outreach.invitations.listing import routes as listing_routes
from outreach.mailings import routes as mailings_routes
from outreach.mailings.commands import mailings as mailings_commands
from outreach.mailings.composing.asking import service as mailings_composing
from outreach.mailings.reminder_letters import queries as reminder_letters_queries
from outreach.mailings.reminder_letters import routes as reminder_letters_routes
from outreach.mailings.reminder_letters import service as reminder_letters_service
from outreach.mailings.sending import routes as mailings_sending_routes
from outreach.mailings.sending import service as mailings_sending
from outreach.mailings.texts import routes as mailings_texts_routes
from outreach.messages import device_routes as messages_device_routes
from outreach.messages import public_routes as messages_public_routes
from outreach.messages import routes as messages_routes
from outreach.messages.commands import group as messages_commands
from outreach.messages.deciding import routes as deciding_routes
from outreach.messages.recipients import tell_recipients
from outreach.messages.wishes import routes as wishes_routes
from outreach.operation import routes as operation_routes
from outreach.operation.commands import doctor
from outreach.partner_page import erasure as partner_page_erasure
from outreach.partner_page import routes as partner_page_routes
from outreach.partner_page.answering import public_routes as answering_routes
from outreach.partner_page.connecting import service as partner_page_connecting
from outreach.partner_page.offering import public_routes as offering_routes
from outreach.partner_page.own import public_routes as partner_own_routes
from outreach.partner_page.stands import public_routes as stand_public_routes
from outreach.partners import public_routes as partners_public_routes
from outreach.partners.event_part import service as partners_event_part
from outreach.partners.opportunities import routes as opportunities_routes
from outreach.partners.organisations import routes as organisations_routes
from outreach.partners.participations import routes as participations_routes
from outreach.partners.participations.one import routes as participation_routes
from outreach.people import routes as people_routes
from outreach.questions import erasure as questions_erasure
from outreach.questions import public_routes as questions_public_routes
from outreach.questions import routes as questions_routes
from outreach.questions.commands import group as questions_commands
from outreach.questions.mails import service as questions_mails
from outreach.register import routes as register_routes
from outreach.register.adding import routes as adding_routes
from outreach.register.commands import group as register_commands
from outreach.register.households import routes as households_routes
from outreach.register.staging import routes as register_staging_routes
from outreach.reports import queries as reports_queries
from outreach.reports import routes as reports_routes
from outreach.reports.commands import group as reports_commands
from outreach.reports.goals import routes as reports_goals_routes
from outreach.reports.showing import routes as reports_showing_routes
from outreach.reports.years import routes as reports_years_routes
from outreach.retention import queries as retention_queries
from outreach.retention import routes as retention_routes
from outreach.retention.commands import group as retention_commands
from outreach.retention.holding import routes as holding_routes
from outreach.retention.holding.commands import group as people_commands
from outreach.retention.own_data import public_routes as own_data_routes
from outreach.retention.trail import routes as trail_routes
from outreach.rsvp import erasure as rsvp_erasure
from outreach.rsvp import public_routes as rsvp_public_routes
from outreach.rsvp import queries as rsvp_queries
from outreach.rsvp.answering import public_routes as rsvp_answering_routes
from outreach.rsvp.desk import erasure as desk_erasure
from outreach.rsvp.desk import routes as desk_routes
from outreach.rsvp.desk.answering import routes as desk_answering_routes
from outreach.rsvp.desk.mails import service as desk_mails
from outreach.rsvp.mails import service as rsvp_mails
from outreach.rsvp.moved_away import public_routes as moved_away_routes
from outreach.rsvp.needs_list import routes as rsvp_needs_routes
from outreach.rsvp.new_ticket import public_routes as new_ticket_routes
from outreach.rsvp.open_sign_up import public_routes as open_sign_up_routes
from outreach.rsvp.open_sign_up.mails import service as open_sign_up_mails
from outreach.rsvp.own_questions import routes as own_questions_routes
from outreach.rsvp.own_questions import service as own_questions
from outreach.rsvp.replies import routes as replies_routes
from outreach.rsvp.replies.commands import group as rsvp_commands
from outreach.rsvp.swapping import public_routes as rsvp_swapping_routes
from outreach.rsvp.waitlist import routes as waitlist_routes
from outreach.rsvp.waitlist import service as waitlist
from outreach.rsvp.waitlist.mails import service as waitlist_mails
from outreach.surveys import public_routes as surveys_public_routes
from outreach.surveys import routes as surveys_routes
from outreach.tables import TABLES
from outreach.tickets import public_routes as tickets_public_routes
from outreach.web import public_routes as site_routes

_TABLES = TABLES  # every table is known to migrations, whichever view happens to use it
_VIEWS = (
    site_routes,
    accounts_routes,
    people_routes,
    adding_routes,
    households_routes,
    register_routes,
    register_staging_routes,
    events_routes,
    events_posters_routes,
    events_series_routes,
    events_public_routes,
    organisations_routes,
    participations_routes,
    participation_routes,
    opportunities_routes,
    partners_public_routes,
    audience_routes,
    audience_saved_routes,
    audience_looking_routes,
    messages_routes,
    deciding_routes,
    wishes_routes,
    messages_public_routes,
    messages_device_routes,
    invitations_routes,
    listing_routes,
    invitations_adding_routes,
    invitations_public_routes,
    letters_routes,
    letter_languages_routes,
    returning_routes,
    posting_routes,
    making_routes,
    tickets_public_routes,
    rsvp_public_routes,
    rsvp_needs_routes,
    rsvp_swapping_routes,
    moved_away_routes,
    rsvp_answering_routes,
    new_ticket_routes,
    own_questions_routes,
    open_sign_up_routes,
    waitlist_routes,
    replies_routes,
    desk_routes,
    desk_answering_routes,
    questions_routes,
    questions_public_routes,
    contact_point_routes,
    contact_point_public_routes,
    contact_point_own_routes,
    groups_routes,
    groups_public_routes,
    feeds_public_routes,
    checkin_routes,
    checkin_choices_routes,
    checkin_rehearsal_routes,
    checkin_paper_routes,
    checkin_evening_routes,
    checkin_device_routes,
    surveys_public_routes,
    surveys_routes,
    mailings_routes,
    mailings_texts_routes,
    mailings_sending_routes,
    reminder_letters_routes,
    reports_routes,
    reports_showing_routes,
    reports_years_routes,
    reports_goals_routes,
    partner_page_routes,
    partner_own_routes,
    offering_routes,
    answering_routes,
    stand_public_routes,
    hosts_routes,
    hosts_public_routes,
    own_data_routes,
    retention_routes,
    holding_routes,
    trail_routes,
    operation_routes,
)
_COMMANDS = (
    accounts_commands, audit_commands, people_commands, register_commands, events_commands, audience_commands,
    messages_commands, invitations_commands, letters_commands, rsvp_commands, questions_commands, checkin_commands,
    mailings_commands, reports_commands, retention_commands, doctor, demo_commands,
)  # fmt: skip


def install(app: Flask) -> None:
    """Register views and commands on `app`, and connect what happens early to who listens later."""
    for blueprint in dict.fromkeys(views.blueprint for views in _VIEWS):
        app.register_blueprint(blueprint)
    for group in _COMMANDS:
        app.cli.add_command(group)
    door_choices.install(app)
    letter_languages.install(app)
    _connect(app)
    _write(app)


def _tell_segments(app: Flask) -> None:
    know_by(app, Reason.SUPPRESSED, invitations_queries.suppressed, of_one=invitations_queries.is_suppressed)
    know_by(app, Inclusion.ALREADY_INVITED, invitations_queries.asked)
    know_by(app, History.INVITED, invitations_queries.asked_elsewhere)
    know_by(app, History.INVITED, retention_queries.remembered_as_invited)
    know_by(app, History.EVER_INVITED, invitations_queries.ever_asked_elsewhere)
    know_by(app, History.EVER_INVITED, retention_queries.remembered_as_ever_invited)
    know_by(app, History.ATTENDED, reports_queries.came_elsewhere)
    know_by(app, History.ATTENDED, retention_queries.remembered_as_guests)
    know_by(app, History.UNANSWERED, reports_queries.unanswered_elsewhere)


def _connect(app: Flask) -> None:
    _tell_segments(app)
    listing_queries.keep_orders(app)
    listing_queries.answers_by(app, rsvp_queries.answers_of_event)
    tell_recipients(app, "invitation", listing_queries.recipient_words)
    tell_recipients(app, "rsvp", rsvp_queries.recipient_words)
    planning_queries.judged_by(app, reminder_letters_queries.not_due)
    returning_queries.answered_by(app, rsvp_queries.answered_among)
    # Answers first: they find the protected by their place in the invitation, which is then taken away.
    listen(app, "people_protected", invitations_service.hold_protected)
    listen(app, "people_protected", hosts_erasure.forget_protected)
    listen(app, "people_protected", partner_page_erasure.forget_protected)
    listen(app, "people_protected", contact_point_erasure.forget_protected)
    listen(app, "people_protected", questions_erasure.forget_protected)
    listen(app, "people_protected", desk_erasure.forget_protected)
    listen(app, "people_protected", rsvp_erasure.forget_protected)
    listen(app, "people_protected", invitations_service.leave_out_protected)
    listen(app, "people_joined", invitations_service.move_places)
    listen(app, "event_cancelled", invitations_service.stop_letters)
    listen(app, "event_copied", own_questions.copy_questions)
    listen(app, "reminders_asked_for", reminder_letters_service.queue_asked_for)
    # Those who wait get what a change made free before anybody is told of the change, and offers in time to be sent.
    listen(app, "event_changed", waitlist.share_out_changed)
    listen(app, "event_terms_changed", waitlist.share_out_changed)
    listen(app, "sending_begins", waitlist.tend_all)


def _write(app: Flask) -> None:
    """Have each capability write its kinds of message."""
    partners_event_part.install(app)
    partner_page_connecting.install(app)
    rsvp_mails.install(app)
    desk_mails.install(app)
    posting_writing.install(app)
    waitlist_mails.install(app)
    open_sign_up_mails.install(app)
    mailings_composing.install(app)
    mailings_sending.install(app)
    questions_mails.install(app)
    contact_point_connecting.install(app)
    hosts_mails.install(app)
