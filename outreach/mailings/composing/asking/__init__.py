"""Messages of a mailing to households that left no address: the contact and reservation register is asked."""
