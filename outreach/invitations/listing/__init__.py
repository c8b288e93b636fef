"""The list of an event's invitations for staff who answer the phone: by surname, found by name or by code."""
