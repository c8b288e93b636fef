"""Every table of the house, by the module that has it: what migrations compare the database with."""

from outreach.accounts import models as accounts_models
from outreach.audience import models as audience_models
from outreach.audit import models as audit_models
from outreach.checkin import models as checkin_models
from outreach.checkin.paper import models as checkin_paper_models
from outreach.contact_point import models as contact_point_models
from outreach.contact_point.groups import models as groups_models
from outreach.events import models as events_models
from outreach.feeds import models as feeds_models
from outreach.hosts import models as hosts_models
from outreach.invitations import models as invitations_models
from outreach.invitations.letters.making import models as making_models
from outreach.invitations.letters.returning import models as returning_models
from outreach.mailings import models as mailings_models
from outreach.messages import models as messages_models
from outreach.outbox import models as outbox_models
from outreach.partner_page import models as partner_page_models
from outreach.partners import models as partners_models
from outreach.people import models as people_models
from outreach.questions import models as questions_models
from outreach.register import models as register_models
from outreach.reports import models as reports_models
from outreach.retention import models as retention_models
from outreach.rsvp import models as rsvp_models
from outreach.rsvp.desk import models as desk_models
from outreach.rsvp.open_sign_up import models as open_sign_up_models
from outreach.rsvp.own_questions import models as own_questions_models
from outreach.rsvp.replies import models as replies_models
from outreach.rsvp.waitlist import models as waitlist_models
from outreach.surveys import models as surveys_models
from outreach.tickets import models as tickets_models
from outreach.web import models as web_models

TABLES = (
    accounts_models,
    audit_models,
    outbox_models,
    people_models,
    register_models,
    events_models,
    partners_models,
    audience_models,
    messages_models,
    invitations_models,
    returning_models,
    making_models,
    tickets_models,
    rsvp_models,
    own_questions_models,
    open_sign_up_models,
    waitlist_models,
    replies_models,
    desk_models,
    questions_models,
    contact_point_models,
    groups_models,
    feeds_models,
    checkin_models,
    checkin_paper_models,
    surveys_models,
    mailings_models,
    reports_models,
    partner_page_models,
    hosts_models,
    retention_models,
    web_models,
)
