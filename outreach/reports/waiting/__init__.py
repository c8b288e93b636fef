"""What waits for somebody, whatever capability it belongs to: the top of the staff's start page."""
