"""The contact point: young people who study elsewhere sign up, confirm, change and withdraw; who they are to us."""
