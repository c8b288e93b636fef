"""The worker's steps: claim, compose and note the attempt, hand over, write what became of it."""
