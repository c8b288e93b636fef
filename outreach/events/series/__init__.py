"""Series: events of which one invitation lets a household choose one, such as the meetups of an autumn."""
