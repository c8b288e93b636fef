"""Saved segments: rules that staff composed in a form, under names of their own."""
