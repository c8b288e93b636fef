"""Whose national number an import keeps."""
