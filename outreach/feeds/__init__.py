"""Calendar feeds of one person: of a ticket, or of somebody who signed up with the contact point."""
