"""Stores checked records in bulk: compares with what is held, inserts, updates, protects, groups into households."""
