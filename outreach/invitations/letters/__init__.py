"""Invitation letters: who gets one now, the sheet, the files for the printer, and the release by a second person."""
