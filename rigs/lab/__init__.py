"""What the rigs share: servers, independent clients, the command under test, checks."""
