"""The part of an event's public page that shows who takes part."""
