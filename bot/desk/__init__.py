"""What support desks share: answers from the knowledge, drafts under a person's eye, and the record of both."""
