"""What the team knows: passages of its own documents, found by words, told with where they stand."""
