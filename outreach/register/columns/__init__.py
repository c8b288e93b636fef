"""Which column of an upload is which field: chosen by a person, and remembered by the shape of the header."""
