"""Hosts: somebody, often a student, who receives guests at one event, with a page of their own and numbers only."""
