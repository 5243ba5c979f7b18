"""What `limner doctor` looks at: one small file for each group of checks."""
