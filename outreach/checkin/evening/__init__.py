"""The evening as the door lead sees it: who is in, what two doors disagree on, and what a desk can put right."""
