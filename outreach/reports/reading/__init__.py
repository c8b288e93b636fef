"""The figures of one event for a page: those that were kept, else as they are now."""
