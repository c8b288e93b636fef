"""Persons who are in no extract, such as somebody who phoned: added by hand, after the checks that an import makes."""
